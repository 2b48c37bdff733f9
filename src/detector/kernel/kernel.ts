import {kernelWasm} from './kernel.wasm.js';

/** The functions of assembly/. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  tokenise(length: number, most: number): number;
  readBytes(): number;
  ngrams(): number;
  measure(): number;
  weigh(): number;
  known(): number;
  forest(trees: number, depth: number, measures: number): number;
  tokensAt(): number;
  hashesAt(): number;
}

export interface DetectorKernel extends Omit<Exports, 'memory'> {
  /** Views of the whole memory, which does not grow. */
  bytes(): Uint8Array<ArrayBuffer>;
  words(): Uint32Array<ArrayBuffer>;
  /** Puts the beginning of a text, as UTF-8, where `tokenise` reads it; returns its length in bytes. */
  write(text: string): number;
}

/** Fixed addresses and sizes, as in assembly/memory.ts. */
export const styleAt = 2048;
export const frameAt = 1 << 16;
export const frameSlots = 4096;
export const tableAt = 1 << 20;
export const tableSlots = 1 << 17;
export const bucketShift = 10;
/** Upper bits of a bucket are its slot, lower ones its tag, which stands below the weight. */
export const tagBits = 5;
/** The largest weight of an n-gram: 11 bits with its sign. */
export const mostWeight = 1023;
export const forestAt = (1 << 17) + 1024;
export const nodeBytes = 16;
/** Trees are climbed so many side by side. */
export const treesAbreast = 4;
/** Hashes for each token, 0 where there is none; those of four tokens stand together. */
export const perToken = 8;
const classesAt = 1024;
export const inputAt = 2 << 20;

/** Words of a text that are read at most: a style shows in the first few hundred. */
export const mostWords = 300;
/** Units of UTF-16 that are read at most, more than so many words of any language with spaces have. */
const mostUnits = 1 << 13;

let compiled: WebAssembly.Module | undefined;
const encoder = new TextEncoder();

export function createDetectorKernel(): DetectorKernel {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelWasm, 'base64'));
  const exports = new WebAssembly.Instance(compiled, {env: {}}).exports as unknown as Exports;
  const bytes = new Uint8Array(exports.memory.buffer);
  const words = new Uint32Array(exports.memory.buffer);
  const input = bytes.subarray(inputAt, inputAt + 3 * mostUnits);
  for (let byte = 0; byte < 256; byte++) bytes[classesAt + byte] = classOf(byte);
  return {
    ...exports,
    bytes: () => bytes,
    words: () => words,
    write(text) {
      const read = text.length > mostUnits ? text.slice(0, mostUnits) : text;
      return encoder.encodeInto(read, input).written;
    },
  };
}

/** 0 white space and controls, 1 letter, 2 digit, 3 punctuation, 4 mark-up, 5 outside ASCII. */
function classOf(byte: number): number {
  if (byte >= 128) return 5;
  if (byte <= 32 || byte === 127) return 0;
  const character = String.fromCharCode(byte);
  if (/[a-z]/i.test(character)) return 1;
  if (/\d/.test(character)) return 2;
  return '*_#>|~`'.includes(character) ? 4 : 3;
}

/** The token that an n-gram hash begins at, by its place among the hashes. */
export function tokenOf(place: number): number {
  return (place >>> 5) * 4 + (place & 3);
}
