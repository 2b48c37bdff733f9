import type {CorpusRecord} from '../../src/api.js';

/** Words of a text by their hashes, with their places in UTF-16 code units. */
export interface Words {
  readonly hashes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** What a model says in a record: the answer where there is one, else the whole text. */
export function answerOf({response, chosen, text}: CorpusRecord): string {
  return response ?? chosen ?? text;
}

const wordCharacter = /[\p{L}\p{M}\p{N}]/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

const separator = 1;
const letter = 2;
const alone = 3;

/** Classes of the characters of the basic plane; 0 is not known yet. ASCII is decided beforehand. */
const classes = new Uint8Array(0x10000);

function classify(character: string): number {
  if (unspaced.test(character)) return alone;
  invisible.lastIndex = 0;
  return wordCharacter.test(character) || invisible.test(character) ? letter : separator;
}

for (let code = 0; code < 128; code++) classes[code] = classify(String.fromCharCode(code));

function classAt(code: number): number {
  if (code > 0xffff) return classify(String.fromCodePoint(code));
  if (classes[code] === 0) classes[code] = classify(String.fromCharCode(code));
  return classes[code]!;
}

const width = (code: number) => (code > 0xffff ? 2 : 1);

/** The finaliser of MurmurHash3: every bit of the result hangs on every bit that came in. */
export function mix32(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 128) return false;
  return true;
}

/** A word as it is compared and shown: NFC, lower case, without invisible characters. */
export function foldWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  return word.replace(invisible, '').normalize('NFC').toLowerCase();
}

function hashFolded(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return mix32(hash);
}

/** Where the word ends that begins at `start` and goes on to `at`: `start` where there is none. */
function endOfWord(text: string, start: number, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.codePointAt(end)!;
    const kind = classAt(code);
    if (kind === alone && end === start) return end + width(code);
    if (kind !== letter) return end;
    end += width(code);
  }
  return end;
}

/**
 * The first `limit` words of a text: runs of letters, marks and digits in NFC and lower case; single
 * characters in scripts that are written without spaces. Cheap for ASCII, so that the answers of a sample cost
 * little; the words of whole corpora come from the feature `wordHashes`.
 */
export function wordsOf(text: string, limit = Number.POSITIVE_INFINITY): Words {
  const words = {hashes: [] as number[], starts: [] as number[], ends: [] as number[]};
  let at = 0;
  while (at < text.length && words.hashes.length < limit) {
    let code = text.charCodeAt(at);
    if (code < 128 && classes[code] === separator) {
      at++;
      continue;
    }
    const start = at;
    let hash = 0x811c9dc5;
    // Lower case of A to Z; digits have the bit already.
    while (code < 128 && classes[code] === letter) {
      hash = Math.imul(hash ^ (code | 32), 0x01000193);
      code = text.charCodeAt(++at);
    }
    let folded: string | undefined;
    if (code >= 128) {
      at = endOfWord(text, start, at);
      if (at === start) {
        at += width(text.codePointAt(at)!);
        continue;
      }
      folded = foldWord(text.slice(start, at));
      if (folded === '') continue;
    }
    words.hashes.push(folded === undefined ? mix32(hash) : hashFolded(folded));
    words.starts.push(start);
    words.ends.push(at);
  }
  return words;
}

/** A hash of 53 bits of a list of 32-bit hashes. */
export function hashOfHashes(hashes: readonly number[]): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b1;
  for (let at = 0; at < hashes.length; at++) {
    low = Math.imul(low ^ hashes[at]!, 0x01000193);
    high = Math.imul(high ^ hashes[at]!, 0x85ebca6b) ^ (high >>> 15);
  }
  return join53(mix32(low ^ hashes.length), mix32(high));
}

/** `high` decides the order. */
function join53(high: number, low: number): number {
  return high * 0x200000 + (low >>> 11);
}

/** The first characters of a name, without broken surrogates: it is the same after it was stored. */
export function shortName(name: string, limit = 60): string {
  return new TextDecoder('utf-8', {ignoreBOM: true}).decode(new TextEncoder().encode(name.slice(0, limit)));
}

/** What counts as the same prompt: A to Z in lower case, white space collapsed, else as it is. */
export function normalPrompt(prompt: string): string {
  return prompt
    .replace(/[\t-\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(/[A-Z]+/g, capitals => capitals.toLowerCase());
}

/**
 * A hash of the first `count` characters of the normal form, or the last ones for a step of -1. The normal form
 * is not made for it: every record of a corpus comes by here.
 */
function hashNormal(text: string, step: 1 | -1, count: number, seed: number): number {
  let hash = seed;
  let space = false;
  let left = count;
  for (let at = step === 1 ? 0 : text.length - 1; at >= 0 && at < text.length && left > 0; at += step) {
    let code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) {
      space = hash !== seed;
      continue;
    }
    if (code >= 65 && code <= 90) code |= 32;
    if (space) {
      hash = Math.imul(hash ^ 32, 0x01000193);
      space = false;
      if (--left === 0) break;
    }
    hash = Math.imul(hash ^ code, 0x01000193);
    left--;
  }
  return mix32(hash);
}

const edgeCharacters = 48;
const orderUnit = 2 ** 29;

/**
 * Where a prompt stands in the order in which prompts are sampled: a hash of its two ends, so that it costs
 * little to leave most prompts out. No key of it is smaller.
 */
export function promptOrder(prompt: string): number {
  const head = hashNormal(prompt, 1, edgeCharacters, 0x811c9dc5);
  const tail = hashNormal(prompt, -1, edgeCharacters, 0x9e3779b1);
  return (mix32(head ^ Math.imul(tail, 0x85ebca6b)) >>> 8) * orderUnit;
}

/** A hash of 53 bits of the normal form of a prompt: its order, and 29 bits of the whole of it. */
export function promptKey(prompt: string, order = promptOrder(prompt)): number {
  return order + (hashNormal(prompt, 1, Number.POSITIVE_INFINITY, 0xc2b2ae35) >>> 3);
}
