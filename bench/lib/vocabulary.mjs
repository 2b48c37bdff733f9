import {createSlots} from './slots.mjs';
import {commonWords, frequency, rareWord, tableSize, tailExponent} from './words.mjs';

const latin = 'abcdefghijklmnopqrstuvwxyz';
const cyrillic = 'абцдефгхийклмнопярстувжыьз';
const greek = 'αβψδεφγηιξκλμνοπθρστυωςχζζ';
const accents = {a: 'á', e: 'é', i: 'í', o: 'ö', u: 'ü', n: 'ñ', c: 'ç'};

const letterForLetter = alphabet => word => word.replace(/[a-z]/g, letter => alphabet[latin.indexOf(letter)]);

/** How a word of the invented Latin vocabulary is written in each script. */
const scripts = {
  latin: word => word,
  accented: word => (word.length % 3 === 1 ? word.replace(/[aeiounc]/, letter => accents[letter]) : word),
  cyrillic: letterForLetter([...cyrillic]),
  greek: letterForLetter([...greek]),
  // Two letters make one ideograph: words of one to four, written without spaces between them.
  han: word => word.replace(/..?/g, two => String.fromCharCode(0x4e00 + hashOf(two) * 7)),
};

function hashOf(two) {
  return latin.indexOf(two[0]) * 27 + (two.length > 1 ? latin.indexOf(two[1]) + 1 : 0);
}

const built = new Map();
let latinWords;

/**
 * The words of one script. `copy(word, target, at)` writes the bytes of a word and returns the offset behind
 * them. Word numbers are ranks; those beyond the table are spelt on the spot.
 */
export function vocabulary(script) {
  const known = built.get(script);
  if (known) return known;
  const write = scripts[script];
  latinWords ??= commonWords();
  const spelt = latinWords.map(write);
  const copyShort = createSlots(spelt);

  function copy(rank, target, at) {
    const end = rank <= tableSize ? copyShort(rank - 1, target, at) : 0;
    if (end > 0) return end;
    const word = rank <= tableSize ? spelt[rank - 1] : write(rareWord(rank));
    return at + target.bytes.utf8Write(word, at);
  }
  const result = {copy};
  built.set(script, result);
  return result;
}

/** Words in the first table, which stays in the processor's cache: nine of ten draws end there. */
const headSize = 4095;
let head;
let body;

/** The rank that 32 random bits stand for, in constant time (Walker's alias method). */
export function drawRank(random, bits = random.next()) {
  head ??= buildAliases(0, headSize);
  const column = bits >>> 20;
  const entry = head[column];
  const rank = (bits & 0xffff) < (entry & 0xffff) ? column : entry >>> 16;
  return rank > 0 ? rank : drawRareRank(random);
}

function drawRareRank(random) {
  body ??= buildAliases(headSize, tableSize);
  const bits = random.next();
  const column = bits >>> 16;
  const entry = body[column];
  const rank = (bits & 0xffff) < (entry & 0xffff) ? column : entry >>> 16;
  if (rank > 0) return headSize + rank;
  const tail = (1 - random.float()) ** (-1 / (tailExponent - 1));
  return Math.min(0x7fffffff, Math.floor((tableSize + 1) * tail));
}

/**
 * A table for the ranks from `first` + 1 to `last`: one column each, and column 0 for all rarer words. A
 * column holds how much to keep of it, of 65,536 parts, below, and what the other part stands for, above.
 */
function buildAliases(first, last) {
  const columns = last - first + 1;
  const weights = new Float64Array(columns);
  for (let column = 1; column < columns; column += 1) weights[column] = frequency(first + column);
  weights[0] = (frequency(tableSize + 1) * (tableSize + 1)) / (tailExponent - 1);
  for (let rank = last + 1; rank <= tableSize; rank += 1) weights[0] += frequency(rank);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / columns;
  const table = Uint32Array.from({length: columns}, (_, column) => (column << 16) | 0xffff);
  const small = [];
  const large = [];
  for (let at = 0; at < columns; at += 1) (weights[at] < mean ? small : large).push(at);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop();
    const high = large.at(-1);
    table[low] = (high << 16) | Math.floor((weights[low] / mean) * 0x10000);
    weights[high] -= mean - weights[low];
    if (weights[high] < mean) small.push(large.pop());
  }
  return table;
}
