/**
 * Exact similarities, written down as defined and by no other means: nothing of `src` is used here, so that
 * an error there cannot hide itself.
 */

/** Maximal runs of letters, digits and marks, after NFC and case folding. */
export function wordsOf(text) {
  return (
    text
      .normalize('NFC')
      .toUpperCase()
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

/** How often each pair of neighbouring words occurs; the text's start and end count as words. */
function pairCounts(words) {
  const counts = new Map();
  const marked = ['<start>', ...words, '<end>'];
  for (let at = 0; at + 1 < marked.length; at += 1) {
    const pair = `${marked[at]} ${marked[at + 1]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

/**
 * Jaccard similarity of the multisets of word pairs, in [0, 1]: the i-th occurrence of a pair is an element
 * of its own. Texts of n words have n + 1 pairs; one word changed inside gives (n - 1) / (n + 3).
 */
export function jaccard(a, b) {
  const left = pairCounts(wordsOf(a));
  const right = pairCounts(wordsOf(b));
  let shared = 0;
  let total = 0;
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0);
  for (const count of [...left.values(), ...right.values()]) total += count;
  return shared / (total - shared);
}

/** The elements of the multiset as strings, for sketches that take strings. */
export function pairElements(text) {
  return [...pairCounts(wordsOf(text))].flatMap(([pair, count]) =>
    Array.from({length: count}, (_, at) => (at === 0 ? pair : `${pair} ${at}`)),
  );
}

/** Share of the words of `inner` that stand in runs of at least `run` words that also occur in `outer`. */
export function coverage(inner, outer, run = 6) {
  const words = wordsOf(inner);
  const runs = new Set();
  const other = wordsOf(outer);
  for (let at = 0; at + run <= other.length; at += 1) runs.add(other.slice(at, at + run).join(' '));
  const covered = new Uint8Array(words.length);
  for (let at = 0; at + run <= words.length; at += 1) {
    if (runs.has(words.slice(at, at + run).join(' '))) covered.fill(1, at, at + run);
  }
  return words.length === 0 ? 0 : covered.reduce((sum, one) => sum + one, 0) / words.length;
}
