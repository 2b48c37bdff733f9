import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {pageCompressors} from '../../src/run/sink.js';

/** A file of a repository as it is committed, and the file that Git LFS has in its place. */
export interface Made {
  readonly path: string;
  readonly content: Uint8Array;
  readonly lfs?: {readonly oid: string; readonly content: Uint8Array};
}

/**
 * What a file of a fixture becomes. Fixtures are text, so that a person can read and change them; an ending
 * `.to-…` says what is made of it: `a.jsonl.to-gzip` is committed as `a.jsonl.gz`.
 */
export function make(path: string, content: Uint8Array): Made {
  const found = /^(.*)\.to-([\w-]+)$/.exec(path);
  if (found === null) return {path, content};
  const [, name, how] = found as unknown as [string, string, string];
  const maker = makers[how];
  if (maker === undefined)
    throw new Error(`${path}: there is no maker \`${how}\`; there are ${Object.keys(makers).join(', ')}`);
  return maker(name, content);
}

const makers: Readonly<Record<string, (name: string, content: Uint8Array) => Made>> = {
  gzip: (name, content) => ({path: `${name}.gz`, content: gzipSync(content, {level: 6})}),
  'gzip-fast': (name, content) => ({path: `${name}.gz`, content: gzipSync(content, {level: 1})}),
  'cut-gzip': (name, content) => ({path: `${name}.gz`, content: gzipSync(content).subarray(0, 40)}),
  parquet: (name, content) => ({path: parquetName(name), content: parquet(content, 'SNAPPY', 100)}),
  'parquet-gzip': (name, content) => ({path: parquetName(name), content: parquet(content, 'GZIP', 2)}),
  crlf: (name, content) => ({path: name, content: Buffer.from(text(content).replaceAll('\n', '\r\n'))}),
  lfs(name, content) {
    const oid = createHash('sha256').update(content).digest('hex');
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;
    return {path: name, content: Buffer.from(pointer), lfs: {oid, content}};
  },
};

const text = (content: Uint8Array) => Buffer.from(content).toString('utf8');
const parquetName = (name: string) => name.replace(/\.jsonl$/, '.parquet');

/** Rows of JSON Lines as Parquet: a column for each key of the first one. */
function parquet(content: Uint8Array, codec: 'SNAPPY' | 'GZIP', rowGroupSize: number): Uint8Array {
  const rows = text(content)
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);
  const names = Object.keys(rows[0] ?? {});
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: names.map(name => ({name, data: rows.map(row => row[name] ?? null)})),
      codec,
      compressors: pageCompressors,
      rowGroupSize,
    }),
  );
}

/** Puts a file, and what Git LFS has for it, where git and Git LFS look. */
export function place(root: string, {path, content, lfs}: Made, lfsFolder: string): void {
  write(join(root, path), content);
  if (lfs === undefined) return;
  const {oid} = lfs;
  write(join(lfsFolder, 'objects', oid.slice(0, 2), oid.slice(2, 4), oid), lfs.content);
}

function write(file: string, content: Uint8Array): void {
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, content);
}
