import {createHash} from 'node:crypto';
import {createWriteStream} from 'node:fs';
import {mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import zlib from 'node:zlib';
import type {Codec} from '../corpus/formats.js';

/** Node can write zstd since 22.15; the types are those of the oldest Node that is supported. */
const createZstdCompress = (zlib as {createZstdCompress?: () => Transform}).createZstdCompress;
export const canWriteZstd = createZstdCompress !== undefined;

const zstdCompressSync = (zlib as {zstdCompressSync?: (bytes: Uint8Array) => Uint8Array}).zstdCompressSync;

/** Encoders of pages of Parquet; that of Snappy is hyparquet-writer's own. */
export const pageCompressors = {
  GZIP: (bytes: Uint8Array) => zlib.gzipSync(bytes),
  BROTLI: (bytes: Uint8Array) => zlib.brotliCompressSync(bytes),
  ...(zstdCompressSync && {ZSTD: zstdCompressSync}),
};
export const writableCodecs: ReadonlySet<string> = new Set([
  'UNCOMPRESSED',
  'SNAPPY',
  ...Object.keys(pageCompressors),
]);

function compressors(codec: Codec): Transform[] {
  if (codec === 'gzip') return [zlib.createGzip()];
  return codec === 'zstd' ? [createZstdCompress!()] : [];
}

/** A file of a run, as its manifest lists it: bytes and digest of the file as it is stored. */
export interface WrittenFile {
  /** Relative to the run folder, `/` between folders. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly records?: number;
}

/** A file being written: waits when the disk is slow, hashes what it writes, is on disk when `end` resolves. */
export interface Sink {
  write(bytes: Uint8Array | string): Promise<void>;
  end(): Promise<WrittenFile>;
  /** Gives up; what was written stays for its folder to be removed. */
  abort(): void;
}

export async function createSink(folder: string, path: string, codec: Codec = 'plain'): Promise<Sink> {
  const file = join(folder, path);
  await mkdir(dirname(file), {recursive: true});
  const hash = createHash('sha256');
  let bytes = 0;
  const input = new Transform({transform: (chunk, _, done) => done(null, chunk)});
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // Never over another: where case does not count, two names may be one file.
  const output = createWriteStream(file, {flags: 'wx', flush: true});
  const stages = [input, ...compressors(codec), measure, output];
  const finished = pipeline(stages as [Transform, Transform]);
  let failure: Error | undefined;
  finished.catch((error: Error) => {
    failure = error;
  });
  return {
    async write(chunk) {
      if (failure !== undefined) throw failure;
      if (!input.write(chunk)) {
        await Promise.race([new Promise<void>(resolve => input.once('drain', resolve)), finished]);
      }
    },
    async end() {
      input.end();
      await finished;
      return {path, bytes, sha256: hash.digest('hex')};
    },
    abort() {
      input.destroy();
    },
  };
}
