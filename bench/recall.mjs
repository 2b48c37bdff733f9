#!/usr/bin/env node
/**
 * Runs `collapse check` on the ladder of edits and holds what it reports against the exact similarities.
 *   node bench/recall.mjs [--repeats 50] [--seed 1]
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {buildLadder, ladderRows, lengths, rungs} from './ladder.mjs';
import {checkCodes, collapse, dataFolder, prepare} from './lib/gate.mjs';
import {measure} from './lib/process.mjs';
import {markdownTable, resultTable} from './lib/table.mjs';
import {coverage, jaccard} from './lib/truth.mjs';

const threshold = 0.8;
/** Pairs this far above the threshold must be found, nearly all. */
const margin = 0.05;
const leastRecall = 0.99;
const share = 0.9;
const leastWords = 20;
/** Similarities are compared as doubles, and reports may round them. */
const rounding = 1e-4;

const config = `extends: collapse:recommended
rules:
  duplicate/near: [error, {threshold: ${threshold}}]
  duplicate/contained: [error, {share: ${share}, words: ${leastWords}}]
`;

/** `{rows, table, failed}`: summary rows, recall by rung and length, and whether a promise was broken. */
export async function measureRecall({repeats, seed = 1}) {
  prepare();
  const pairs = buildLadder({repeats, seed});
  const folder = path.join(dataFolder, 'ladder');
  mkdirSync(folder, {recursive: true});
  writeFileSync(path.join(folder, '.collapserc'), config);
  writeFileSync(path.join(folder, 'ladder.jsonl'), ladderRows(pairs));
  const {stdout} = await measure(
    collapse('check', 'ladder.jsonl', '--format', 'json', '--max-findings', '1000000'),
    {codes: checkCodes, memory: false, stdout: 'keep', cwd: folder},
  );
  return judge(pairs, JSON.parse(stdout).findings);
}

/** Exported for tests of the counting itself. */
export function judge(pairs, findings) {
  const texts = new Map(pairs.flatMap(({a, b}) => [a, b].map(({id, text}) => [id, text])));
  const found = new Set();
  let reported = 0;
  let wrong = 0;
  let largestError = 0;
  for (const {rule, record, related = []} of findings) {
    if (!rule.startsWith('duplicate/')) continue;
    for (const neighbour of related) {
      reported += 1;
      const contained = rule === 'duplicate/contained';
      const [here, there] = [texts.get(record.id), texts.get(neighbour.record.id)];
      const truth = contained ? coverage(here, there) : jaccard(here, there);
      if (truth < (contained ? share : threshold) - rounding) wrong += 1;
      if (neighbour.verified) largestError = Math.max(largestError, Math.abs(truth - neighbour.similarity));
      if (record.id.slice(1) === neighbour.record.id.slice(1)) found.add(record.id.slice(1));
    }
  }
  const isFound = pair => found.has(pair.a.id.slice(1));
  const near = pairs.filter(pair => !pair.contained && pair.jaccard >= threshold);
  const safe = near.filter(pair => pair.jaccard >= threshold + margin);
  const close = near.filter(pair => pair.jaccard < threshold + margin);
  const inside = pairs.filter(pair => pair.contained && pair.coverage >= share && pair.length >= leastWords);
  const recall = list => list.filter(isFound).length / list.length;
  const rows = [
    row(
      `Recall of pairs with similarity of at least ${(threshold + margin).toFixed(2)}`,
      recall(safe),
      safe.length,
    ),
    row(
      `Recall of pairs with similarity from ${threshold} to ${(threshold + margin).toFixed(2)}`,
      recall(close),
      close.length,
      0,
    ),
    row('Recall of records embedded in longer ones', recall(inside), inside.length),
    {
      what: 'Reported pairs under the threshold',
      measured: `${wrong} of ${reported}`,
      goal: '0',
      met: wrong === 0,
    },
    {
      what: 'Largest difference between a verified similarity and the exact one',
      measured: largestError.toExponential(1),
      goal: `under ${rounding}`,
      met: largestError <= rounding,
    },
  ];
  return {rows, table: recallTable(pairs, isFound), failed: rows.some(({met}) => met === false)};
}

function row(what, value, count, least = leastRecall) {
  const goal = least > 0 ? {goal: `at least ${least}`, met: value >= least} : {goal: ''};
  return {what, measured: `${value.toFixed(4)} of ${count}`, ...goal};
}

/** Each cell: share of the pairs found, and their mean exact similarity. */
function recallTable(pairs, isFound) {
  const cell = (name, length) => {
    const list = pairs.filter(pair => pair.rung === name && pair.length === length);
    const mean =
      list.reduce((sum, pair) => sum + (pair.contained ? pair.coverage : pair.jaccard), 0) / list.length;
    return `${(list.filter(isFound).length / list.length).toFixed(3)} (${mean.toFixed(2)})`;
  };
  return markdownTable(
    ['found (similarity)', ...lengths.map(length => `${length} words`)],
    rungs.map(({name}) => [name, ...lengths.map(length => cell(name, length))]),
  );
}

async function main() {
  const {values} = parseArgs({
    options: {repeats: {type: 'string', default: '50'}, seed: {type: 'string', default: '1'}},
  });
  const {rows, table, failed} = await measureRecall({
    repeats: Number(values.repeats),
    seed: Number(values.seed),
  });
  console.log(`${table}\n`);
  console.log(resultTable(rows));
  if (failed) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
