import {hashWord} from './hash';
import {words} from './memory';

/**
 * Hashes the runs between zero bytes in [from, to): the words. Returns how many. 64 bytes at a time become a
 * mask of word bytes; its runs of ones are then taken off with bit operations, as simdjson does with
 * structural characters (arXiv:1902.08318), so that there is no branch per byte and hardly one per word.
 */
export function collectWords(from: usize, to: usize): i32 {
  let next = words;
  let open: usize = 0; // where a word began that goes on in the next 64 bytes
  for (let at = from; at < to; at += 64) {
    let mask = maskAt(at) | (maskAt(at + 16) << 16) | (maskAt(at + 32) << 32) | (maskAt(at + 48) << 48);
    if (open != 0) {
      if (mask == <u64>-1) continue;
      const rest = ctz(~mask);
      next = addWord(next, open, at + <usize>rest - open);
      mask &= <u64>-1 << rest;
      open = 0;
    }
    let starts = mask & ~(mask << 1);
    while (starts != 0) {
      const start = ctz(starts);
      starts &= starts - 1;
      const length = ctz(~(mask >>> start));
      if (start + length >= 64) open = at + <usize>start;
      else next = addWord(next, at + <usize>start, <usize>length);
    }
  }
  return <i32>((next - words) >>> 2);
}

// @ts-expect-error: decorator
@inline
function maskAt(at: usize): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.ne(v128.load(at), i8x16.splat(0))));
}

// @ts-expect-error: decorator
@inline
function addWord(next: usize, start: usize, length: usize): usize {
  store<u32>(next, hashWord(start, <u32>length));
  return next + 4;
}

