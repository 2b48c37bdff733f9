/** A stretch of words that two answers share. */
export interface Run {
  /** Index of the other answer, which comes earlier. */
  readonly other: number;
  /** In words: where it begins in this answer and in the other, and how long it is. */
  readonly start: number;
  readonly otherStart: number;
  readonly length: number;
}

export interface RunAnswer {
  readonly generator: string;
  /** The words as hashes. */
  readonly words: readonly number[];
}

/** Places of one run of words that are remembered: one for each of the first models that had it. */
const placesKept = 4;

function gramKey(words: readonly number[], at: number, length: number): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b1;
  for (let index = at; index < at + length; index++) {
    low = Math.imul(low ^ words[index]!, 0x01000193);
    high = Math.imul(high ^ words[index]!, 0x85ebca6b) ^ (high >>> 15);
  }
  return (high >>> 11) * 0x100000000 + (low >>> 0);
}

/**
 * For each answer the longest run of at least `least` words that it shares with an earlier answer of another
 * model and that does not stand in the prompt, whose words all answers may repeat. Takes time in proportion to
 * the words.
 */
export function sharedRuns(
  answers: readonly RunAnswer[],
  prompt: readonly number[],
  least: number,
): (Run | undefined)[] {
  const asked = new Set<number>();
  for (let at = 0; at + least <= prompt.length; at++) asked.add(gramKey(prompt, at, least));
  const places = new Map<number, {answer: number; at: number}[]>();
  return answers.map(({generator, words}, index) => {
    let longest: Run | undefined;
    let covered = 0;
    const own: [key: number, at: number][] = [];
    for (let at = 0; at + least <= words.length; at++) {
      const key = gramKey(words, at, least);
      if (asked.has(key)) continue;
      own.push([key, at]);
      if (at < covered) continue;
      for (const {answer, at: there} of places.get(key) ?? []) {
        const other = answers[answer]!;
        if (other.generator === generator) continue;
        const length = sharedLength(words, at, other.words, there);
        if (length < least) continue;
        covered = Math.max(covered, at + length - least + 1);
        if (length > (longest?.length ?? 0)) longest = {other: answer, start: at, otherStart: there, length};
      }
    }
    for (const [key, at] of own) {
      const known = places.get(key);
      if (known === undefined) places.set(key, [{answer: index, at}]);
      else if (
        known.length < placesKept &&
        known.every(({answer}) => answers[answer]!.generator !== generator)
      )
        known.push({answer: index, at});
    }
    return longest;
  });
}

function sharedLength(words: readonly number[], at: number, other: readonly number[], there: number): number {
  let length = 0;
  while (at + length < words.length && words[at + length] === other[there + length]) length++;
  return length;
}
