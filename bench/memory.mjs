#!/usr/bin/env node
/**
 * Peak memory of `collapse check` and `collapse profile`, and bytes of profile for a record.
 *   node bench/memory.mjs [--sizes 1GB,5GB]
 * The reference of the check is the profile of another corpus, of 200 MB or of the size that is measured.
 */
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {parseBytes} from './corpus.mjs';
import {
  buildProfile,
  checkCodes,
  collapse,
  corpusFile,
  countRecords,
  dataFolder,
  prepare,
} from './lib/gate.mjs';
import {measure} from './lib/process.mjs';
import {megabytes, resultTable} from './lib/table.mjs';

const referenceBytes = 200e6;
/** 1 GB may take 1.5 GB at most, and 5 GB twice as much. */
const limits = new Map([
  [1e9, 1.5e9],
  [5e9, 3e9],
]);

/** Rows `{what, measured, goal, met}`. */
export async function measureMemory({sizes}) {
  prepare();
  const rows = [];
  for (const bytes of sizes) {
    const file = await corpusFile(bytes, 1);
    const records = await countRecords(file);
    const reference = await buildProfile(await corpusFile(Math.min(bytes, referenceBytes), 2));
    const {peakBytes, seconds} = await measure(collapse('check', file, '--reference', reference.file), {
      codes: checkCodes,
      cwd: dataFolder,
    });
    const limit = limits.get(bytes);
    rows.push({
      what: `\`check\`, ${megabytes(bytes)}, ${records} records: peak memory`,
      measured: `${megabytes(peakBytes)}; ${seconds.toFixed(1)} s`,
      goal: limit === undefined ? '' : `under ${megabytes(limit)}`,
      met: limit === undefined ? undefined : peakBytes < limit,
    });
    const profile = await buildProfile(file);
    rows.push({
      what: `\`profile\`, ${megabytes(bytes)}: bytes for a record, peak memory`,
      measured: `${(profile.bytes / records).toFixed(0)} B, ${megabytes(profile.peakBytes)}; ${profile.seconds.toFixed(1)} s`,
      goal: '',
    });
  }
  return rows;
}

async function main() {
  const {values} = parseArgs({options: {sizes: {type: 'string', default: '1GB'}}});
  const rows = await measureMemory({sizes: values.sizes.split(',').map(parseBytes)});
  console.log(resultTable(rows));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
