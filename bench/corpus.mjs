#!/usr/bin/env node
/**
 * Writes a corpus of invented words that has the sizes, word frequencies, escapes and repeats of real ones:
 *   node bench/corpus.mjs --bytes 1GB --seed 1 --out bench/data/1gb.jsonl
 * `--duplicates`, `--near`, `--contained`: shares of the records, in [0, 1]. `--against SEED:RECORDS`: every
 * second repeat is of a record of the corpus with that seed. The same options give the same bytes.
 */
import {closeSync, mkdirSync, openSync, renameSync, writeSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {corpusBlocks} from './lib/blocks.mjs';
import {createRows, roomForRow} from './lib/rows.mjs';
import {createTarget} from './lib/slots.mjs';

const chunkBytes = 4 << 20;
const parallelFrom = 50e6;
const units = {'': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9};

/** `1GB`, `5 MB`, `200000`; units are decimal. */
export function parseBytes(text) {
  const match = /^(\d+(?:\.\d+)?)\s*([KMG]?B?)$/i.exec(text.trim());
  const unit = units[match?.[2].toUpperCase()];
  if (!match || unit === undefined)
    throw new Error(`The "bytes" option is invalid: "${text}". Write a number with B, KB, MB or GB: 5MB.`);
  return Math.round(Number(match[1]) * unit);
}

/** Chunks of whole lines, `bytes` in all or a record more. A chunk is overwritten by the next one. */
export function* corpusChunks({bytes, ...options}) {
  const rows = createRows(options);
  const target = createTarget(chunkBytes + roomForRow);
  let written = 0;
  let at = 0;
  for (let index = 0; written + at < bytes; index += 1) {
    at = rows.write(index, target, at);
    if (at < chunkBytes) continue;
    yield target.bytes.subarray(0, at);
    written += at;
    at = 0;
  }
  if (at > 0) yield target.bytes.subarray(0, at);
}

/** Writes the file under another name first: a corpus that is there is complete. */
export async function writeCorpus(file, options) {
  mkdirSync(path.dirname(file), {recursive: true});
  const partial = `${file}.partial`;
  const handle = openSync(partial, 'w');
  // Starting threads pays only for more than a few blocks.
  const chunks = options.bytes > parallelFrom ? corpusBlocks(options) : corpusChunks(options);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) at += writeSync(handle, chunk, at);
  }
  closeSync(handle);
  renameSync(partial, file);
}

async function main() {
  const {values} = parseArgs({
    options: {
      bytes: {type: 'string', default: '5MB'},
      seed: {type: 'string', default: '1'},
      out: {type: 'string'},
      duplicates: {type: 'string', default: '0.01'},
      near: {type: 'string', default: '0.01'},
      contained: {type: 'string', default: '0.005'},
      against: {type: 'string'},
    },
  });
  const shares = Object.fromEntries(
    ['duplicates', 'near', 'contained'].map(name => [name, parseShare(name, values[name])]),
  );
  const [seed, records] = (values.against ?? '').split(':').map(Number);
  if (values.against !== undefined && !(records > 0))
    throw new Error(`The "against" option is invalid: "${values.against}". Write SEED:RECORDS: 2:100000.`);
  const options = {
    bytes: parseBytes(values.bytes),
    seed: Number(values.seed),
    ...shares,
    ...(values.against === undefined ? {} : {against: {seed, records}}),
  };
  if (values.out === undefined) throw new Error('The "out" option is missing: name the file to write.');
  const start = performance.now();
  await writeCorpus(values.out, options);
  const seconds = (performance.now() - start) / 1000;
  process.stderr.write(
    `${values.out}: ${seconds.toFixed(1)} s, ${(options.bytes / 1e6 / seconds).toFixed(0)} MB/s\n`,
  );
}

function parseShare(name, text) {
  const share = Number(text);
  if (text !== '' && share >= 0 && share <= 1) return share;
  throw new Error(`The "${name}" option is invalid: "${text}". Write a share between 0 and 1.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
