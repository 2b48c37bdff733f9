import type {Excerpt} from '../../api.js';
import {excerpt} from '../sanitize.js';
import {cells, head} from '../width.js';

/** A stretch of an excerpt; `same` when the other excerpt has it too. */
export interface Piece {
  readonly text: string;
  readonly same: boolean;
}

/** Words with the blanks after them; single characters in scripts that do not separate words. */
const token =
  /(?:[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Khmr}\p{sc=Laoo}\p{sc=Mymr}]\p{M}*|[\p{L}\p{N}\p{M}_]+|.)\s*/gsu;

/**
 * Both excerpts of a pair, made visible, in pieces: each takes at most `room` cells, `mark` cells around
 * every changed piece included. Words that both begin with are left out where they would push the first
 * difference out of sight.
 */
export function difference(pair: Excerpt, room: number, mark = 0): readonly [Piece[], Piece[]] {
  const here = read(pair.here);
  const there = read(pair.there);
  const skip = skipped(here.words, there.words, room);
  const [left, right] = align(here.words.slice(skip), there.words.slice(skip));
  // Where one excerpt was cut before the other, what follows is not a difference of the texts.
  const ends = [trailing(left), trailing(right)] as const;
  if (here.cut && ends[0] === 0) right.fill(true, right.length - ends[1]);
  if (there.cut && ends[1] === 0) left.fill(true, left.length - ends[0]);
  return [
    pieces({...here, words: here.words.slice(skip), open: here.open || skip > 0}, left, room, mark),
    pieces({...there, words: there.words.slice(skip), open: there.open || skip > 0}, right, room, mark),
  ];
}

interface Side {
  readonly words: readonly string[];
  /** The text goes on before, and after. */
  readonly open: boolean;
  readonly cut: boolean;
}

function read(text: string): Side {
  const shown = excerpt(text, 200);
  const bare = shown.replace(/^…\s*/, '').replace(/\s*…$/, '');
  return {words: bare.match(token) ?? [], open: shown.startsWith('…'), cut: shown.endsWith('…')};
}

function skipped(a: readonly string[], b: readonly string[], room: number): number {
  if (cells(a.join('')) <= room && cells(b.join('')) <= room) return 0;
  const first = a.findIndex((word, at) => word !== b[at]);
  let before = cells(a.slice(0, Math.max(0, first)).join(''));
  let skip = 0;
  for (; before > room / 2; skip += 1) before -= cells(a[skip]!);
  return skip;
}

/** Which words of each side stand in their longest common subsequence. */
function align(a: readonly string[], b: readonly string[]): [boolean[], boolean[]] {
  const equal = (i: number, j: number) => a[i]!.trimEnd() === b[j]!.trimEnd();
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      length[at] = equal(i, j) ? length[at + width + 1]! + 1 : Math.max(length[at + width]!, length[at + 1]!);
    }
  }
  const left = a.map(() => false);
  const right = b.map(() => false);
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (equal(i, j)) {
      left[i++] = true;
      right[j++] = true;
    } else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return [left, right];
}

function trailing(same: readonly boolean[]): number {
  return same.length - 1 - same.lastIndexOf(true);
}

/** Joins words of the same kind; the blanks after a changed stretch are not part of it. */
function pieces({words, open, cut}: Side, same: readonly boolean[], room: number, mark: number): Piece[] {
  const joined: Piece[] = [];
  const add = (text: string, isSame: boolean) => {
    const last = joined.at(-1);
    if (text === '') return;
    if (last?.same === isSame) joined[joined.length - 1] = {text: last.text + text, same: isSame};
    else joined.push({text, same: isSame});
  };
  if (open) add('…', true);
  for (const [at, word] of words.entries()) {
    if (same[at] || same[at + 1] === false) add(word, same[at]!);
    else {
      add(word.trimEnd(), false);
      add(word.slice(word.trimEnd().length), true);
    }
  }
  if (cut) add('…', true);
  return within(joined, room, mark);
}

/** Cuts pieces to `room` cells, with an ellipsis where something is left out. */
function within(all: readonly Piece[], room: number, mark: number): Piece[] {
  const size = ({text, same}: Piece) => cells(text) + (same ? 0 : mark);
  if (all.reduce((sum, piece) => sum + size(piece), 0) <= room) return [...all];
  const kept: Piece[] = [];
  let left = room - 1;
  for (const piece of all) {
    const text = head(piece.text, left - (size(piece) - cells(piece.text)));
    if (text !== '') kept.push({...piece, text});
    left -= size(piece);
    if (left <= 0) break;
  }
  return [...kept, {text: '…', same: true}];
}
