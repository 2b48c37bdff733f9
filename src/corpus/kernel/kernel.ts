import {kernelWasm} from './kernel.wasm.js';

/** The functions of assembly/. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readLine(start: number, end: number): number;
  fieldsAt(): number;
  forget(): void;
  begin(chunkLength: number): number;
  append(from: number, to: number, escaped: number): number;
  appendBreak(): number;
  isWide(): number;
  units(from: number, to: number): number;
  bytesForChunk(length: number): number;
}

export interface LineKernel extends Exports {
  /** View of the whole memory; a new one after the memory has grown. */
  bytes(): Buffer<ArrayBuffer>;
  /** The same as 32-bit words. */
  words(): Uint32Array<ArrayBuffer>;
  /** Puts a chunk at `chunkAt`, with zeros behind it. */
  load(chunk: Uint8Array): void;
}

/** Fixed addresses and numbers, as in assembly/memory.ts. */
export const chunkAt = 16384;
export const fieldWords = 5;
export const valueKinds = {string: 1, number: 2, other: 3, kind: 3, escaped: 4, wide: 8} as const;
const margin = 64;
const wasmPage = 65536;

let compiled: WebAssembly.Module | undefined;

export function createLineKernel(): LineKernel {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelWasm, 'base64'));
  const exports = new WebAssembly.Instance(compiled, {}).exports as unknown as Exports;
  let bytes = Buffer.from(exports.memory.buffer);
  let words = new Uint32Array(exports.memory.buffer);
  return {
    ...exports,
    bytes: () => bytes,
    words: () => words,
    load(chunk) {
      const needed = exports.bytesForChunk(chunk.length);
      if (needed > bytes.length) {
        exports.memory.grow(Math.ceil((needed - bytes.length) / wasmPage));
        bytes = Buffer.from(exports.memory.buffer);
        words = new Uint32Array(exports.memory.buffer);
      }
      bytes.set(chunk, chunkAt);
      bytes.fill(0, chunkAt + chunk.length, chunkAt + chunk.length + margin);
      exports.forget();
    },
  };
}
