/** Texts as sparse vectors of unit length, one after the other: text i is at `starts[i]` to `starts[i + 1]`. */
export interface Vectors {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly terms: Uint32Array;
  readonly weights: Float64Array;
}

/** What is known of the words of a corpus: the place of a word in vectors, and how much it tells of a topic. */
export interface Vocabulary {
  readonly places: ReadonlyMap<number, number>;
  /** log(n / df): nothing for a word that all texts have. */
  readonly weights: Float64Array;
}

/** Words that at least two texts share: others cannot say which texts belong together. */
export function vocabularyOf(texts: readonly Uint32Array[]): Vocabulary {
  const frequency = new Map<number, {texts: number; last: number}>();
  for (const [index, words] of texts.entries()) {
    for (let at = 0; at < words.length; at++) {
      const known = frequency.get(words[at]!);
      if (known === undefined) frequency.set(words[at]!, {texts: 1, last: index});
      else if (known.last !== index) {
        known.texts++;
        known.last = index;
      }
    }
  }
  const places = new Map<number, number>();
  const weights: number[] = [];
  for (const [word, {texts: holders}] of frequency) {
    if (holders < 2) continue;
    places.set(word, weights.length);
    weights.push(Math.log(texts.length / holders));
  }
  return {places, weights: Float64Array.from(weights)};
}

/** Weights by tf-idf, (1 + log tf) log(n / df). A text without known words has an empty vector. */
export function vectorsOf(texts: readonly Uint32Array[], {places, weights: idf}: Vocabulary): Vectors {
  const starts = new Uint32Array(texts.length + 1);
  const most = texts.reduce((sum, {length}) => sum + length, 0);
  const terms = new Uint32Array(most);
  const weights = new Float64Array(most);
  const times = new Uint32Array(idf.length);
  let end = 0;
  for (const [index, words] of texts.entries()) {
    const start = end;
    for (let at = 0; at < words.length; at++) {
      const place = places.get(words[at]!);
      if (place !== undefined && times[place]!++ === 0) terms[end++] = place;
    }
    let squares = 0;
    for (let at = start; at < end; at++) {
      const place = terms[at]!;
      const weight = (1 + Math.log(times[place]!)) * idf[place]!;
      times[place] = 0;
      weights[at] = weight;
      squares += weight * weight;
    }
    if (squares === 0) end = start;
    for (let at = start; at < end; at++) weights[at]! /= Math.sqrt(squares);
    starts[index + 1] = end;
  }
  return {count: texts.length, starts, terms: terms.subarray(0, end), weights: weights.subarray(0, end)};
}
