import zlib from 'node:zlib';
import {decompress as unzstd} from 'fzstd';
import {compressors as libraries} from 'hyparquet-compressors';

/** Bytes of values that are in memory at once: a row group, as its pages are when they are decompressed. */
export const maxRowGroupBytes = 2 ** 30;

type Decompress = (input: Uint8Array, length: number) => Uint8Array;

/** Node can read zstd since 22.15; the types are those of the oldest Node that is supported. */
const zstdSync = (zlib as {zstdDecompressSync?: (input: Uint8Array, limits: object) => Uint8Array})
  .zstdDecompressSync;

/** Those of zlib are faster, and none may write more than the page says: a page can be a bomb too. */
const bounded: Readonly<Record<string, Decompress>> = {
  ...(libraries as Record<string, Decompress>),
  GZIP: (input, length) => zlib.gunzipSync(input, {maxOutputLength: length}),
  BROTLI: (input, length) => zlib.brotliDecompressSync(input, {maxOutputLength: length}),
  ZSTD: (input, length) =>
    zstdSync?.(input, {maxOutputLength: length}) ?? unzstd(input, new Uint8Array(length)),
};

/** Decompressors of pages, each of which holds a page to the size that it says it has. */
export function pageDecompressors(onPage?: () => void): Record<string, Decompress> {
  const all = Object.entries(bounded).map(([codec, decompress]) => {
    const checked: Decompress = (input, length) => {
      onPage?.();
      if (length > maxRowGroupBytes) throw new Error(`a page says that it has ${length} bytes`);
      // hyparquet-compressors does not know the LZ4 block that holds nothing.
      if (length === 0) return new Uint8Array(0);
      const plain = decompress(input, length);
      if (plain.length !== length) throw new Error(`a page has ${plain.length} bytes instead of ${length}`);
      return plain;
    };
    return [codec, checked] as const;
  });
  return Object.fromEntries(all);
}
