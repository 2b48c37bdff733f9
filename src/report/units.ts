import type {Gate, MeasureDeclaration, MeasureUnit, Rule} from '../api.js';
import {percent, quantity} from './numbers.js';

const meanings = {share: 'A share, from 0 to 1.', words: 'In words.', bits: 'In bits.', count: 'A count.'};

/** The description of a measure with its unit, as documentation shows it. */
export function declared(declaration: MeasureDeclaration): string {
  if (typeof declaration === 'string') return declaration;
  const {description, unit} = declaration;
  return unit === undefined ? description : `${description.replace(/[.\s]*$/, '.')} ${meanings[unit]}`;
}

/** The unit of a measure by its key in the report, `name` or `name@view`. */
export type UnitOf = (key: string) => MeasureUnit | undefined;

/** Units as corpus rules declare them; `flagged.*`, which the tool itself measures, are shares. */
export function unitsOf(rules: ReadonlyMap<string, Rule>): UnitOf {
  const units = new Map<string, MeasureUnit>();
  for (const rule of rules.values()) {
    if (rule.kind !== 'corpus') continue;
    for (const [name, declaration] of Object.entries(rule.measures)) {
      if (typeof declaration === 'object' && declaration.unit) units.set(name, declaration.unit);
    }
  }
  return key => {
    const name = key.split('@', 1)[0]!;
    return name.startsWith('flagged.') ? 'share' : units.get(name);
  };
}

/** What a round gate measures in: the unit that all its measures share. */
export function unitOfGate(gate: Gate | undefined, unitOf: UnitOf): MeasureUnit | undefined {
  if (gate?.scope !== 'round') return undefined;
  const names = [...gate.measures, ...(gate.optionalMeasures ?? [])];
  const [unit, ...others] = new Set(names.map(unitOf));
  return others.length === 0 ? unit : undefined;
}

/** A number as its unit wants it. A share that is none, of a rule that is wrong, is shown as it is. */
export function inUnit(value: number, unit: MeasureUnit | undefined): string {
  if (unit === 'share') return Math.abs(value) <= 1 ? signed(value) : quantity(value);
  if (unit !== 'words' && unit !== 'bits') return quantity(value);
  const shown = quantity(value);
  return `${shown} ${shown === '1' ? unit.slice(0, -1) : unit}`;
}

/** Ends of an interval, and differences of shares, may be under 0. */
function signed(share: number): string {
  return share < 0 ? `-${percent(-share)}` : percent(share);
}

/** Both ends of an interval; words and bits are named once. */
export function range([low, high]: readonly [number, number], unit: MeasureUnit | undefined): string {
  return `${inUnit(low, unit === 'share' ? unit : undefined)} to ${inUnit(high, unit)}`;
}
