#!/usr/bin/env node
/**
 * Wall time of `collapse check` with the default rules and a reference, over the baseline's, in pairs; and
 * how long it takes to start.
 *   node bench/speed.mjs [--bytes 200MB] [--runs 5]
 *   node bench/speed.mjs --starts 15          only how long it takes to start, in as many pairs
 */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {parseBytes} from './corpus.mjs';
import {
  baseline,
  buildProfile,
  checkCodes,
  collapse,
  dataFolder,
  node,
  prepare,
  roundAndReference,
} from './lib/gate.mjs';
import {formatSummary, megabytes, resultTable, summary} from './lib/table.mjs';
import {medianSeconds, peakOf, runPairs} from './pairs.mjs';

/** Most that the wall time may be of the baseline's, by number of workers. */
const limits = new Map([
  [1, 3],
  [2, 1.7],
]);

/** Rows `{what, measured, goal, met}`. */
export async function measureSpeed({bytes, runs}) {
  prepare();
  const {round, reference} = await roundAndReference(bytes);
  const profile = await buildProfile(reference);
  const rows = [];
  for (const [workers, limit] of limits) {
    const check = collapse('check', round, '--reference', profile.file, '--concurrency', String(workers));
    const {first, second, ratios} = await runPairs(baseline(round), check, {
      runs,
      codes: checkCodes,
      cwd: dataFolder,
    });
    const rate = seconds => `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`;
    rows.push({
      what: `\`check\`, ${workers} worker${workers > 1 ? 's' : ''}, ${megabytes(bytes)}: wall time over the baseline's`,
      measured: `${formatSummary(ratios)}; ${rate(medianSeconds(second))} against ${rate(medianSeconds(first))}; peak ${megabytes(peakOf(second))}`,
      goal: `at most ${limit}`,
      met: summary(ratios).median <= limit,
    });
  }
  return rows;
}

const coldStarts = [
  {what: '`collapse --version`', limit: 2, args: () => ['--version']},
  {what: '`collapse check` on ten records', limit: 4, args: file => ['check', file]},
];

/** Rows `{what, measured, goal, met}`: time over that of `node -e 0`. */
export async function measureColdStart({runs}) {
  prepare();
  const file = path.join(dataFolder, 'ten.jsonl');
  const rows = Array.from(
    {length: 10},
    (_, at) => `${JSON.stringify({id: at, text: `record ${at} of ten`})}\n`,
  );
  writeFileSync(file, rows.join(''));
  const results = [];
  for (const {what, limit, args} of coldStarts) {
    const {first, second, ratios} = await runPairs([node, '-e', '0'], collapse(...args(file)), {
      runs,
      memory: false,
      codes: checkCodes,
      cwd: dataFolder,
    });
    const milliseconds = list => `${(medianSeconds(list) * 1000).toFixed(0)} ms`;
    results.push({
      what: `${what}: time over that of \`node -e 0\``,
      measured: `${formatSummary(ratios)}; ${milliseconds(second)} against ${milliseconds(first)}`,
      goal: `under ${limit}`,
      met: summary(ratios).median < limit,
    });
  }
  return results;
}

async function main() {
  const {values} = parseArgs({
    options: {
      bytes: {type: 'string', default: '200MB'},
      runs: {type: 'string', default: '5'},
      starts: {type: 'string'},
    },
  });
  if (values.starts !== undefined) {
    console.log(resultTable(await measureColdStart({runs: Number(values.starts)})));
    return;
  }
  const runs = Number(values.runs);
  const rows = [
    ...(await measureSpeed({bytes: parseBytes(values.bytes), runs})),
    ...(await measureColdStart({runs: 2 * runs})),
  ];
  console.log(resultTable(rows));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
