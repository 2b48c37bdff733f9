import {randomUUID} from 'node:crypto';
import {createWriteStream, type WriteStream} from 'node:fs';
import {mkdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {Readable, Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGunzip, type Gunzip} from 'node:zlib';
import {InputError, inputError, quoted} from './errors.js';
import {type Codec, isGzip, isZstd} from './formats.js';

/** A gzip stream that grows more than this, and over `bombBytes`, is refused. Deflate ends at 1032. */
export const maxGzipRatio = 1000;
/** Plain size, in bytes, from which `maxGzipRatio` holds: small files of one repeated line are harmless. */
export const bombBytes = 2 ** 30;

export interface SpoolOptions {
  /** Name of the source in messages. */
  readonly name: string;
  /** Folder for the plain copy; made when it is not there. */
  readonly spoolDir: string;
  /** Size of the source where it is known, so that a bomb is measured against all of it. */
  readonly sourceBytes?: number;
  readonly bombBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Spooled {
  readonly file: string;
  readonly codec: Codec;
  readonly bytes: number;
}

/**
 * Copies a stream into a file of its own, in bounded memory; gzip and zstd, of any number of members, are
 * decompressed. Throws InputError when the stream is damaged, cut, or a decompression bomb, and the reason of
 * `signal`; no copy is left then.
 */
export async function spool(source: AsyncIterable<Buffer>, options: SpoolOptions): Promise<Spooled> {
  const file = join(options.spoolDir, `${randomUUID()}.jsonl`);
  const seen: Seen = {bytes: 0, lastNonZero: 0, plain: 0};
  const counted = count(interruptible(source, options.signal), seen);
  let gunzip: Gunzip | undefined;
  let zstd = false;
  let sink: WriteStream | undefined;
  try {
    await mkdir(options.spoolDir, {recursive: true});
    const head = await take(counted, 4);
    zstd = isZstd(head);
    if (isGzip(head)) gunzip = createGunzip({chunkSize: 2 ** 17});
    const chunks = after(head, counted);
    // Training data is nobody else's business: the copy is for its owner only.
    sink = createWriteStream(file, {flags: 'wx', mode: 0o600});
    if (gunzip) await pipeline(chunks, gunzip, guard(seen, options), sink);
    else if (zstd) await pipeline(unzstd(options.name, chunks), guard(seen, options), sink);
    else await pipeline(chunks, guard(seen, options), sink);
    if (gunzip) refuseRest(gunzip, seen, options.name);
  } catch (error) {
    // A file that is still being opened would be there again after it was removed.
    if (sink) await closed(sink);
    await rm(file, {force: true});
    options.signal?.throwIfAborted();
    if (error instanceof InputError) throw error;
    if (gunzip && isZlibError(error)) throw damaged(gunzip, error, options.name);
    throw inputError(`Cannot copy ${quoted(options.name)} to ${quoted(options.spoolDir)}`, error);
  }
  return {file, codec: gunzip ? 'gzip' : zstd ? 'zstd' : 'plain', bytes: seen.plain};
}

/** Waits for the end of a stream, whatever it says about how it came to it. */
function closed(sink: WriteStream): Promise<void> {
  if (sink.closed) return Promise.resolve();
  return new Promise(resolve => {
    sink.on('error', () => {});
    sink.once('close', resolve);
    sink.destroy();
  });
}

interface Seen {
  /** Bytes of the source that were read. */
  bytes: number;
  /** One past the last byte that is not zero. */
  lastNonZero: number;
  /** Bytes written. */
  plain: number;
}

/** The chunks of a source until it ends or the signal comes, also while nothing comes from the source. */
async function* interruptible(
  source: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let interrupt = (): void => {};
  const onAbort = () => interrupt();
  signal?.addEventListener('abort', onAbort);
  let done: boolean | undefined;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const next = chunks.next();
      const interrupted = new Promise<never>((_, reject) => {
        interrupt = () => reject(signal?.reason);
      });
      // What a source says after it was given up is for nobody.
      next.catch(() => {});
      const result = await Promise.race([next, interrupted]);
      done = result.done ?? false;
      if (done) return;
      yield result.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // A stream that waits for input would keep the process alive; others are told that no more is wanted.
    if (source instanceof Readable) source.destroy();
    else if (done !== true) chunks.return?.().catch(() => {});
  }
}

async function* count(source: AsyncIterable<Buffer>, seen: Seen): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    let end = chunk.length;
    while (end > 0 && chunk[end - 1] === 0) end--;
    if (end > 0) seen.lastNonZero = seen.bytes + end;
    seen.bytes += chunk.length;
    yield chunk;
  }
}

async function take(source: AsyncGenerator<Buffer>, wanted: number): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < wanted) {
    const {value, done} = await source.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return head;
}

async function* after(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}

/** Counts what is written. A Transform: behind a generator, pipeline takes gzip with padding for aborted. */
function guard(seen: Seen, options: SpoolOptions): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen.plain += chunk.length;
      const source = Math.max(seen.bytes, options.sourceBytes ?? 0);
      if (isBomb(source, seen.plain, options.bombBytes)) done(bombError(options.name));
      else done(null, chunk);
    },
  });
}

/** Whether so many bytes cannot honestly come from so few. */
export function isBomb(source: number, plain: number, least = bombBytes): boolean {
  return plain > least && plain > maxGzipRatio * source;
}

function bombError(name: string): InputError {
  return new InputError(
    `Cannot decompress ${quoted(name)}`,
    `it grows more than ${maxGzipRatio} times, as a decompression bomb does`,
    'Decompress it yourself if you trust it, and name the plain file.',
  );
}

/** zlib stops without a word at zeros after a member. Padding is fine; anything after it would be lost. */
function refuseRest(gunzip: Gunzip, seen: Seen, name: string): void {
  if (gunzip.bytesWritten >= seen.lastNonZero) return;
  throw new InputError(
    `Cannot decompress ${quoted(name)}`,
    `there is more after the end of the gzip data at byte ${gunzip.bytesWritten}`,
    'Fetch or write the file again.',
  );
}

function damaged(gunzip: Gunzip, error: Error, name: string): InputError {
  const cut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
  const byte = gunzip.bytesWritten;
  const why = cut
    ? `the gzip data is cut off after byte ${byte}`
    : `the gzip data is damaged after byte ${byte}`;
  return new InputError(`Cannot decompress ${quoted(name)}`, why, 'Fetch or write the file again.', {
    cause: error,
  });
}

function isZlibError(error: unknown): error is Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return code.startsWith('Z_') || code === 'ERR_STREAM_PUSH_AFTER_EOF';
}

/** What a piece of zstd grows to is in memory at once: at most 32,768 times as much. */
const zstdPiece = 4 << 10;

/** zstd of any number of frames; without the machine's own library, which Node has since 22.15 only. */
async function* unzstd(name: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const {Decompress} = await import('fzstd');
  let fed = 0;
  let grown: Buffer[] = [];
  const decompress = new Decompress(plain => grown.push(Buffer.from(plain)));
  const feed = (bytes: Uint8Array, final: boolean): Buffer[] => {
    grown = [];
    try {
      decompress.push(bytes, final);
    } catch (error) {
      const why = final ? 'the zstd data is cut off' : 'the zstd data is damaged';
      const advice = 'Fetch or write the file again.';
      throw new InputError(`Cannot decompress ${quoted(name)}`, `${why} near byte ${fed}`, advice, {
        cause: error,
      });
    }
    fed += bytes.length;
    return grown;
  };
  for await (const chunk of source)
    for (let at = 0; at < chunk.length; at += zstdPiece)
      yield* feed(chunk.subarray(at, at + zstdPiece), false);
  yield* feed(new Uint8Array(0), true);
}
