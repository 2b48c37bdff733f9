import {createRandom} from './random.mjs';

/** Words in the table; rarer ones are spelt from their rank when they are drawn. */
export const tableSize = 4095 + 65535;

/**
 * Share of all words that the word of this rank has, in English essays, news, abstracts and chat answers
 * (17 million words); between the knots the law is a straight line on logarithmic axes.
 */
const frequencyKnots = [
  [1, 5.8e-2],
  [2, 3.0e-2],
  [5, 2.3e-2],
  [10, 9.3e-3],
  [30, 3.6e-3],
  [100, 8.9e-4],
  [300, 3.2e-4],
  [1000, 1.2e-4],
  [3000, 4.0e-5],
  [10000, 7.6e-6],
  [30000, 1.0e-6],
];
/** Exponent of the frequencies beyond the last knot: makes the vocabulary grow like n to the power of 0.5. */
export const tailExponent = 1.85;

/** Share of all words that have this many letters, from 1. */
const lengthShares = [0.045, 0.18, 0.195, 0.16, 0.11, 0.088, 0.083, 0.058, 0.04, 0.024, 0.012, 0.005];
/** The most frequent words are as long as "the", "of", "and", "to", "a". */
const firstLengths = [3, 2, 3, 2, 1];

const onsets = 'b c d f g h j k l m n p r s t v w z br ch cl dr fl gr pl pr sh st th tr'.split(' ');
const vowels = 'a e i o u ai ea ou'.split(' ');
const codas = ' , ,n,r,s,t,l,m,d,nd,st,ng'.split(',').map(coda => coda.trim());

const syllablePairs = 2880 ** 2;

/** Relative frequency of the word of `rank`, from 1. */
export function frequency(rank) {
  for (let knot = 1; knot < frequencyKnots.length; knot += 1) {
    const [r1, p1] = frequencyKnots[knot - 1];
    const [r2, p2] = frequencyKnots[knot];
    if (rank <= r2) return p1 * (rank / r1) ** (Math.log(p2 / p1) / Math.log(r2 / r1));
  }
  const [rank0, p0] = frequencyKnots.at(-1);
  return p0 * (rank / rank0) ** -tailExponent;
}

/** Spells a rank beyond the table: a different word for every rank, of two syllables or more. */
export function rareWord(rank) {
  // A multiplier that shares no divisor with the number of pairs scatters neighbouring ranks over all of them.
  let rest = (rank * 3141593) % syllablePairs;
  let word = '';
  for (let more = Math.floor(rank / syllablePairs); word === '' || rest > 0 || more > 0; ) {
    word += onsets[rest % 30] + vowels[Math.floor(rest / 30) % 8] + codas[Math.floor(rest / 240) % 12];
    rest = Math.floor(rest / 2880);
    if (rest === 0 && word.length > 3) {
      rest = more;
      more = 0;
    }
  }
  return word;
}

/** The words of ranks 1 to `tableSize`, short ones first where speech has them, each once. */
export function commonWords() {
  const random = createRandom();
  random.seed(0x776f7264);
  const wanted = [...lengthShares];
  const seen = new Set();
  const words = [];
  for (let rank = 1; rank <= tableSize; rank += 1) {
    const share = frequency(rank);
    const length = firstLengths[rank - 1] ?? pickLength(random, wanted, rank);
    let word = spell(random, length);
    // When the short words have run out, the next longer one is taken.
    for (let tries = 1; seen.has(word); tries += 1) word = spell(random, length + (tries >> 3));
    seen.add(word);
    words.push(word);
    wanted[Math.min(word.length, wanted.length) - 1] -= share;
  }
  return words;
}

/** A length in proportion to what is still wanted of it: frequent words are short. */
function pickLength(random, wanted, rank) {
  const longest = Math.min(wanted.length, 2 + Math.floor(1.3 * Math.log2(rank + 1)));
  const shortest = rank > 20000 ? 5 : rank > 5000 ? 4 : rank > 200 ? 3 : rank > 12 ? 2 : 1;
  let total = 0;
  for (let length = shortest; length <= longest; length += 1) total += Math.max(0, wanted[length - 1]);
  let left = random.float() * total;
  for (let length = shortest; length <= longest; length += 1) {
    left -= Math.max(0, wanted[length - 1]);
    if (left < 0) return length;
  }
  return 6 + random.below(4);
}

function spell(random, length) {
  let word = random.chance(0.3) ? random.pick(vowels) : '';
  while (word.length < length) word += random.pick(onsets) + random.pick(vowels) + random.pick(codas);
  return word.slice(0, length);
}
