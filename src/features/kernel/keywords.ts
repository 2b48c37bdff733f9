/** Lays keywords out in a kernel's memory, as assembly/keywords.ts reads them. */

/** A list's phrase, as hashes of words; `place` is that of the word by which it is looked for. */
export interface PhraseEntry {
  readonly list: number;
  readonly hashes: readonly number[];
  readonly place: number;
}

/** A list's sign: the code point it begins with, and what follows as UTF-8 in lower case. */
export interface SignEntry {
  readonly list: number;
  readonly first: number;
  readonly rest: Uint8Array;
}

/** Fixed addresses, as in assembly/memory.ts. */
const keySlots = 1 << 14;
const keysAt = 10 << 20;
const halvesAt = keysAt + 4096 + 4 * 4096;
const bitsAt = halvesAt + 32;
const signsAt = bitsAt + 16384;
const phrasesAt = signsAt + 8 * keySlots;
const entriesAt = phrasesAt + 8 * keySlots;
const endsAt = (11 << 20) - 4 * 4096;
const entryBytes = 16;

const mostLists = 4096;
const mostKeys = keySlots * 0.75;
const encoder = new TextEncoder();
const noBytes = new Uint8Array(0);

/** @throws Error for a sign that begins with what no text is searched for. */
export function signBytes(sign: string): {first: number; rest: Uint8Array} {
  const first = sign.codePointAt(0);
  // Most are single characters, and there are thousands: no pattern, no encoding for these.
  if (first === undefined || (first < 0x80 ? !/^[!-/:-@[-`{-~]/.test(sign) : first >> 11 === 0x1b)) {
    throw new Error(
      `The sign \`${sign}\` among its keywords must begin with punctuation or a character beyond ASCII`,
    );
  }
  const rest = sign.slice(first > 0xffff ? 2 : 1);
  if (rest === '') return {first, rest: noBytes};
  return {first, rest: encoder.encode(rest.replace(/[A-Z]+/g, letters => letters.toLowerCase()))};
}

/** @throws Error when there are more than there is room for. */
export function writeKeywords(
  bytes: Uint8Array<ArrayBuffer>,
  phrases: readonly PhraseEntry[],
  signs: readonly SignEntry[],
): void {
  const memory = new DataView(bytes.buffer);
  bytes.fill(0, keysAt, endsAt);
  writeHalves(bytes, signs);
  for (const {hashes, place} of phrases) {
    const at = bitsAt + ((hashes[place]! & 0x1ffff) >>> 5) * 4;
    memory.setUint32(at, memory.getUint32(at, true) | (1 << (hashes[place]! & 31)), true);
  }
  let entry = entriesAt;
  let pool = entriesAt + entryBytes * (phrases.length + signs.length);
  /** An entry, and behind all entries what it is compared with. */
  const add = (list: number, length: number, place: number, write: (at: number) => void, size: number) => {
    if (list >= mostLists || pool + size > endsAt) throw tooMany();
    memory.setUint32(entry, list, true);
    memory.setUint32(entry + 4, pool, true);
    memory.setUint32(entry + 8, length, true);
    memory.setUint16(entry + 12, place, true);
    write(pool);
    pool += (size + 3) & ~3;
    entry += entryBytes;
  };
  for (const [word, group] of grouped(phrases, ({hashes, place}) => hashes[place]!)) {
    setKey(memory, phrasesAt, word, entry);
    for (const {list, hashes, place} of group)
      add(list, hashes.length, place, at => writeWords(memory, at, hashes), 4 * hashes.length);
    endGroup(memory, entry, group.length);
  }
  for (const [point, group] of grouped(signs, ({first}) => first)) {
    setKey(memory, signsAt, point, entry);
    for (const {list, rest} of group) add(list, rest.length, 0, at => bytes.set(rest, at), rest.length);
    endGroup(memory, entry, group.length);
  }
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  if (groups.size > mostKeys) throw tooMany();
  return groups;
}

function tooMany(): Error {
  return new Error('The rules have more keywords than there is room for: put fewer of them into `keywords`');
}

/** All entries of a group but the last say that another follows. */
function endGroup(memory: DataView, end: number, length: number): void {
  for (let index = 2; index <= length; index++) memory.setUint16(end - index * entryBytes + 14, 1, true);
}

function writeWords(memory: DataView, at: number, hashes: readonly number[]): void {
  for (const [index, hash] of hashes.entries()) memory.setUint32(at + 4 * index, hash, true);
}

/** As `hashKey` in assembly/hash.ts. */
function setKey(memory: DataView, table: number, key: number, entry: number): void {
  let slot = Math.imul(key, 0x9e3779b1) >>> 18;
  while (memory.getUint32(table + slot * 8 + 4, true) !== 0) slot = (slot + 1) % keySlots;
  memory.setUint32(table + slot * 8, key, true);
  memory.setUint32(table + slot * 8 + 4, entry, true);
}

/**
 * The bytes that signs begin with: a bit for their upper half, by their lower half. Punctuation has 0x2 to 0x7 for
 * it, characters beyond ASCII begin with 0xc to 0xf, of which two share a bit.
 */
function writeHalves(bytes: Uint8Array, signs: readonly SignEntry[]): void {
  const bitOf = (upper: number) => (upper < 8 ? 1 << (upper - 2) : 1 << (upper >> 1));
  for (let upper = 2; upper < 16; upper++)
    if (upper < 8 || upper >= 12) bytes[halvesAt + 16 + upper] = bitOf(upper);
  for (const {first} of signs) {
    const [lead] = encoder.encode(String.fromCodePoint(first));
    bytes[halvesAt + (lead! & 15)]! |= bitOf(lead! >> 4);
  }
}
