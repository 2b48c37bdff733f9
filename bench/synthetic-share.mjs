#!/usr/bin/env node
/**
 * Whether what synthetic/style and synthetic/share promise holds, on scores of a detector that did not know the
 * sources (written by training):
 *   npm run train:detector -- DATA --scores SCORES
 *   node bench/synthetic-share.mjs SCORES [--data DATA] [--draws 200]
 * 1. False positives of p-values against human text of the same source, ten splits of each set of 1,500 and more.
 * 2. Lower bound, and interval with samples of the generator, on mixtures of each domain and generator of detectrl.
 * 3. With `--data`: likeness of the words of domains, which decides whether a share is claimed.
 */
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {binomialBelow} from '../dist/rules/statistics/binomial.js';
import {calibrate} from '../dist/rules/synthetic/conformal.js';
import {leastShare, mixedShare} from '../dist/rules/synthetic/mixture.js';
import {addScore, addTopics, likeness, mixedTopics, noScores} from '../dist/rules/synthetic/scores.js';
import {randomNumbers} from '../dist/src/detector/train/random.js';
import {createTextAnalyser} from '../dist/src/features/text.js';
import {readDetection} from './lib/detection.mjs';
import {markdownTable} from './lib/table.mjs';

const {values, positionals} = parseArgs({
  options: {data: {type: 'string'}, draws: {type: 'string', default: '200'}},
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) {
  console.error('No scores were named. Usage: node bench/synthetic-share.mjs SCORES [--data DATA]');
  process.exit(2);
}
const draws = Number(values.draws);
const random = randomNumbers(11);
const rows = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line))
  .filter(row => !row.crop && !row.repeated && row.abstains === undefined && !row.reworded);
const percent = (share, digits = 2) => `${(100 * share).toFixed(digits)} %`;

function shuffled(list) {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}

function scoresOf(list) {
  const scores = noScores();
  for (const {score, words} of list) addScore(scores, score, words, false);
  return scores;
}

/** Exact interval of a share at 95 % (Clopper and Pearson 1934), by bisection. */
function exact(count, total) {
  const solve = holds => {
    let [low, high] = [0, 1];
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (holds(middle)) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  const low = count === 0 ? 0 : solve(p => 1 - binomialBelow(count - 1, total, p) < 0.025);
  const high = count === total ? 1 : solve(p => binomialBelow(count, total, p) > 0.025);
  return [low, high];
}

const human = rows.filter(row => !row.machine && row.edit === 'none');
const sources = [...new Set(human.map(({source}) => source))].sort();
const limits = [0.05, 0.01, 0.001];
const lines = [];
for (const source of sources) {
  const own = human.filter(row => row.source === source);
  if (own.length < 1500) continue;
  const flagged = limits.map(() => 0);
  const worst = limits.map(() => 0);
  let tested = 0;
  for (let split = 0; split < 10; split++) {
    const order = shuffled(own);
    const half = Math.floor(order.length / 2);
    const calibration = calibrate(scoresOf(order.slice(0, half)));
    const test = order.slice(half);
    tested += test.length;
    const ps = test.map(({score, words}) => calibration.pValue(score, words, false).p);
    for (const [at, limit] of limits.entries()) {
      const count = ps.filter(p => p <= limit).length;
      flagged[at] += count;
      worst[at] = Math.max(worst[at], count / test.length);
    }
  }
  const cells = limits.map((_, at) => {
    // Splits of one set are not independent: the interval is that of one split's size.
    const size = Math.round(tested / 10);
    const [low, high] = exact(Math.round(flagged[at] / 10), size);
    return `${percent(flagged[at] / tested)} (${percent(low)} to ${percent(high)}), worst ${percent(worst[at])}`;
  });
  lines.push([source, String(own.length), ...cells]);
}
console.log('**False positives of p-values, ten splits**\n');
console.log(markdownTable(['source', 'human records', ...limits.map(limit => `fpr ${limit}`)], lines));

console.log(`\n**Mixtures of detectrl, ${draws} draws each: round of 400, reference and samples of 400**\n`);
const paired = rows.filter(row => row.source === 'detectrl');
const kinds = [...new Set(paired.map(({kind}) => kind))].sort();
const shares = [0, 0.05, 0.2, 0.5, 1];
const table = [];
const totals = shares.map(() => ({draws: 0, bound: 0, interval: 0}));
for (const kind of kinds) {
  const people = paired.filter(row => row.kind === kind && !row.machine);
  const generators = [...new Set(paired.filter(row => row.machine).map(({generator}) => generator))].sort();
  for (const generator of generators) {
    const machines = paired.filter(row => row.kind === kind && row.machine && row.generator === generator);
    const samples = Math.floor(Math.min(400, machines.length / 2));
    const size = Math.min(400, Math.floor(people.length / 2), machines.length - samples);
    const cells = shares.map((share, at) => {
      let bound = 0;
      let interval = 0;
      let sumBound = 0;
      let sumValue = 0;
      let width = 0;
      for (let draw = 0; draw < draws; draw++) {
        const p = shuffled(people);
        const m = shuffled(machines);
        const ofMachine = Math.round(share * size);
        const reference = scoresOf(p.slice(0, Math.floor(people.length / 2)));
        const free = p.slice(Math.floor(people.length / 2));
        const round = scoresOf([...m.slice(0, ofMachine), ...free.slice(0, size - ofMachine)]);
        const sample = scoresOf(m.slice(m.length - samples));
        const least = leastShare(round, reference);
        const mixed = mixedShare(round, reference, sample);
        if (least <= ofMachine / size + 1e-9) bound++;
        if (mixed.interval[0] <= ofMachine / size + 1e-9 && ofMachine / size <= mixed.interval[1] + 1e-9)
          interval++;
        sumBound += least;
        sumValue += mixed.value;
        width += mixed.interval[1] - mixed.interval[0];
      }
      totals[at].draws += draws;
      totals[at].bound += bound;
      totals[at].interval += interval;
      return [
        `${percent(sumBound / draws, 0)} holds ${percent(bound / draws, 0)}`,
        `${percent(sumValue / draws, 0)} ± ${percent(width / draws / 2, 0)} holds ${percent(interval / draws, 0)}`,
      ];
    });
    table.push([
      kind.replace('detectrl ', ''),
      generator,
      `${size}, ${samples}`,
      ...cells.map(([b, i]) => `${b}; ${i}`),
    ]);
  }
}
console.log(
  markdownTable(
    [
      'domain',
      'generator',
      'round, samples',
      ...shares.map(share => `${100 * share} % machine: bound; estimate`),
    ],
    table,
  ),
);
console.log('\nOver all pairs:');
for (const [at, {draws: all, bound, interval}] of totals.entries())
  console.log(
    `- ${100 * shares[at]} %: the bound holds in ${percent(bound / all)}, the interval in ${percent(interval / all)} of ${all} draws`,
  );

if (values.data !== undefined) {
  const analyser = createTextAnalyser();
  const texts = readDetection(values.data).filter(row => row.source === 'detectrl');
  const topics = list => {
    const scores = noScores();
    for (const {text} of list) {
      analyser.read(text);
      addTopics(scores, analyser.words());
    }
    return scores;
  };
  console.log('\n**Likeness of words: human records of a domain (400) and other 400**\n');
  const rowsOf = [];
  for (const kind of kinds) {
    const people = shuffled(texts.filter(row => row.kind === kind && !row.machine));
    const base = topics(people.slice(0, 400));
    const cells = kinds.map(other => {
      const rest =
        other === kind
          ? people.slice(400, 800)
          : shuffled(texts.filter(row => row.kind === other && !row.machine)).slice(0, 400);
      return likeness(base, topics(rest)).toFixed(3);
    });
    const machine = shuffled(texts.filter(row => row.kind === kind && row.machine));
    const samples = topics(machine.slice(400, 800));
    const mixtures = [0.2, 0.5, 1].map(share => {
      const round = topics([...people.slice(400, 700 - 300 * share), ...machine.slice(0, 300 * share)]);
      return `${likeness(round, base).toFixed(3)}; ${likeness(round, mixedTopics(base, samples, share)).toFixed(3)}`;
    });
    rowsOf.push([kind, ...cells, ...mixtures]);
  }
  const mixed = ['20', '50', '100'].map(share => `${share} % machine: to the reference; to the mixture`);
  console.log(markdownTable(['domain', ...kinds, ...mixed], rowsOf));
}
