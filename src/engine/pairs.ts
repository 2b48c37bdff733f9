import type {
  Neighbour,
  NeighbourQuery,
  PairRule,
  PairSubject,
  PartName,
  RecordRef,
  SignalValue,
} from '../api.js';
import type {RuleSetting} from '../config/config.js';
import {describeRuleError} from './errors.js';
import type {FoundNeighbour, RawFinding} from './evidence.js';
import {isOn, queriesOf} from './plan.js';
import {asSignal, declaredSignals, setUp} from './record-rules.js';
import {fillTemplate} from './template.js';

/**
 * The row that stands for a neighbour of the round: the first eligible one with the same part, or undefined.
 * `ref` is set when that is another row than the one that was compared.
 */
export type Representative = (
  row: number,
  part: string,
) => {row: number; ref: RecordRef | undefined} | undefined;

export interface PairInput {
  readonly ref: RecordRef;
  readonly words: Readonly<Record<string, number>>;
  readonly neighbours: readonly FoundNeighbour[];
}

/** Runs the pair rules of one rule set on a row, in order; those that yield see what was reported before. */
export type PairRunner = (
  input: PairInput,
  representative: Representative,
) => {findings: RawFinding[]; duplicates: number; signals: Record<string, SignalValue>};

export function createPairRunner(
  rules: readonly PairRule[],
  settings: Readonly<Record<string, RuleSetting>>,
  wanted: (signal: string) => boolean,
): PairRunner {
  let findings: RawFinding[] = [];
  let signals: Record<string, SignalValue> = {};
  const runs = rules
    .filter(rule => isOn(settings[rule.id]))
    .map(rule => {
      const setting = settings[rule.id]!;
      const level = setting.level as RawFinding['level'];
      const declared = declaredSignals(rule);
      const run = setUp(rule as Pick<PairRule, 'id' | 'create'>, {
        options: setting.options as never,
        report({messageId, data, span, related}) {
          const message = fillTemplate(rule.messages[messageId]!, data);
          findings.push({rule: rule.id, level, message, ...(span && {span}), ...(related && {related})});
        },
        signal(name, value) {
          declared(name);
          signals[name] = asSignal(value);
        },
      });
      const always = Object.keys(rule.signals ?? {}).some(wanted);
      return {rule, run, always, queries: queriesOf(rule, setting), part: rule.on ?? 'text'};
    });
  return (input, representative) => {
    findings = [];
    signals = {};
    let duplicates = 0;
    for (const {rule, run, always, queries, part} of runs) {
      if (input.neighbours.length === 0 && !always) continue;
      const words = input.words[part] ?? 0;
      const neighbours =
        input.neighbours.length === 0 ? [] : select(input, words, queries, part, representative);
      if (neighbours.length === 0 && !always) continue;
      const before = findings.length;
      try {
        run({record: input.ref, words} satisfies PairSubject, neighbours);
      } catch (error) {
        const place = {path: input.ref.path, line: input.ref.line, bytes: [0, 0] as const};
        throw describeRuleError(rule.id, {...input.ref, place} as never, error);
      }
      if (findings.length > before && rule.yieldsTo?.some(id => findings.some(found => found.rule === id))) {
        findings.length = before;
      }
      if (rule.duplicates) duplicates += findings.length - before;
    }
    return {findings, duplicates, signals};
  };
}

/** The neighbours that a rule asked for and that may count, the most similar first. */
function select(
  input: PairInput,
  words: number,
  queries: readonly NeighbourQuery[],
  part: PartName,
  representative: Representative,
): Neighbour[] {
  const selected: {neighbour: Neighbour; rank: number}[] = [];
  /** Rows of the round: one may also stand in for another that has its text. */
  const seen = new Set<number>();
  for (const [rank, found] of input.neighbours.entries()) {
    if (found.part !== part) continue;
    const relation = relate(found, words, queries);
    if (relation === undefined) continue;
    let {neighbour} = found;
    if (neighbour.origin === 'round') {
      const standIn = representative(found.row, part);
      if (standIn === undefined || seen.has(standIn.row)) continue;
      seen.add(standIn.row);
      if (standIn.ref !== undefined) neighbour = {...neighbour, record: standIn.ref};
    }
    selected.push({neighbour: {...neighbour, ...relation}, rank});
  }
  selected.sort((a, b) => b.neighbour.similarity - a.neighbour.similarity || a.rank - b.rank);
  return selected.map(({neighbour}) => neighbour);
}

/** The first query that this neighbour answers. */
function relate(
  found: FoundNeighbour,
  words: number,
  queries: readonly NeighbourQuery[],
): Pick<Neighbour, 'relation' | 'similarity'> | undefined {
  const {origin} = found.neighbour;
  for (const {
    relation,
    minimum,
    words: least = 0,
    round = true,
    roles = ['trusted', 'previous'],
  } of queries) {
    if (origin === 'round' ? !round : !roles.includes(origin.role)) continue;
    const similarity = relation === 'same' ? Number(found.same) : found[relation];
    const contained = relation === 'inside' ? words : relation === 'holds' ? found.neighbour.words : least;
    if (similarity >= minimum && similarity > 0 && contained >= least) return {relation, similarity};
  }
  return undefined;
}
