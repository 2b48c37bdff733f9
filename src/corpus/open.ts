import {createReadStream, type Stats} from 'node:fs';
import {open, rm, stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {InputError, inputError, quoted} from './errors.js';
import {type Codec, formatOf, headBytes, isGzip, isZstd, refuseContent} from './formats.js';
import type {Input} from './input.js';
import {displayPath} from './place.js';
import type {RecordUnits} from './units.js';

export interface OpenOptions {
  /** Folder for plain copies of standard input, pipes and compressed files. The caller removes it. */
  readonly spoolDir: string;
  /** How standard input is named in messages and reports. Default `<stdin>`. */
  readonly stdinName?: string;
  /** Folder that displayed paths are relative to. Default: the working folder. */
  readonly cwd?: string;
  /** What one record is, in formats that do not say. */
  readonly units?: RecordUnits | undefined;
  /** What `-` reads. Default: standard input. */
  readonly stdin?: AsyncIterable<Buffer>;
  /** Stops copying, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes an input seekable. Plain files of JSON Lines are used as they are; gzip and zstd, known by their
 * first bytes and not by their name, standard input (`-`) and pipes are written to a plain file in `spoolDir`, and so are the
 * records of other formats. Throws InputError when it
 * cannot be read, is damaged, or is in another format.
 */
export async function openInput(path: string, options: OpenOptions): Promise<Input> {
  if (path === '-') {
    return spooled(options.stdin ?? process.stdin, options.stdinName ?? '<stdin>', options);
  }
  const shown = displayPath(path, options.cwd ?? process.cwd());
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw isFolder(shown);
    // A pipe can be read once only: not even its first bytes may be looked at beforehand.
    if (!stats.isFile()) return await spooled(createReadStream(path), shown, options);
    return await openFile(path, shown, stats, options);
  } catch (error) {
    throw inputError(`Cannot read ${quoted(shown)}`, error);
  }
}

async function openFile(path: string, shown: string, stats: Stats, options: OpenOptions): Promise<Input> {
  const head = await headOf(path);
  if (isGzip(head) || isZstd(head)) return spooled(createReadStream(path), shown, options, stats.size);
  return asLines({path: shown, file: resolve(path), codec: 'plain', bytes: stats.size}, head, options);
}

/** JSON Lines as they are, and everything else as a copy in JSON Lines. */
async function asLines(plain: Plain, head: Buffer, {spoolDir, signal, units}: OpenOptions): Promise<Input> {
  const format = formatOf(plain.path, head);
  refuseContent(plain.path, head, format);
  if (format === 'jsonl') return plain;
  const {convert} = await import('./convert/index.js');
  return {...plain, ...(await convert({...plain, format, head, signal, units}, spoolDir))};
}

interface Plain {
  readonly path: string;
  readonly file: string;
  readonly codec: Codec;
  readonly bytes: number;
}

async function spooled(
  source: AsyncIterable<Buffer>,
  name: string,
  options: OpenOptions,
  sourceBytes = 0,
): Promise<Input> {
  // zlib and streams are only loaded where something must be copied.
  const {spool} = await import('./spool.js');
  const {spoolDir, signal} = options;
  const copy = await spool(source, {name, spoolDir, sourceBytes, signal});
  try {
    return await asLines({path: name, ...copy}, await headOf(copy.file), options);
  } catch (error) {
    await rm(copy.file, {force: true});
    throw error;
  }
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(headBytes);
    const {bytesRead} = await handle.read(head, 0, headBytes, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function isFolder(shown: string): InputError {
  return new InputError(`Cannot read ${quoted(shown)}`, 'it is a folder', 'Name the files in it.');
}
