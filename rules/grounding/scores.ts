import {type EntailmentClass, entailmentClasses, readLabelMap} from '../../src/api.js';

/** What a row says about one claim. Contradiction is not known where only the share of entailment is given. */
export interface ClaimScore {
  readonly entailment: number;
  readonly contradiction?: number;
}

/** Turns what a score field holds into scores, one for each claim, or says why it cannot. */
export function createScoreReader(
  labels: readonly string[],
  logits: boolean,
): (value: unknown, several?: boolean) => readonly ClaimScore[] | string {
  const map = labels.length === 0 ? undefined : readLabelMap(labels);
  const classOf = (name: string): EntailmentClass | undefined =>
    map === undefined
      ? entailmentClasses.find(known => known === name.toLowerCase())
      : map.find(label => label.name.toLowerCase() === name.toLowerCase())?.class;

  /** One claim: a number, an object by label, a list of `{label, score}`, or a list in the order of the map. */
  function one(value: unknown): ClaimScore | string {
    if (typeof value === 'number') return share(value) ? {entailment: value} : `${value} is no share of 1`;
    if (Array.isArray(value)) {
      if (value.every(item => typeof item === 'number')) return inOrder(value);
      const pairs = value.map(item => {
        const {label, score} = (item ?? {}) as {label?: unknown; score?: unknown};
        return [String(label), score] as const;
      });
      return byName(pairs);
    }
    if (typeof value === 'object' && value !== null) return byName(Object.entries(value));
    return `${value === null ? 'null' : typeof value} is no score`;
  }

  function inOrder(numbers: readonly number[]): ClaimScore | string {
    if (map === undefined) return 'it lists numbers, and `labels` does not say which is which';
    if (numbers.length !== map.length) return `it lists ${numbers.length} numbers for ${map.length} labels`;
    return byName(numbers.map((number, at) => [map[at]!.name, number]));
  }

  function byName(pairs: readonly (readonly [string, unknown])[]): ClaimScore | string {
    const known = pairs.flatMap(([name, value]) => {
      const found = classOf(name);
      return found === undefined || typeof value !== 'number' ? [] : [{class: found, value}];
    });
    if (!known.some(label => label.class === 'entailment'))
      return `none of its labels (${pairs
        .map(([name]) => `\`${name.slice(0, 20)}\``)
        .slice(0, 4)
        .join(', ')}) is entailment`;
    const values = logits ? softmax(known.map(({value}) => value)) : known.map(({value}) => value);
    const sum = values.reduce((total, value) => total + value, 0);
    if (!values.every(share))
      return 'it has numbers that are no shares of 1: set `logits` if they are logits';
    const complete = known.length === pairs.length;
    if (known.length > 1 && (sum > 1.02 || (complete && sum < 0.98)))
      return `its shares add up to ${sum.toFixed(2)}: set \`logits\` if they are logits`;
    const at = (wanted: EntailmentClass) => values[known.findIndex(label => label.class === wanted)];
    const contradiction = at('contradiction');
    return {entailment: at('entailment')!, ...(contradiction !== undefined && {contradiction})};
  }

  /** Whether a list is the scores of several claims, and not those of one. */
  const isList = (value: unknown): value is unknown[] => {
    if (!Array.isArray(value)) return false;
    if (value.some(item => typeof item === 'object' && item !== null && 'label' in item)) return false;
    return !value.every(item => typeof item === 'number') || map === undefined || value.length !== map.length;
  };

  return (value, several = false) => {
    const claims = several || isList(value) ? (value as unknown[]) : [value];
    if (claims.length === 0) return 'it is an empty list';
    const scores: ClaimScore[] = [];
    for (const [at, claim] of claims.entries()) {
      const score = one(claim);
      if (typeof score === 'string') return claims.length === 1 ? score : `of claim ${at + 1}: ${score}`;
      scores.push(score);
    }
    return scores;
  };
}

const share = (value: number) => value >= 0 && value <= 1;

function softmax(values: readonly number[]): number[] {
  const top = Math.max(...values);
  const powers = values.map(value => Math.exp(value - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / sum);
}
