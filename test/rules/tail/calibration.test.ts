import {expect, test} from 'vitest';
import surprise from '../../../rules/tail/surprise.js';
import survival from '../../../rules/tail/survival.js';
import type {CorpusRule, MeasureValue, RoundGate} from '../../../src/api.js';
import tail from '../../../src/gates/tail.js';
import {random, spread} from './random.js';

/** What `npm run calibrate:tail` does at length on real text: the rules and the gate as they are, on splits. */
const rules = [survival, surprise] as readonly CorpusRule[];
const gate = tail as RoundGate;
const options = {alpha: 0.05, loss: 0, topics: 0};

/** Records of Zipf words, long and short; each comes back to its own words, as texts do. */
function corpus(next: () => number, records: number): Uint32Array[] {
  return Array.from({length: records}, () => {
    const words = new Uint32Array(8 + Math.floor(30 * next() ** 2));
    for (let at = 0; at < words.length; at++) {
      words[at] = at > 0 && next() < 0.2 ? words[Math.floor(next() * at)]! : Math.floor(3000 ** next());
    }
    return words.map(spread);
  });
}

function judge(round: readonly Uint32Array[], reference: readonly Uint32Array[]) {
  const measures: Record<string, MeasureValue> = {};
  for (const rule of rules) {
    const [own, known] = [round, reference].map(records => {
      const summary = rule.init();
      for (const words of records)
        rule.observe(summary, {} as never, {options: {}, feature: () => words as never} as never);
      return summary;
    });
    const context = {options: {share: 0.05}, view: 'all', report() {}, table() {}} as never;
    for (const [name, value] of Object.entries(rule.measure(own, known, context)))
      measures[`${name}@accepted`] = value;
  }
  return gate.judge(measures as never, options as never);
}

test('a round of the reference’s own kind fails about 5 times of 100', () => {
  const next = random(1);
  let failed = 0;
  const splits = 120;
  for (let split = 0; split < splits; split++) {
    const records = corpus(next, 600);
    if (judge(records.slice(0, 200), records.slice(200)).status === 'fail') failed++;
  }
  // Of 120 at 5 %, there are 1 to 13 in all but 5 of 1,000 cases.
  expect(failed).toBeGreaterThanOrEqual(1);
  expect(failed).toBeLessThanOrEqual(13);
});

test('a round that lost half of its words fails, and one that lost its surprising records', () => {
  const next = random(2);
  for (let repeat = 0; repeat < 8; repeat++) {
    const records = corpus(next, 1200);
    const [round, reference] = [records.slice(0, 500), records.slice(500)];
    const cut = round.map(words => words.filter(word => spread(word + repeat) > 2 ** 31));
    expect(judge(cut, reference).status).toBe('fail');
    const common = new Set(Array.from({length: 100}, (_, rank) => spread(rank + 1)));
    const rare = (words: Uint32Array) => words.filter(word => !common.has(word)).length / words.length;
    const dull = [...round].sort((a, b) => rare(a) - rare(b)).slice(0, 250);
    expect(judge(dull, reference).status).toBe('fail');
  }
});
