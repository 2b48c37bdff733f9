import type {Excerpt} from '../api.js';
import {type PlacedWord, placedWords} from '../features/words.js';

/** Words looked at: a pair that first differs behind them shows its beginnings. */
const searched = 400;
/** A shared run of this many words anchors the alignment. */
const anchorWords = 3;
/** Characters shown before the difference, and in all. */
const before = 24;
const longest = 100;

/**
 * Two stretches of at most 100 characters, aligned at the first place where the texts differ: behind the first
 * run of words that they share, or before it where one begins with something that the other lacks.
 */
export function excerptOf(here: string, there: string): Excerpt {
  const left = placedWords(here.slice(0, searched * 10), searched);
  const right = placedWords(there.slice(0, searched * 10), searched);
  const [i, j] = firstShared(left, right);
  if (i !== j) return {here: cut(here, left, i), there: cut(there, right, j)};
  let shared = 0;
  while (i + shared < left.length && j + shared < right.length && same(left, i + shared, right, j + shared))
    shared++;
  const ends = i + shared === left.length && j + shared === right.length;
  const at = ends ? 0 : shared;
  return {here: cut(here, left, i + at), there: cut(there, right, j + at)};
}

function same(left: readonly PlacedWord[], i: number, right: readonly PlacedWord[], j: number): boolean {
  return left[i]!.word === right[j]!.word;
}

/** Where the first run of three words that both have begins in each; the beginnings when there is none. */
function firstShared(left: readonly PlacedWord[], right: readonly PlacedWord[]): [number, number] {
  const runs = new Map<string, number>();
  for (let j = right.length - anchorWords; j >= 0; j--) runs.set(run(right, j), j);
  for (let i = 0; i + anchorWords <= left.length; i++) {
    const j = runs.get(run(left, i));
    if (j !== undefined) return [i, j];
  }
  return [0, 0];
}

function run(words: readonly PlacedWord[], at: number): string {
  let key = '';
  for (let index = at; index < at + anchorWords; index++) key += ` ${words[index]!.word}`;
  return key;
}

/** The text from some characters before a word, to the end of a word some characters behind it. */
function cut(text: string, words: readonly PlacedWord[], at: number): string {
  const here = words[Math.min(at, words.length - 1)];
  if (here === undefined) return text.slice(0, longest);
  const first =
    words.findLast((word, index) => index <= at && here.start - word.start >= before) ?? words[0]!;
  const last = words.findLast(word => word.end - first.start <= longest) ?? here;
  const end = Math.min(Math.max(last.end, first.end), first.start + longest);
  return `${first.start > 0 ? '… ' : ''}${text.slice(first.start, end)}${end < text.length ? ' …' : ''}`;
}
