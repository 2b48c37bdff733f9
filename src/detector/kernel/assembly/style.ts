import {mix, NOWHERE, SEEN, SEEN_MASK, SIGNS, STYLE, TOKEN, tokenCount, tokens} from './memory';
import {APOSTROPHE, DASH, ELLIPSIS_SIGN, foreign, FRAMED, lines, marks, NUMBER, QUOTE, SIGN, START, symbols, WORD} from './tokenise';

// The numbers that the trees look at. Their names and what they mean to a person stand in ../style.ts, in the
// same order.

/** Words of all texts before: places are counted on from it, so that the tables need not be cleared for each. */
let base: u32 = 0;

// @ts-expect-error: decorator
@inline
function give(index: usize, value: f64): void { store<f64>(STYLE + (index << 3), value); }

// @ts-expect-error: decorator
@inline
function signs(sign: u32): f64 { return <f64>load<u32>(SIGNS + ((<usize>sign) << 2)); }

// @ts-expect-error: decorator
@inline
function spread(sum: f64, squares: f64, count: f64): f64 {
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}

/** Numbers of the text at hand, into STYLE; returns how many. */
export function measure(): u32 {
  if (base > <u32>0x80000000) {
    memory.fill(SEEN, 0, 2 * 4 * (SEEN_MASK + 1));
    base = 0;
  }
  memory.fill(SIGNS, 0, 4 * 256);
  let words: u32 = 0;
  let letters: u32 = 0;
  let squares: u32 = 0;
  let long: u32 = 0;
  let longer: u32 = 0;
  let short: u32 = 0;
  let framed: u32 = 0;
  let near: u32 = 0;
  let far: u32 = 0;
  let pairs: u32 = 0;
  let numbers: u32 = 0;
  let sentences: u32 = 0;
  let inSentence: u32 = 0;
  let sentenceSum: f64 = 0;
  let sentenceSquares: f64 = 0;
  let shortest: u32 = 1 << 30;
  let longest: u32 = 0;
  let change: f64 = 0;
  let lastLength: u32 = 0;
  let start1: u32 = 0;
  let start2: u32 = 0;
  let start3: u32 = 0;
  let sameStart: u32 = 0;
  let opening = false;
  let previous: u32 = 0;
  let clause: u32 = 0;
  let clauses: u32 = 0;
  let clauseSum: f64 = 0;
  let clauseSquares: f64 = 0;

  const end = tokens + <usize>tokenCount * TOKEN;
  for (let at = tokens; at <= end; at += TOKEN) {
    const info = at == end ? START : load<u32>(at, 12);
    const kind = info & 3;
    if (kind == WORD) {
      const hash = load<u32>(at);
      const size = info >>> 8;
      words++;
      inSentence++;
      clause++;
      letters += size;
      squares += size * size;
      long += <u32>(size > 6);
      longer += <u32>(size > 9);
      short += <u32>(size < 4);
      // Without a branch, which nobody could foretell: common words are noted where nothing is looked up.
      const common = <u32>((info & FRAMED) != 0);
      framed += common;
      const slot = common ? NOWHERE : SEEN + ((<usize>(hash & SEEN_MASK)) << 2);
      const seen = load<u32>(slot);
      const known = <u32>(seen > base) & (common ^ 1);
      near += known & <u32>(base + words - seen <= 50);
      far += known & <u32>(base + words - seen <= 200);
      store<u32>(slot, base + words);
      const pair = SEEN + 4 * (SEEN_MASK + 1) + ((<usize>(mix(previous, hash) & SEEN_MASK)) << 2);
      const seenPair = load<u32>(pair);
      pairs += <u32>(seenPair > base) & <u32>(base + words - seenPair <= 200);
      store<u32>(pair, base + words);
      previous = hash;
      if (opening) {
        sameStart += <u32>(hash == start1 || hash == start2 || hash == start3);
        start3 = start2;
        start2 = start1;
        start1 = hash;
        opening = false;
      }
    } else if (kind == START) {
      if (inSentence > 0) {
        sentences++;
        sentenceSum += <f64>inSentence;
        sentenceSquares += <f64>inSentence * <f64>inSentence;
        shortest = min(shortest, inSentence);
        longest = max(longest, inSentence);
        if (sentences > 1) change += Math.abs(<f64>inSentence - <f64>lastLength);
        lastLength = inSentence;
        inSentence = 0;
      }
      opening = true;
    } else if (kind == NUMBER) {
      numbers++;
    } else {
      const sign = info >>> 8;
      const place = SIGNS + ((<usize>sign) << 2);
      store<u32>(place, load<u32>(place) + 1);
      if (sign != APOSTROPHE && sign != 0x81 && clause > 0) {
        clauses++;
        clauseSum += <f64>clause;
        clauseSquares += <f64>clause * <f64>clause;
        clause = 0;
      }
    }
  }
  base += words;
  const n = Math.max(1, <f64>words);
  const s = Math.max(1, <f64>sentences);
  const c = Math.max(1, <f64>clauses);
  const mean = sentenceSum / s;
  const spreadOfSentences = spread(sentenceSum, sentenceSquares, s);
  give(0, <f64>words);
  give(1, <f64>letters / n);
  give(2, spread(<f64>letters, <f64>squares, n));
  give(3, <f64>long / n);
  give(4, <f64>longer / n);
  give(5, <f64>short / n);
  give(6, <f64>framed / n);
  give(7, <f64>near / n);
  give(8, <f64>far / n);
  give(9, <f64>pairs / n);
  give(10, mean);
  give(11, spreadOfSentences);
  give(12, spreadOfSentences / Math.max(1, mean));
  give(13, sentences > 0 ? <f64>longest : 0);
  give(14, sentences > 0 ? <f64>shortest : 0);
  give(15, change / Math.max(1, s - 1) / Math.max(1, mean));
  give(16, <f64>sameStart / s);
  give(17, clauseSum / c);
  give(18, spread(clauseSum, clauseSquares, c));
  give(19, signs(0x2c) / n);
  give(20, signs(0x3b) / n);
  give(21, signs(0x3a) / n);
  give(22, signs(DASH) / n);
  give(23, signs(0x81) / n);
  give(24, signs(QUOTE) / n);
  give(25, signs(APOSTROPHE) / n);
  give(26, signs(0x28) / n);
  give(27, signs(0x3f) / n);
  give(28, signs(0x21) / n);
  give(29, signs(0x2e) / n);
  give(30, signs(ELLIPSIS_SIGN) / n);
  give(31, <f64>numbers / n);
  give(32, <f64>symbols / n);
  give(33, <f64>marks / n);
  give(34, <f64>foreign / n);
  give(35, <f64>lines);
  return 36;
}
