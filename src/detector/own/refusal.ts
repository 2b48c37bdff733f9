import {type Alone, alone} from './alone.js';
import {type Marker, markersOf} from './markers.js';
import {surfaces} from './surface.js';

/** Something other than style that tells two sets apart. */
export interface Difference {
  readonly kind: 'length' | 'encoding' | 'normalisation' | 'marker' | 'duplicates' | 'field';
  /** What was seen, with numbers. */
  readonly what: string;
  /** What it achieves alone, where it orders records. */
  readonly alone?: Alone;
  readonly advice: string;
}

/** A record as training sees it. */
export interface OwnText {
  readonly text: string;
  /** What kind of text it is: a domain, a source. */
  readonly kind?: string;
}

/** From here on a difference would be most of what the figures show. Pairs of people and models on one task stay below. */
const mostArea = 0.9;
const mostRate = 0.6;
/** Of what a wrong encoding does, which is no style of anyone and would be learnt. */
const mostEncoded = 0.3;
/** A stretch that so many of one set have and next to none of the other; or the shares are so far apart. */
const common = 0.65;
const rare = 0.02;
const apart = 0.8;
/** Share of the smaller set that may stand in the other one. */
const mostShared = 0.01;
const listed = 3;

/**
 * What tells two sets apart without any style, the worst first. `half` is the same for texts that share passages;
 * `field` is what their kind was read from.
 */
export function findDifferences(
  human: readonly OwnText[],
  machine: readonly OwnText[],
  half: (index: number) => number,
  field = 'source',
): Difference[] {
  return [
    ...kinds(human, machine, field),
    ...surfaces
      .flatMap(({name, family, undone, of}): Difference[] => {
        const found = alone(numbers(human, of), numbers(machine, of), half);
        const most = family === 'encoding' && !undone ? mostEncoded : mostRate;
        if (found === undefined || (found.area < mostArea && found.rate < most)) return [];
        return [
          {
            kind: family,
            what: `The sets differ in ${name}`,
            alone: found,
            advice: adviceOn[family](undone ?? false),
          },
        ];
      })
      .sort((one, other) => other.alone!.area - one.alone!.area)
      .filter(({kind}, at, all) => kind !== 'length' || all.findIndex(one => one.kind === 'length') === at),
    ...markersOf(human.map(textOf), machine.map(textOf), listed).filter(isMarker).map(markerDifference),
  ];
}

/** Records of one set that stand in the other too; `shared` of the smaller set. */
export function sharedDifference(shared: number, smaller: number): Difference | undefined {
  if (shared <= mostShared * smaller) return undefined;
  return {
    kind: 'duplicates',
    what: `${shared} of ${smaller} records stand in both sets, word for word or nearly so`,
    advice:
      'One label of each is wrong, or one set was made from the other: take them out of one of the sets',
  };
}

const textOf = ({text}: OwnText) => text;

function numbers(texts: readonly OwnText[], of: (text: string) => number): Float64Array {
  return Float64Array.from(texts, ({text}) => of(text));
}

const undoneAdvice = (undone: boolean) =>
  `Bring both sets through the same export and cleaning${
    undone
      ? '. The detector does not look at this, so with `--force` it is not learnt; what else the two programs changed may be'
      : ''
  }`;

const adviceOn = {
  length: () => 'Cut the longer texts, or choose records of like length from both sets',
  encoding: undoneAdvice,
  normalisation: undoneAdvice,
};

function isMarker({human, machine}: Marker): boolean {
  const [low, high] = human < machine ? [human, machine] : [machine, human];
  return (high >= common && low <= rare) || high - low >= apart;
}

function markerDifference({text, where, human, machine}: Marker): Difference {
  const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  return {
    kind: 'marker',
    what: `\`${text}\` ${where === 'anywhere' ? 'stands in' : `stands ${where} of`} ${percent(human)} of the human and ${percent(machine)} of the machine records`,
    alone: {area: 0.5 + Math.abs(human - machine) / 2, rate: markerRate(human, machine)},
    advice:
      'Take it out of the records, or choose records of both sets that have it: a search for it does what a detector would',
  };
}

/** Machine records found by having the marker, or by not having it, with one in a hundred human ones flagged. */
function markerRate(human: number, machine: number): number {
  const [h, m] = machine > human ? [human, machine] : [1 - human, 1 - machine];
  return h <= 0.01 ? m : (m * 0.01) / h;
}

/** The kinds of text, where both sets name some: no kind of one stands in the other. */
function kinds(human: readonly OwnText[], machine: readonly OwnText[], field: string): Difference[] {
  const kindsOf = (texts: readonly OwnText[]) =>
    new Set(texts.flatMap(({kind}) => (kind === undefined ? [] : [kind])));
  const [ofHuman, ofMachine] = [kindsOf(human), kindsOf(machine)];
  if (ofHuman.size === 0 || ofMachine.size === 0) return [];
  const inBoth = (texts: readonly OwnText[]) =>
    texts.filter(({kind}) => kind === undefined || (ofHuman.has(kind) && ofMachine.has(kind))).length /
    texts.length;
  if (Math.max(inBoth(human), inBoth(machine)) >= 0.1) return [];
  const some = (kinds: ReadonlySet<string>) =>
    `${[...kinds]
      .slice(0, listed)
      .map(kind => `\`${kind}\``)
      .join(', ')}${kinds.size > listed ? ` and ${kinds.size - listed} more` : ''}`;
  return [
    {
      kind: 'field',
      what: `The field \`${field}\` alone tells the sets apart: the human records are ${some(ofHuman)}, those of the machine ${some(ofMachine)}`,
      alone: {area: 1, rate: 1},
      advice:
        'A detector would learn what these speak of. Take records of the same kinds for both; where the field names the writer, not the kind of text, name another with `--kind FIELD` or none with `--kind ""`',
    },
  ];
}
