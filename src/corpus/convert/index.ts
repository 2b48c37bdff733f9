import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {mkdir, rm} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import type {Format} from '../formats.js';
import type {Origin} from '../input.js';
import type {RecordUnits} from '../units.js';
import {createSpooler, type Spooler} from './spooler.js';

/** A decompressed file in another format than JSON Lines. */
export interface Source {
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
  readonly format: Exclude<Format, 'jsonl'>;
  /** Its first bytes. */
  readonly head: Buffer;
  readonly units?: RecordUnits | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Converted {
  /** Its records as JSON Lines. */
  readonly file: string;
  readonly bytes: number;
  readonly origin: Origin;
}

/** Spools the records of a file; gives the bytes at its start that belong to all of them. */
type Convert = (source: Source, out: Spooler) => Promise<number>;

/** Each format is loaded when one is met. */
const converters: Readonly<Record<Source['format'], () => Promise<Convert>>> = {
  csv: async () => (await import('./csv.js')).spoolCsv,
  tsv: async () => (await import('./csv.js')).spoolCsv,
  json: async () => (await import('./json.js')).spoolJson,
  markdown: async () => (await import('./markdown.js')).spoolMarkdown,
  mdx: async () => (await import('./markdown.js')).spoolMarkdown,
  parquet: async () => (await import('./parquet.js')).spoolParquet,
  text: async () => (await import('./text.js')).spoolText,
};

/**
 * Writes the records of a file as JSON Lines, in bounded memory but for 20 bytes a record that say where it
 * stood. Throws InputError when the file is damaged; no copy is left then.
 */
export async function convert(source: Source, spoolDir: string): Promise<Converted> {
  const spool = await converters[source.format]();
  await mkdir(spoolDir, {recursive: true});
  const out = await createSpooler(spoolDir, source);
  try {
    const hash = createHash('sha256');
    await pipeline(createReadStream(source.file, {highWaterMark: 1 << 20}), hash);
    const head = await spool(source, out);
    const {file, bytes: size, format} = source;
    const bytes = await out.end();
    const origin = {
      format,
      file,
      bytes: size,
      sha256: hash.digest('hex'),
      head,
      places: out.places,
      ...out.traits,
    };
    return {file: out.file, bytes, origin};
  } catch (error) {
    await rm(out.file, {force: true});
    throw error;
  } finally {
    await out.close();
  }
}
