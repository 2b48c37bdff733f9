import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {writeCorpus} from '../corpus.mjs';
import {measure} from './process.mjs';

/** The built command line, and how the measurements call it. */

const bench = fileURLToPath(new URL('..', import.meta.url));
const program = path.join(bench, '..', 'dist', 'src', 'cli', 'main.js');
export const dataFolder = path.join(bench, 'data');

export const node = process.execPath;
export const baseline = file => [node, path.join(bench, 'baseline.mjs'), file];
export const collapse = (...args) => [node, program, ...args];
/** `check` ends with 1 when it has found something, and it does. */
export const checkCodes = [0, 1];

/** Makes the data folder, with a config of its own: the default rules, whatever lies further up. */
export function prepare() {
  if (!existsSync(program))
    throw new Error(
      'There is nothing to measure: "dist/src/cli/main.js" is missing. Run `npm run build` first.',
    );
  mkdirSync(dataFolder, {recursive: true});
  writeFileSync(path.join(dataFolder, '.collapserc'), 'extends: collapse:recommended\n');
}

/** Files of the generator: a corpus made by other ones is made again. */
function generatorHash() {
  const hash = createHash('sha256').update(readFileSync(path.join(bench, 'corpus.mjs')));
  const parts = ['edits', 'marks', 'prose', 'random', 'rows', 'slots', 'vocabulary', 'words'];
  for (const part of parts) hash.update(readFileSync(path.join(bench, 'lib', `${part}.mjs`)));
  return hash.digest('hex').slice(0, 8);
}

/** Corpus of this size, made when it is not there. */
export async function corpusFile(bytes, seed, against) {
  const suffix = against === undefined ? '' : `-against-${against.seed}-${against.records}`;
  const name = `corpus-${bytes / 1e6}MB-seed-${seed}${suffix}-${generatorHash()}.jsonl`;
  const file = path.join(dataFolder, name);
  if (!existsSync(file)) {
    dropOld(name);
    await writeCorpus(file, {bytes, seed, ...(against === undefined ? {} : {against})});
  }
  return file;
}

function dropOld(name) {
  const stem = name.replace(/[0-9a-f]{8}\.jsonl$/, '');
  for (const old of readdirSync(dataFolder)) {
    if (old.startsWith(stem) && /^[0-9a-f]{8}\.jsonl/.test(old.slice(stem.length)))
      rmSync(path.join(dataFolder, old));
  }
}

/** A round and a trusted corpus of the same size, some of whose records the round repeats. */
export async function roundAndReference(bytes) {
  const records = Math.max(1, Math.floor(bytes / 1500));
  return {
    round: await corpusFile(bytes, 1, {seed: 2, records}),
    reference: await corpusFile(bytes, 2),
  };
}

/** Builds the profile anew: `{file, bytes, seconds, peakBytes}`. */
export async function buildProfile(corpus) {
  const file = corpus.replace(/\.jsonl$/, '.profile');
  rmSync(file, {recursive: true, force: true});
  const {seconds, peakBytes} = await measure(collapse('profile', corpus, '--out', file), {
    codes: checkCodes,
    cwd: dataFolder,
  });
  return {file, bytes: statSync(file).size, seconds, peakBytes};
}

/** Number of records of a corpus, counted by the baseline. */
export async function countRecords(file) {
  const {stdout} = await measure(baseline(file), {memory: false, stdout: 'keep'});
  return Number.parseInt(stdout, 10);
}
