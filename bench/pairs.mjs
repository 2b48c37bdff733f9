#!/usr/bin/env node
/**
 * Runs two commands in turn and compares them pair by pair: what else the machine does falls on both.
 *   node bench/pairs.mjs [--runs 5] "node bench/baseline.mjs FILE" "node other.mjs FILE"
 * A command is split at spaces; exit codes 0 and 1 count as a run.
 */
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {measure} from './lib/process.mjs';
import {formatSummary, markdownTable, megabytes, summary} from './lib/table.mjs';

/**
 * `{first, second, ratios}`: the runs of each command, and seconds of the second over seconds of the first
 * for each pair. Each is run once before, so that the file is in the cache and nothing is compiled for the
 * first time; then the order changes from pair to pair.
 */
export async function runPairs(first, second, {runs = 5, warm = true, ...options} = {}) {
  if (warm) {
    await measure(first, options);
    await measure(second, options);
  }
  const results = {first: [], second: [], ratios: []};
  for (let run = 0; run < runs; run += 1) {
    const order = run % 2 === 0 ? ['first', 'second'] : ['second', 'first'];
    for (const name of order) results[name].push(await measure(name === 'first' ? first : second, options));
    results.ratios.push(results.second[run].seconds / results.first[run].seconds);
  }
  return results;
}

/** Largest peak of some runs, in bytes. */
export const peakOf = runs => Math.max(...runs.map(run => run.peakBytes));
export const medianSeconds = runs => summary(runs.map(run => run.seconds)).median;

async function main() {
  const {values, positionals} = parseArgs({
    options: {runs: {type: 'string', default: '5'}},
    allowPositionals: true,
  });
  if (positionals.length !== 2) throw new Error('Two commands are needed, each in quotes.');
  const [first, second] = positionals.map(command => command.trim().split(/\s+/));
  const result = await runPairs(first, second, {runs: Number(values.runs), codes: [0, 1]});
  const rows = [result.first, result.second].map((runs, at) => [
    positionals[at],
    `${formatSummary(runs.map(run => run.seconds))} s`,
    megabytes(peakOf(runs)),
  ]);
  console.log(markdownTable(['command', 'wall time', 'peak memory'], rows));
  console.log(`\nRatio of the second to the first, pair by pair: ${formatSummary(result.ratios)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
