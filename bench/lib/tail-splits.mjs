/** Rounds and references cut out of one corpus, and what the gate `tail` says of them. */
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import surprise from '../../dist/rules/tail/surprise.js';
import survival from '../../dist/rules/tail/survival.js';
import topics from '../../dist/rules/tail/topics.js';
import {createTextAnalyser} from '../../dist/src/features/text.js';
import tail from '../../dist/src/gates/tail.js';

/** Word hashes of every record of a file: of the field `text`, else of `question` and `answer`. */
export function readCorpus(file) {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  const analyser = createTextAnalyser();
  return lines
    .filter(line => line !== '')
    .map(line => {
      const {text, question, answer} = JSON.parse(line);
      analyser.read(text ?? `${question}\n${answer}`);
      return analyser.words().slice();
    });
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The first `size` records of a random order, and the others. */
export function splitAt(records, size, random) {
  const order = [...records];
  for (let at = 0; at < size; at++) {
    const other = at + Math.floor(random() * (order.length - at));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return {round: order.slice(0, size), reference: order.slice(size)};
}

const context = {feature: ({words}) => words};
const byWords = [survival, surprise];
/** What the gate `tail` goes by. */
export const allRules = [...byWords, topics];

/** The summaries that rules keep of records, which are lists of word hashes. */
export function summariesOf(records, rules = byWords) {
  return rules.map(rule => {
    const summary = rule.init();
    for (const words of records) rule.observe(summary, {words, id: '', text: ''}, context);
    return summary;
  });
}

const defaults = options =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));

/** What the rules measure, and what the gate makes of it with its default options. */
export function judge(round, reference, rules = byWords) {
  const measures = {};
  for (const [at, rule] of rules.entries()) {
    const options = defaults(rule.options);
    Object.assign(
      measures,
      rule.measure(round[at], reference[at], {options, view: 'all', report() {}, table() {}}),
    );
  }
  return gateOf(measures);
}

/** What the gate makes of measures with its default options. */
export function gateOf(all) {
  const measures = Object.fromEntries(Object.entries(all).filter(([, {value}]) => Number.isFinite(value)));
  if (measures['tail.p'] === undefined) return {measures, status: 'abstain'};
  const accepted = Object.fromEntries(
    Object.entries(measures).map(([name, value]) => [`${name}@accepted`, value]),
  );
  return {measures, ...tail.judge(accepted, defaults(tail.options))};
}
