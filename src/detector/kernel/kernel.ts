import {kernelWasm} from './kernel.wasm.js';

/** The functions of assembly/. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  tokenise(length: number): number;
  ngrams(): number;
  measure(): number;
  hit(): number;
  hitsAt(): number;
  sum(hits: number): number;
  squares(): number;
  tokensAt(): number;
  hashesAt(): number;
  bytesFor(length: number): number;
}

export interface DetectorKernel extends Omit<Exports, 'memory'> {
  /** Views of the whole memory; new ones after it has grown. */
  bytes(): Uint8Array<ArrayBuffer>;
  words(): Uint32Array<ArrayBuffer>;
  /** Puts a text, as UTF-8, where `tokenise` reads it; returns its length in bytes. */
  write(text: string): number;
}

/** Fixed addresses and sizes, as in assembly/memory.ts. */
export const styleAt = 2048;
export const frameAt = 1 << 16;
export const frameSlots = 4096;
export const filterAt = 1 << 19;
export const filterBits = 1 << 19;
export const tableAt = 1 << 20;
export const tableSlots = 1 << 17;
export const bucketShift = 10;
/** Hashes for each token, 0 where there is none. */
export const perToken = 8;
const classesAt = 1024;
const dampedAt = 4096;
const inputAt = 8 << 20;
const wasmPage = 65536;

/**
 * What a count counts for: dampened, so that a word that a text is about does not outvote the rest.
 */
export const damped = Float64Array.from({length: 256}, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

let compiled: WebAssembly.Module | undefined;
const encoder = new TextEncoder();

export function createDetectorKernel(): DetectorKernel {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelWasm, 'base64'));
  const exports = new WebAssembly.Instance(compiled, {env: {}}).exports as unknown as Exports;
  let bytes = new Uint8Array(exports.memory.buffer);
  let words = new Uint32Array(exports.memory.buffer);
  for (let byte = 0; byte < 256; byte++) bytes[classesAt + byte] = classOf(byte);
  new Float64Array(exports.memory.buffer, dampedAt, damped.length).set(damped);
  return {
    ...exports,
    bytes: () => bytes,
    words: () => words,
    write(text) {
      const needed = exports.bytesFor(text.length * 3);
      if (needed > bytes.length) {
        exports.memory.grow(Math.ceil((needed * 1.25 - bytes.length) / wasmPage));
        bytes = new Uint8Array(exports.memory.buffer);
        words = new Uint32Array(exports.memory.buffer);
      }
      return encoder.encodeInto(text, bytes.subarray(inputAt, inputAt + text.length * 3)).written;
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

export function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
