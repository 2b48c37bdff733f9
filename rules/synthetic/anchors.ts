import type {CorpusRecord, FeatureContext} from '../../src/api.js';

/**
 * A cheap test before any pattern. The words of a record are there as hashes already, so to look for all
 * phrases of all rules costs one look into a small table for each word. A record without a phrase of a pattern
 * is never shown to it, and most records are shown to none.
 */
export interface Anchors<T> {
  /** What the lists belong to of which a phrase stands in the record. Mostly none. */
  find(record: CorpusRecord): readonly T[];
}

type Reader = FeatureContext['feature'];

/** A phrase is looked for by its longest word, which is the rarest one. */
interface Phrase {
  readonly list: number;
  readonly hashes: readonly number[];
  /** Place of that word. */
  readonly key: number;
}

/** Bits of the table: with a thousand phrases one word in a hundred is looked up for nothing. */
const bits = 1 << 17;
const table = new Uint32Array(bits / 32);
const phrases = new Map<number, Phrase[]>();
/** Lists by their identity: rules are set up once for each set of options, their lists stay the same. */
const lists = new Map<readonly string[], number>();

/** In these scripts a word is a character, and its hash hangs on the two before it. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function add(feature: Reader, list: readonly string[]): number {
  const known = lists.get(list);
  if (known !== undefined) return known;
  const number = lists.size;
  lists.set(list, number);
  for (const text of list) {
    // Some letters fold to ASCII ones, as ß does.
    if (ascii.test(text.toUpperCase().toLowerCase())) addPhrase(feature, text, number);
    else waiting.push({text, list: number});
  }
  last = undefined;
  return number;
}

/**
 * Phrases with other letters, which stand in no text that has none: to read them takes as long as to check some
 * records, so it waits for the first text that could hold one, or until nearly any round would have had it.
 */
const waiting: {readonly text: string; readonly list: number}[] = [];
const ascii = /^[\0-\x7f]*$/;
const patience = 1000;
let asked = 0;

function addWaiting(feature: Reader): void {
  for (const {text, list} of waiting.splice(0)) addPhrase(feature, text, list);
  last = undefined;
}

function addPhrase(feature: Reader, text: string, list: number): void {
  // What a text reader makes of the phrase alone: the same as what it makes of it within a text.
  const all = [...feature({text} as CorpusRecord, 'wordHashes')];
  const alone = unspaced.test(text);
  const hashes = alone ? all.slice(2) : all;
  const key = alone ? hashes.length - 1 : longest(text.split(/[^\p{L}\p{M}\p{N}]+/u));
  const hash = hashes[key]!;
  table[(hash & (bits - 1)) >>> 5]! |= 1 << (hash & 31);
  phrases.set(hash, [...(phrases.get(hash) ?? []), {list, hashes, key}]);
}

function longest(words: readonly string[]): number {
  return words.reduce((best, each, at) => (each.length > words[best]!.length ? at : best), 0);
}

const none: readonly number[] = [];
/** The rules look at one record after the other: what was found in it serves them all. */
let last: Uint32Array | undefined;
let found: readonly number[] = none;

function listsIn(words: Uint32Array): readonly number[] {
  if (words === last) return found;
  let list = none;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (((table[(word & (bits - 1)) >>> 5]! >>> (word & 31)) & 1) === 0) continue;
    const here = phrases.get(word);
    if (here !== undefined) list = withPhrases(list, here, words, at);
  }
  last = words;
  found = list;
  return list;
}

function withPhrases(known: readonly number[], here: readonly Phrase[], words: Uint32Array, at: number) {
  let list = known;
  for (const phrase of here) {
    const from = at - phrase.key;
    if (from < 0 || list.includes(phrase.list)) continue;
    let index = 0;
    while (index < phrase.hashes.length && words[from + index] === phrase.hashes[index]) index++;
    if (index === phrase.hashes.length) list = [...list, phrase.list];
  }
  return list;
}

/** Compiles lists of phrases. A phrase in a script without spaces has at least three characters. */
export function compileAnchors<T>(
  feature: Reader,
  owners: readonly T[],
  listOf: (owner: T) => readonly string[],
): Anchors<T> {
  const byList = new Map<number, T[]>();
  for (const owner of owners) {
    const number = add(feature, listOf(owner));
    byList.set(number, [...(byList.get(number) ?? []), owner]);
  }
  const nobody: readonly T[] = [];
  return {
    find(record) {
      if (waiting.length > 0 && (asked++ >= patience || !ascii.test(record.text))) addWaiting(feature);
      const here = listsIn(feature(record, 'wordHashes'));
      return here.length === 0 ? nobody : here.flatMap(number => byList.get(number) ?? nobody);
    },
  };
}
