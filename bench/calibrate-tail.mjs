#!/usr/bin/env node
/**
 * How often the gate `tail` fails a round of the reference's own kind, and which loss it sees. Rounds and
 * references are cut out of one corpus at random; rules and gate are those of the command.
 *   npm run calibrate:tail -- [--splits 1000] [--power 100] [--large] [--seed 1] FILE.jsonl[.gz] ...
 * `--one-in 4` judges a fourth of each round, as the program samples large ones: rounds are half of the corpus.
 * `--splits 0` leaves out the first part, `--power 0` the second; `--large` adds larger rounds of simulated text.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {splitJudge} from './lib/tail-counts.mjs';
import {losses, rareWords, simulated} from './lib/tail-losses.mjs';
import {allRules, judge, randomFrom, readCorpus, splitAt, summariesOf} from './lib/tail-splits.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    splits: {type: 'string', default: '1000'},
    power: {type: 'string', default: '100'},
    sizes: {type: 'string', default: '250,1000,3000'},
    large: {type: 'boolean', default: false},
    seed: {type: 'string', default: '1'},
    'one-in': {type: 'string', default: '1'},
  },
});
const splits = Number(values.splits);
const repeats = Number(values.power);
const sizes = values.sizes.split(',').map(Number);
const seed = Number(values.seed);
const oneIn = Number(values['one-in']);
/** Splits of each kind that are judged by the rules themselves as well. */
const checked = 3;
const grid = [0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75, 1];
const nameOf = file => path.basename(file).replace(/\.jsonl(\.gz)?$/, '');
const percent = share => `${(100 * share).toFixed(1)} %`;

if (splits > 0) {
  console.log(`Rounds of the reference's own kind, ${splits} random splits each, seed ${seed}:\n`);
  console.log(
    '| corpus | records | round | gate `tail` fails | `tail.p` < 5 % | `surprise.p` < 5 % | topic halved |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const file of positionals) {
    const records = readCorpus(file);
    const judgeSplit = splitJudge(records);
    const small = sizes.filter(size => size < records.length / 2).slice(0, oneIn === 1 ? 1 : 0);
    for (const size of [records.length >> 1, ...small]) {
      const read = oneIn === 1 ? size : `1 in ${oneIn} of ${size}`;
      const row = [nameOf(file), records.length, read, ...falseAlarms(records, size, judgeSplit)];
      console.log(`| ${row.join(' | ')} |`);
    }
  }
}

function falseAlarms(records, size, judgeSplit) {
  const random = randomFrom(seed);
  const counts = {fail: 0, types: 0, surprise: 0, topics: 0};
  for (let split = 0; split < splits; split++) {
    const {round, reference} = splitAt(records, size, random);
    const part = oneIn === 1 ? round : round.filter(() => random() < 1 / oneIn);
    const judged = judgeSplit(part, reference);
    if (split < checked)
      assertSame(judged, judge(summariesOf(part, allRules), summariesOf(reference, allRules), allRules));
    const {status, measures} = judged;
    if (status === 'fail') counts.fail++;
    if (measures['tail.p']?.value < 0.05) counts.types++;
    if (measures['surprise.p']?.value < 0.05) counts.surprise++;
    if (measures['tail.topics-halved']?.value > 0) counts.topics++;
  }
  return Object.values(counts).map(count => percent(count / splits));
}

/** What the rules themselves say of a split, to the bit. */
function assertSame(fast, slow) {
  assert.equal(fast.message, slow.message);
  for (const [name, {value}] of Object.entries(fast.measures)) assert.equal(value, slow.measures[name].value);
}

if (repeats > 0) {
  console.log(
    `\nLoss that the gate sees in 95 of 100 rounds (${repeats} random splits each, seed ${seed}):\n`,
  );
  const titles = Object.values(losses).map(({title}) => title);
  console.log(`| corpus | round | reference | ${titles.join(' | ')} |`);
  console.log(`| --- | --- | --- |${' --- |'.repeat(titles.length)}`);
  for (const file of positionals) {
    const records = readCorpus(file);
    const rare = rareWords(records, 0.05);
    for (const size of sizes.filter(size => size <= records.length * 0.6)) {
      const seen = leastSeen(random => ({...splitAt(records, size, random), rare}));
      console.log(`| ${nameOf(file)} | ${size} | ${records.length - size} | ${seen.join(' | ')} |`);
    }
  }
  for (const size of values.large ? [1000, 10_000, 50_000] : []) {
    const rare = rareWords(simulated(50_000, randomFrom(seed)), 0.05);
    const make = random => ({round: simulated(size, random), reference: simulated(size, random), rare});
    console.log(`| simulated text | ${size} | ${size} | ${leastSeen(make).join(' | ')} |`);
  }
}

/**
 * Of each kind of loss the least of the grid that is seen in 95 of 100 splits. In each split the least that is
 * seen is found by halving: more of one loss is seen where less of it was.
 */
function leastSeen(make) {
  const random = randomFrom(seed);
  const kinds = Object.values(losses);
  const found = kinds.map(() => []);
  for (let repeat = 0; repeat < repeats; repeat++) {
    const split = make(random);
    const reference = summariesOf(split.reference);
    const salt = Math.floor(random() * 2 ** 32);
    for (const [kind, {lose}] of kinds.entries()) {
      let [low, high] = [0, grid.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const round = lose(grid[middle], {...split, random: randomFrom(salt)});
        if (judge(summariesOf(round), reference).status === 'fail') high = middle;
        else low = middle + 1;
      }
      found[kind].push(low);
    }
  }
  return found.map(places => {
    const worst = places.sort((a, b) => a - b)[Math.ceil(0.95 * repeats) - 1];
    return worst === grid.length ? 'none' : percent(grid[worst]).replace('.0 %', ' %');
  });
}
