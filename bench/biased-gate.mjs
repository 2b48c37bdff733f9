#!/usr/bin/env node
/**
 * A gate that keeps what is closest to a partial reference, in the smallest loop there is (arXiv:2606.13732): a
 * Gaussian of ten dimensions is fitted to samples of the last one. With no gate, with that gate, and with that
 * gate under the round gates `tail` and `selection-bias`, the rules and the gates being those of the command. Needs a
 * build.
 *   node bench/biased-gate.mjs [--seeds 20] [--generations 10]
 *
 * Trace of the covariance, 100 at first. Each generation writes 5,000 candidates. The naive gate trains on the
 * 500 nearest to any of 50 real points, all from one half of the space. Without a gate the first 500 are taken.
 * Where the round gates refuse what the naive gate keeps, its limit is loosened (20, 30, 40, 50 %), and when
 * none passes half of the candidates are kept whatever they are; 500 of what is kept are trained on. Last, a gate
 * that keeps the better half by a score that has nothing to do with where a point lies, as a check of facts.
 */
import {parseArgs} from 'node:util';
import survival from '../dist/rules/tail/survival.js';
import topics from '../dist/rules/tail/topics.js';
import selectionBias from '../dist/src/gates/selection-bias.js';
import tail from '../dist/src/gates/tail.js';
import {dimensions, distance, fitted, normal, sampleOf, trace} from './lib/gaussian.mjs';
import {createRandom} from './lib/random.mjs';
import {markdownTable} from './lib/table.mjs';

const {values} = parseArgs({
  options: {seeds: {type: 'string', default: '20'}, generations: {type: 'string', default: '10'}},
});
const seeds = Number(values.seeds);
const generations = Number(values.generations);
const trained = 500;
const candidates = 5000;

/** The words of a point: in which part of each axis it lies. Rare words are far out, as rare things are. */
function wordsOf(point) {
  const binned = Array.from(point, (x, axis) => (axis << 16) + Math.round(x / 1.5) + 1000);
  return Uint32Array.from(binned, number => {
    const h = Math.imul(number ^ (number >>> 15), 0x85ebca6b);
    return Math.imul(h ^ (h >>> 13), 0xc2b2ae35) ^ (h >>> 16);
  });
}

const defaults = ({options}) =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));

function summaryOf(rule, points) {
  const summary = rule.init();
  for (const [index, point] of points.entries()) {
    const words = wordsOf(point);
    rule.observe(summary, {id: String(index), text: ''}, {feature: () => words});
  }
  return summary;
}

/** What the round gates say of a choice among candidates. */
function judge(all, kept, reference) {
  const measures = {};
  for (const rule of [survival, topics]) {
    const context = {options: defaults(rule), view: 'accepted', report() {}, table() {}};
    const comparison = {
      before: summaryOf(rule, all),
      after: summaryOf(rule, kept),
      gate: undefined,
      reference: summaryOf(rule, reference),
    };
    const measured = {
      ...rule.measure(comparison.after, comparison.reference, context),
      ...rule.compare(comparison, context),
    };
    for (const [name, value] of Object.entries(measured)) measures[`${name}@accepted`] = value;
  }
  const isPassed = gate => gate.judge(measures, defaults(gate)).status === 'pass';
  return isPassed(selectionBias) && isPassed(tail);
}

const nearest = (points, scores, share) => {
  const order = [...points.keys()].sort((a, b) => scores[a] - scores[b]);
  const chosen = new Set(order.slice(0, Math.round(share * points.length)));
  return points.filter((_, index) => chosen.has(index));
};

const arms = {
  'no gate': ({points}) => ({kept: points}),
  'the naive gate': ({points, scores}) => ({kept: nearest(points, scores, trained / candidates)}),
  'the naive gate under round gates'({points, scores, real}) {
    let refused = 0;
    for (const share of [0.1, 0.2, 0.3, 0.4, 0.5]) {
      const kept = nearest(points, scores, share);
      if (judge(points, kept, real)) return {kept, refused};
      refused++;
    }
    return {kept: points.filter((_, index) => index % 2 === 0), refused};
  },
  'half by a score of something else, under round gates'({points, real, random}) {
    const kept = nearest(
      points,
      points.map(() => random.float()),
      0.5,
    );
    return {kept, refused: judge(points, kept, real) ? 0 : 1};
  },
};

const rows = Object.entries(arms).map(([name, select]) => {
  const cells = [false, true].map(accumulate => {
    const runs = Array.from({length: seeds}, (_, seed) => run(select, seed + 1, accumulate));
    const traces = runs.map(({value}) => value).sort((a, b) => a - b);
    const refused = runs.reduce((sum, {refusals}) => sum + refusals, 0) / (seeds * generations);
    const rate = runs.reduce((sum, {keepRate}) => sum + keepRate, 0) / seeds;
    const median = traces[traces.length >> 1].toFixed(2);
    return {trace: `${median} (${traces[0].toFixed(2)} to ${traces.at(-1).toFixed(2)})`, refused, rate};
  });
  const [replaced, accumulated] = cells;
  return [
    name,
    `${Math.round(100 * replaced.rate)} %`,
    replaced.trace,
    accumulated.trace,
    `${replaced.refused.toFixed(2)}, ${accumulated.refused.toFixed(2)}`,
  ];
});
console.log(
  markdownTable(
    ['gate', 'kept', 'generations replace', 'generations accumulate', 'choices refused a generation'],
    rows,
  ),
);

function run(select, seed, accumulate) {
  const random = createRandom();
  random.seed(seed);
  const real = sampleOf(normal(10), trained, random);
  const partial = real.filter(([first]) => first > 0).slice(0, 50);
  let pool = real;
  let model = fitted(real);
  let refusals = 0;
  let keepRate = 0;
  for (let generation = 1; generation <= generations; generation++) {
    // Paired: whatever was chosen before, the same numbers make the candidates of a generation.
    random.seed(seed, generation);
    const points = sampleOf(model, candidates, random);
    const scores = points.map(point => Math.min(...partial.map(known => distance(point, known))));
    const {kept, refused = 0} = select({points, scores, real, random});
    refusals += refused;
    keepRate += (select === arms['no gate'] ? 1 : kept.length / points.length) / generations;
    const round = kept.slice(0, trained);
    pool = accumulate ? [...pool, ...round] : round;
    model = fitted(pool);
  }
  return {value: trace(model), refusals, keepRate};
}

if (dimensions !== 10) throw new Error('The figures are those of ten dimensions.');
