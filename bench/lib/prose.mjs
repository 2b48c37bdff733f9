import {firstOpening, firstStop, marksOf, putMark} from './marks.mjs';
import {createRandom} from './random.mjs';
import {drawRank, vocabulary} from './vocabulary.mjs';

/** Set phrases ("in the end", "here are some"): without them two texts would share too few word pairs. */
const phraseCount = 8000;
/** Share of the words outside phrases that begin one, of 65,536. */
const phraseShare = 0.17 * 0x10000;
/** Share that comes back from earlier in the record, of 65,536: a text keeps to its topic. */
const repeatShare = 0.2 * 0x10000;
/** Share of the words inside sentences that begin with a capital, of 256. */
const capitalShare = 15;
let phrases;
let starts;
const topic = new Uint32Array(64);

/** Phrase `n` stands at `8 * n`, two to four words, mostly two, ended by 0. */
function buildPhrases() {
  const random = createRandom();
  random.seed(0x70687261);
  const table = new Uint32Array(phraseCount * 8);
  for (let at = 0; at < table.length; at += 8) {
    const words = random.pick([2, 2, 2, 2, 3, 3, 4]);
    for (let word = 0; word < words; word += 1) table[at + word] = drawRank(random);
  }
  return table;
}

/** For 16 random bits, where the phrase stands that they draw: frequencies fall like 1 / (10 + rank). */
function buildStarts() {
  const spread = Math.log(phraseCount / 10 + 1);
  const draw = (_, at) => 8 * Math.floor(10 * Math.exp((at / 0x10000) * spread) - 10);
  return Uint32Array.from({length: 0x10000}, draw);
}

/** How one record is written: the mix of sources that real rounds are made of. */
export function drawStyle(random) {
  const dice = random.float();
  const script =
    dice < 0.0015
      ? 'cyrillic'
      : dice < 0.002
        ? 'greek'
        : dice < 0.0035
          ? 'han'
          : dice < 0.023
            ? 'accented'
            : 'latin';
  return {
    script,
    curly: random.chance(0.22),
    breaks: random.chance(0.7),
    numbers: random.chance(0.08) ? 0.2 : 0.011,
  };
}

/** Writes `words` invented words as the inside of a JSON string; returns the offset behind them. */
export function writeProse(random, style, words, target, at) {
  phrases ??= buildPhrases();
  starts ??= buildStarts();
  const {copy} = vocabulary(style.script);
  const {bytes} = target;
  const han = style.script === 'han';
  const markTable = marksOf(style);
  const numberShare = Math.round(style.numbers * 0x10000);
  // PCG with a stream of its own for every record: the state stays in a register, where `random` has to
  // load and store its own. This halves the time for a word.
  let state = random.next();
  const stream = random.next() | 1;
  // Where the next word of the phrase stands; what is there is 0 when the phrase is over.
  let next = 7;
  let drawn = 0;
  let capital = true;
  let closing = 0;
  for (let word = 1; word <= words; word += 1) {
    state = (Math.imul(state, 747796405) + stream) | 0;
    const mixed = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737);
    const bits = (mixed >>> 22) ^ mixed;
    const dice = bits & 0xffff;
    let rank = 0;
    if (phrases[next] > 0) rank = phrases[next++];
    else if (dice >= numberShare) {
      state = (Math.imul(state, 747796405) + stream) | 0;
      const again = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737);
      if (dice < numberShare + phraseShare) {
        next = starts[again >>> 16];
        rank = phrases[next++];
      } else if (dice < numberShare + phraseShare + repeatShare && drawn > 0) {
        rank = topic[(again >>> 16) % Math.min(drawn, topic.length)];
      } else {
        rank = drawRank(random, (again >>> 22) ^ again);
        topic[drawn++ & (topic.length - 1)] = rank;
      }
    }
    const start = at;
    at = rank > 0 ? copy(rank, target, at) : writeNumber(random, bytes, at);
    if ((capital || (dice & 0xff) < capitalShare) && bytes[start] >= 97 && bytes[start] <= 122)
      bytes[start] -= 32;

    if (word === words) break;
    let mark = markTable[bits >>> 20];
    if (closing > 0 && (bits & 0x30000) === 0) {
      mark = closing;
      closing = 0;
    } else if (mark >= firstOpening) {
      if (closing > 0) mark = 0;
      else closing = mark + 1;
    }
    capital = mark >= firstStop && mark < firstOpening;
    if (mark > 0) at = putMark(mark, target, at);
    else if (!han) bytes[at++] = 32;
  }
  if (closing > 0) at = putMark(closing, target, at) - 1;
  bytes[at++] = 46;
  return at;
}

function writeNumber(random, bytes, at) {
  for (let digits = 1 + random.below(4); digits > 0; digits -= 1) bytes[at++] = 48 + random.below(10);
  return at;
}
