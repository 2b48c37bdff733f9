/**
 * How the style scores of a corpus spread, by length and kind: counts in steps of a sixteenth of a standard
 * deviation, so that summaries of any parts add up to the same numbers. Beside them, of what the texts speak: in
 * how many records a word of each of 1,024 buckets stands.
 */
export interface Scores {
  /** By cell, then by step. */
  readonly counts: Float64Array;
  abstained: number;
  readonly topics: Float64Array;
  /** Records that were counted in `topics`. */
  records: number;
}

const lowest = -8;
const stepsPerUnit = 16;
export const steps = 512;
/** Upper limits of the lengths, in words. */
const lengths = [50, 100, 200, 400, Number.POSITIVE_INFINITY];
export const kinds = 2;
export const cells = lengths.length * kinds;
const buckets = 1024;

export function noScores(): Scores {
  return {
    counts: new Float64Array(cells * steps),
    abstained: 0,
    topics: new Float64Array(buckets),
    records: 0,
  };
}

/** The step of a score; what lies beyond the ends is counted at them. */
export function stepOf(score: number): number {
  return Math.min(steps - 1, Math.max(0, Math.floor((score - lowest) * stepsPerUnit)));
}

export function cellOf(words: number, answer: boolean): number {
  return (answer ? lengths.length : 0) + lengths.findIndex(limit => words < limit);
}

export function addScore(scores: Scores, score: number, words: number, answer: boolean): void {
  scores.counts[cellOf(words, answer) * steps + stepOf(score)]!++;
}

const seen = new Uint32Array(buckets);
let stamp = 0;

/** Counts of what a record speaks, by the hashes of its words. */
export function addTopics(scores: Scores, words: Uint32Array): void {
  stamp = (stamp + 1) >>> 0;
  for (let at = 0; at < words.length; at++) {
    const bucket = words[at]! & (buckets - 1);
    if (seen[bucket] === stamp) continue;
    seen[bucket] = stamp;
    scores.topics[bucket]!++;
  }
  scores.records++;
}

export function mergeScores(into: Scores, from: Scores): void {
  addAll(into, from, 1);
}

export function subtractScores(from: Scores, what: Scores): void {
  addAll(from, what, -1);
}

function addAll(into: Scores, from: Scores, sign: 1 | -1): void {
  for (let at = 0; at < into.counts.length; at++) into.counts[at]! += sign * from.counts[at]!;
  for (let at = 0; at < buckets; at++) into.topics[at]! += sign * from.topics[at]!;
  into.abstained += sign * from.abstained;
  into.records += sign * from.records;
}

export function encodeScores({counts, abstained, topics, records}: Scores): Uint8Array {
  const filled = [...counts.entries()].filter(([, count]) => count !== 0);
  return new TextEncoder().encode(JSON.stringify({abstained, records, topics: [...topics], filled}));
}

export function decodeScores(bytes: Uint8Array): Scores {
  const {abstained, records, topics, filled} = JSON.parse(new TextDecoder().decode(bytes));
  const scores = {...noScores(), abstained, records};
  scores.topics.set(topics);
  for (const [at, count] of filled as [number, number][]) scores.counts[at] = count;
  return scores;
}

export function scored({counts}: Scores): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * How alike two corpora are in what they speak of, in [0, 1]: the cosine of their shares of records by bucket,
 * each less the mean of both, in the spread that such shares have.
 */
export function likeness(one: Scores, other: Scores): number {
  let product = 0;
  let ones = 0;
  let others = 0;
  for (let at = 0; at < buckets; at++) {
    const a = logit(one, at);
    const b = logit(other, at);
    product += a * b;
    ones += a * a;
    others += b * b;
  }
  return product / Math.sqrt(ones * others);
}

/** Above the floor of one record in a hundred, so that rare buckets weigh nothing. */
function logit({topics, records}: Scores, at: number): number {
  return Math.log((topics[at]! + 0.005 * records) / (1.005 * records)) - Math.log(0.02);
}
