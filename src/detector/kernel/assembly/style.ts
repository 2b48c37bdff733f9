import {mix, SEEN, SEEN_MASK, STYLE, TOKEN, tokenCount, tokens} from './memory';
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
  let commas: u32 = 0;
  let semicolons: u32 = 0;
  let colons: u32 = 0;
  let dashes: u32 = 0;
  let hyphens: u32 = 0;
  let quotes: u32 = 0;
  let clitics: u32 = 0;
  let brackets: u32 = 0;
  let questions: u32 = 0;
  let exclamations: u32 = 0;
  let stops: u32 = 0;
  let ellipses: u32 = 0;
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
      if ((info & FRAMED) != 0) framed++;
      else {
        const slot = SEEN + ((<usize>(hash & SEEN_MASK)) << 2);
        const seen = load<u32>(slot);
        if (seen > base) {
          near += <u32>(base + words - seen <= 50);
          far += <u32>(base + words - seen <= 200);
        }
        store<u32>(slot, base + words);
      }
      const pair = SEEN + 4 * (SEEN_MASK + 1) + ((<usize>(mix(previous, hash) & SEEN_MASK)) << 2);
      const seenPair = load<u32>(pair);
      if (seenPair > base && base + words - seenPair <= 200) pairs++;
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
      if (sign == 0x2c) commas++;
      else if (sign == 0x2e) stops++;
      else if (sign == APOSTROPHE) clitics++;
      else if (sign == QUOTE) quotes++;
      else if (sign == DASH) dashes++;
      else if (sign == 0x81) hyphens++;
      else if (sign == 0x3b) semicolons++;
      else if (sign == 0x3a) colons++;
      else if (sign == 0x28) brackets++;
      else if (sign == 0x3f) questions++;
      else if (sign == 0x21) exclamations++;
      else if (sign == ELLIPSIS_SIGN) ellipses++;
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
  give(19, <f64>commas / n);
  give(20, <f64>semicolons / n);
  give(21, <f64>colons / n);
  give(22, <f64>dashes / n);
  give(23, <f64>hyphens / n);
  give(24, <f64>quotes / n);
  give(25, <f64>clitics / n);
  give(26, <f64>brackets / n);
  give(27, <f64>questions / n);
  give(28, <f64>exclamations / n);
  give(29, <f64>stops / n);
  give(30, <f64>ellipses / n);
  give(31, <f64>numbers / n);
  give(32, <f64>symbols / n);
  give(33, <f64>marks / n);
  give(34, <f64>foreign / n);
  give(35, <f64>lines);
  return 36;
}
