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
  /** Mark of the detector that gave the scores; empty for that of the package. */
  detector: string;
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
    detector: '',
  };
}

/**
 * Scores of two detectors cannot be held against each other.
 * @throws Error that says what to do.
 */
export function requireSame({records, detector}: Scores, mark: string, whose: string): void {
  if (records === 0 || detector === mark) return;
  const name = (one: string) =>
    /^(?:style-\d+)?$/.test(one) ? `that of the package (${one || 'style-1'})` : `a trained one (${one})`;
  throw new Error(
    `the scores of ${whose} are of another detector (${name(detector)}) than those at hand (${name(mark)}). Give ` +
      'synthetic/style and synthetic/share the same `weights`, and build the profiles of the references again',
  );
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
  if (into.records > 0) requireSame(from, into.detector, 'other references');
  if (from.records > 0) into.detector = from.detector;
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

export function encodeScores({counts, abstained, topics, records, detector}: Scores): Uint8Array {
  const filled = [...counts.entries()].filter(([, count]) => count !== 0);
  return new TextEncoder().encode(
    JSON.stringify({
      abstained,
      records,
      topics: [...topics],
      filled,
      ...(detector !== '' && {detector}),
    }),
  );
}

export function decodeScores(bytes: Uint8Array): Scores {
  const {abstained, records, topics, filled, detector = ''} = JSON.parse(new TextDecoder().decode(bytes));
  const scores = {...noScores(), abstained, records, detector};
  scores.topics.set(topics);
  for (const [at, count] of filled as [number, number][]) scores.counts[at] = count;
  return scores;
}

export function scored({counts}: Scores): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * How alike two corpora are in what they speak of, up to 1: the cosine of the logarithms of their shares of records
 * by bucket. What chance adds to both lengths is taken off, so that two samples of one corpus are at 1 whatever
 * their size.
 */
export function likeness(one: Scores, other: Scores): number {
  let product = 0;
  let ones = 0;
  let others = 0;
  for (let at = 0; at < buckets; at++) {
    const [a, ofA] = logShare(one, at);
    const [b, ofB] = logShare(other, at);
    product += a * b;
    ones += a * a - ofA;
    others += b * b - ofB;
  }
  return Math.min(1, product / Math.sqrt(Math.max(1e-9, ones) * Math.max(1e-9, others)));
}

/** Above a floor, so that rare buckets weigh nothing, and the variance of it by chance. */
function logShare({topics, records}: Scores, at: number): [value: number, variance: number] {
  const share = topics[at]! / records;
  const floored = share + floor;
  return [Math.log(floored / middle), (share * (1 - share)) / records / (floored * floored)];
}

const floor = 0.01;
const middle = 0.02;

/** What a round would speak of that is a mixture of two corpora. */
export function mixedTopics(human: Scores, machine: Scores, share: number): Scores {
  const mixed = noScores();
  // As certain as the smaller of the two is.
  mixed.records = Math.min(human.records, machine.records);
  for (let at = 0; at < buckets; at++) {
    const [h, m] = [human.topics[at]! / human.records, machine.topics[at]! / machine.records];
    mixed.topics[at] = mixed.records * ((1 - share) * h + share * m);
  }
  return mixed;
}
