import {kernelWasm} from './kernel.wasm.js';
import {pageBytes, writePage} from './pages.js';

/** The functions of assembly/. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  tokenise(length: number, stable: number): number;
  pair(count: number): void;
  sketch(count: number): void;
  hashBands(count: number, bands: number, rows: number): void;
  winnow(count: number, window: number): number;
  wordsAt(): number;
  elementsAt(): number;
  fingerprintsAt(): number;
  seekSigns(length: number): void;
  seekPhrases(count: number): void;
  foundLists(): number;
  foundAt(): number;
  repeats(count: number): number;
  exactLow(): number;
  exactHigh(): number;
  bytesToTokenise(length: number): number;
  bytesToSummarise(count: number): number;
}

export interface Kernel extends Exports {
  /** View of the whole memory; a new one after the memory has grown. */
  bytes(): Uint8Array<ArrayBuffer>;
  /** The same as 32-bit words. */
  words(): Uint32Array<ArrayBuffer>;
  /** Grows the memory to at least `bytes`. Throws RangeError beyond 4 GiB. */
  reserve(bytes: number): void;
}

/** Fixed addresses, as in assembly/. */
export const inputAt = 12 << 20;
export const sketchAt = 1536;
const pagesAt = 8192;
const wasmPage = 65536;
const mostPages = 65536;

let compiled: WebAssembly.Module | undefined;

export function createKernel(): Kernel {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelWasm, 'base64'));
  const instance = new WebAssembly.Instance(compiled, {
    env: {
      loadPage(index: number) {
        writePage(new DataView(exports.memory.buffer), pagesAt + index * pageBytes, index);
      },
    },
  });
  const exports = instance.exports as unknown as Exports;
  let bytes = new Uint8Array(exports.memory.buffer);
  let words = new Uint32Array(exports.memory.buffer);
  return {
    ...exports,
    bytes: () => bytes,
    words: () => words,
    reserve(needed) {
      if (needed <= bytes.length) return;
      if (needed > mostPages * wasmPage) {
        throw new RangeError(
          `A text needs ${Math.ceil(needed / 2 ** 30)} GiB to be split into words, and WebAssembly has 4 GiB. Split records of more than 170 MB.`,
        );
      }
      // A quarter more than needed, so that a run of ever longer texts does not grow it every time.
      const wanted = Math.min(mostPages, Math.ceil((needed * 1.25) / wasmPage));
      exports.memory.grow(wanted - bytes.length / wasmPage);
      bytes = new Uint8Array(exports.memory.buffer);
      words = new Uint32Array(exports.memory.buffer);
    },
  };
}
