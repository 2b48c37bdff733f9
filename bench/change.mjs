#!/usr/bin/env node
/**
 * How long `collapse check --staged` takes for a commit of 100 records to a repository with a data set, against
 * `git diff --staged --stat` on the same:
 *   node bench/change.mjs [--bytes 1GB] [--shard 50MB] [--runs 5]
 * Cold: nothing is known of the data set. Warm: the last commit was checked. Next: so was this one, and another
 * 100 records are added to the same file after it.
 */
import {execFileSync} from 'node:child_process';
import {appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {corpusChunks, parseBytes, writeCorpus} from './corpus.mjs';
import {checkCodes, collapse, prepare} from './lib/gate.mjs';
import {measure} from './lib/process.mjs';
import {megabytes, resultTable} from './lib/table.mjs';

const recordsAdded = 100;

/** Rows `{what, measured, goal}`. */
export async function measureChange({bytes, shard, runs}) {
  prepare();
  const root = mkdtempSync(path.join(os.tmpdir(), 'collapse-bench-'));
  const repo = path.join(root, 'repo');
  process.env.COLLAPSE_CACHE_DIR = path.join(root, 'cache');
  const git = (...args) => execFileSync('git', args, {cwd: repo, stdio: 'pipe', maxBuffer: 1e9});
  const check = options =>
    measure(collapse('check', '--staged', '--no-config'), {codes: checkCodes, cwd: repo, ...options});
  const diff = () => measure(['git', 'diff', '--staged', '--stat'], {cwd: repo, memory: false});
  try {
    mkdirSync(path.join(repo, 'data'), {recursive: true});
    git('init', '--quiet');
    git('config', 'user.email', 'bench@example.com');
    git('config', 'user.name', 'bench');
    let files = 0;
    for (let written = 0; written < bytes; written += shard, files++) {
      await writeCorpus(path.join(repo, fileName(files)), {
        bytes: Math.min(shard, bytes - written),
        seed: files + 1,
      });
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Data');
    const last = path.join(repo, fileName(files - 1));
    append(last, 1001);
    git('add', '--all');
    const cold = await check({memory: true});
    const [warm, plain] = [[], []];
    for (let run = 0; run < runs; run++) {
      plain.push((await diff()).seconds);
      warm.push((await check({memory: false})).seconds);
    }
    const {peakBytes} = await check({memory: true});
    git('commit', '--quiet', '--message', 'More');
    append(last, 1002);
    git('add', '--all');
    const next = await check({memory: false});
    const ratio = median(warm) / median(plain);
    const size = `${megabytes(bytes)} in ${files} files`;
    return [
      {
        what: `\`git diff --staged --stat\`, ${size}, ${recordsAdded} records added to one`,
        measured: seconds(median(plain)),
        goal: '',
      },
      {
        what: 'Cold: nothing is known of the data set',
        measured: `${seconds(cold.seconds)}; peak ${megabytes(cold.peakBytes)}`,
        goal: '',
      },
      {
        what: 'Warm: the last commit was checked',
        measured: `${seconds(median(warm))}, ${ratio.toFixed(1)} times \`git diff\`; peak ${megabytes(peakBytes)}`,
        goal: 'seconds',
      },
      {
        what: 'Next: so was this one, and the same file grows again',
        measured: seconds(next.seconds),
        goal: 'seconds',
      },
    ];
  } finally {
    rmSync(root, {recursive: true, force: true});
  }

  function fileName(index) {
    return path.join('data', `part-${String(index).padStart(4, '0')}.jsonl`);
  }

  function append(file, seed) {
    const [chunk] = corpusChunks({bytes: 400e3, seed});
    const lines = Buffer.from(chunk).toString('utf8').split('\n').slice(0, recordsAdded);
    if (existsSync(file)) appendFileSync(file, `${lines.join('\n')}\n`);
  }
}

const seconds = value => `${value.toFixed(2)} s`;

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

async function main() {
  const {values} = parseArgs({
    options: {
      bytes: {type: 'string', default: '1GB'},
      shard: {type: 'string', default: '50MB'},
      runs: {type: 'string', default: '5'},
    },
  });
  const rows = await measureChange({
    bytes: parseBytes(values.bytes),
    shard: parseBytes(values.shard),
    runs: Number(values.runs),
  });
  console.log(resultTable(rows));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
