import {foldCase} from '../../src/features/unicode.js';

/**
 * The definitions of src/features/text.ts in plain code on strings: slow, without hashes, and sharing only
 * `foldCase` with what it is held against.
 */

const letters = String.raw`[\p{L}\p{M}\p{N}]`;
/** Scripts written without spaces, and the Japanese signs that belong to no single script. */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}〆〱-〵〼\u{3099}\u{309a}ーｰﾞﾟ]`;
const runs = new RegExp(`(?<unspaced>(?:(?=${letters})${unspaced})+)|(?:(?!${unspaced})${letters})+`, 'gu');

/** The words of a text, in order. */
export function wordsOf(text: string): string[] {
  const visible = Buffer.from(text)
    .toString()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return [...visible.normalize('NFC').matchAll(runs)].flatMap(run => {
    if (run.groups?.unspaced === undefined) return [foldCase(run[0])];
    const characters = [...run[0]];
    return characters.map((_, at) => characters.slice(Math.max(0, at - 2), at + 1).join(''));
  });
}

/** How often each pair of neighbouring words occurs, with a marker before the first word and after the last. */
export function pairsOf(words: readonly string[]): Map<string, number> {
  const pairs = new Map<string, number>();
  if (words.length === 0) return pairs;
  const marked = ['<start>', ...words, '<end>'];
  for (let at = 1; at < marked.length; at++) {
    const pair = `${marked[at - 1]} ${marked[at]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Jaccard similarity of two multisets: the sum of least counts over the sum of greatest; 0 for two empty ones. */
export function jaccardOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  let union = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const left = a.get(key) ?? 0;
    const right = b.get(key) ?? 0;
    shared += Math.min(left, right);
    union += Math.max(left, right);
  }
  return union === 0 ? 0 : shared / union;
}

/** All stretches of `length` words, each as one string. */
export function stretchesOf(words: readonly string[], length: number): string[] {
  const stretches: string[] = [];
  for (let at = 0; at + length <= words.length; at++) stretches.push(words.slice(at, at + length).join(' '));
  return stretches;
}

/** Share of the words of `inner` that stand in some run of 6 words that `outer` has too. */
export function coverageOf(inner: readonly string[], outer: readonly string[]): number {
  const known = new Set(stretchesOf(outer, 6));
  const covered = new Set<number>();
  for (const [at, stretch] of stretchesOf(inner, 6).entries()) {
    if (known.has(stretch)) for (let word = at; word < at + 6; word++) covered.add(word);
  }
  return inner.length === 0 ? 0 : covered.size / inner.length;
}
