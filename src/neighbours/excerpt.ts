import type {Excerpt} from '../api.js';
import {type PlacedWord, placedWords} from '../features/words.js';

/** Words looked at: a pair that first differs behind them shows its beginnings. */
const searched = 400;
/** A shared run of this many words anchors the alignment. */
const anchorWords = 3;
const before = 4;
const after = 6;
const longest = 100;

/**
 * Two stretches of at most 100 characters, aligned at the first place where the texts differ after a shared
 * run of words; the beginnings where nothing is shared or nothing differs.
 */
export function excerptOf(here: string, there: string): Excerpt {
  const left = placedWords(here.slice(0, searched * 10), searched);
  const right = placedWords(there.slice(0, searched * 10), searched);
  const [i, j] = firstShared(left, right);
  let shared = 0;
  while (i + shared < left.length && j + shared < right.length && same(left, i + shared, right, j + shared))
    shared++;
  const ends = i + shared === left.length || j + shared === right.length;
  const from = ends ? 0 : Math.max(0, shared - before);
  return {here: cut(here, left, i + from), there: cut(there, right, j + from)};
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

function cut(text: string, words: readonly PlacedWord[], first: number): string {
  if (words.length === 0) return text.slice(0, longest);
  const start = words[Math.min(first, words.length - 1)]!.start;
  const last = words[Math.min(first + before + after, words.length) - 1] ?? words.at(-1)!;
  const end = Math.min(Math.max(last.end, start), start + longest);
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
}
