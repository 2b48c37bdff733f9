#!/usr/bin/env node
/**
 * All measurements, as one Markdown table, and the recall by rung and length under it.
 *   node bench/run.mjs            speed on 200 MB, recall on 50 pairs for each rung and length
 *   node bench/run.mjs --full     also peak memory on 1 GB and 5 GB (needs 15 GB of disk)
 *   node bench/run.mjs --smoke    everything on 5 MB, in half a minute: does it run, is the recall right
 * Ends with 1 when the recall or the similarities are wrong. Times depend on the machine: read the table.
 */
import os from 'node:os';
import {parseArgs} from 'node:util';
import {resultTable} from './lib/table.mjs';
import {measureMemory} from './memory.mjs';
import {measureRecall} from './recall.mjs';
import {measureSketches} from './sketch.mjs';
import {measureColdStart, measureSpeed} from './speed.mjs';

const {values} = parseArgs({
  options: {smoke: {type: 'boolean', default: false}, full: {type: 'boolean', default: false}},
});
const plan = values.smoke
  ? {bytes: 5e6, runs: 2, starts: 3, repeats: 10, documents: 60, sizes: [5e6]}
  : {
      bytes: 200e6,
      runs: 5,
      starts: 11,
      repeats: 50,
      documents: 400,
      sizes: values.full ? [1e9, 5e9] : [],
    };

const steps = [
  ['speed', () => measureSpeed(plan)],
  ['cold start', () => measureColdStart({runs: plan.starts})],
  ['recall', () => measureRecall(plan)],
  ['sketches', () => measureSketches(plan)],
  ['memory', () => measureMemory(plan)],
];

const rows = [];
let recall;
for (const [name, step] of steps) {
  process.stderr.write(`${name} ...\n`);
  const result = await step();
  if (!Array.isArray(result)) recall = result;
  rows.push(...(Array.isArray(result) ? result : result.rows));
}

console.log(
  `Node ${process.version}, ${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), ${os.platform()}\n`,
);
console.log(resultTable(rows));
console.log(`\n${recall.table}`);
if (recall.failed) process.exitCode = 1;
