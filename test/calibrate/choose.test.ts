import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {calibrateTarget} from '../../src/calibrate/choose.js';
import {configLines, editConfig} from '../../src/calibrate/edit.js';
import type {Labelled} from '../../src/calibrate/estimate.js';
import {limitFor, shortest} from '../../src/calibrate/limit.js';
import type {Target} from '../../src/calibrate/targets.js';

const fpr: Target = {
  kind: 'rule',
  id: 'synthetic/style',
  option: 'fpr',
  signal: 'synthetic',
  range: [0, 0.5],
  current: 0.001,
  badness: value => value,
  held: value => 1 - value,
  inclusive: true,
};
const minimum: Target = {
  ...fpr,
  kind: 'gate',
  id: 'novelty',
  option: 'minimum',
  signal: 'novelty',
  range: [0, 1],
  badness: value => -value,
  held: value => value,
  inclusive: false,
};
const threshold: Target = {
  ...minimum,
  kind: 'rule',
  option: 'threshold',
  held: value => 1 - value,
  inclusive: true,
};

describe('the number that an option is set to', () => {
  it('flags a record and not the next less bad one', () => {
    const signal = fc.integer({min: 1, max: 9999}).map(n => n / 10_000);
    fc.assert(
      fc.property(signal, signal, (one, other) => {
        fc.pre(one !== other);
        for (const target of [fpr, minimum, threshold]) {
          const [next, worse] = [one, other].map(target.badness).sort((a, b) => a - b) as [number, number];
          const limit = limitFor(target, worse, next);
          const flags = (badness: number) => {
            const held = target.held(target.badness(badness));
            if (target === threshold) return held >= limit;
            return target.inclusive ? held <= limit : held < limit;
          };
          expect(flags(worse)).toBe(true);
          expect(flags(next)).toBe(false);
        }
      }),
    );
  });

  it('is short', () => {
    expect(shortest({value: 0.0123, open: false}, {value: 0.0179, open: true})).toBe(0.013);
    expect(shortest({value: 0.2, open: true}, {value: 0.3, open: false})).toBe(0.3);
  });
});

const records = (bad: readonly number[], good: readonly number[]): Labelled[] => [
  ...bad.map(score => ({bad: true, score, stratum: 0})),
  ...good.map(score => ({bad: false, score, stratum: 0})),
];
const steady = (count: number, from: number, to: number) =>
  Array.from({length: count}, (_, at) => from + ((to - from) * at) / count);

describe('the limit that does what is wanted', () => {
  it('is the least strict one that the next good record exceeds seldom enough', () => {
    const {chosen, why} = calibrateTarget(fpr, records(steady(50, 0.9, 1), steady(200, 0.5, 0.95)), [250], {
      fpr: 0.05,
    });
    expect(why).toBeNull();
    // 9 of 200 good records flagged: (9 + 1) / 201 is under 5 %, (10 + 1) / 201 is not.
    expect(chosen!.fpr.value).toBeCloseTo(9 / 200, 9);
  });

  it('is none that flags nothing, as the end of a range may', () => {
    const records = Array.from({length: 400}, (_, n) => ({
      score: n < 200 ? -1 : -0.5,
      bad: n >= 200,
      stratum: 0,
    }));
    const {rows} = calibrateTarget(minimum, records, [400], {fpr: 0.05});
    expect(rows.map(({flagged}) => flagged)).toEqual([200]);
  });

  it('is not given by too few good records: it says how many are missing', () => {
    const {chosen, why} = calibrateTarget(fpr, records(steady(50, 0.9, 1), steady(60, 0.5, 0.8)), [110], {
      fpr: 0.01,
    });
    expect(chosen).toBeNull();
    expect(why).toContain('label at least 39 more good ones');
  });

  it('is not given by too few right ones, nor where none is right often enough', () => {
    const goal = {precision: 0.95};
    const few = calibrateTarget(fpr, records(steady(40, 0.9, 1), steady(60, 0.5, 0.8)), [100], goal);
    expect(few.why).toContain('the 40 worst of the labelled records are all bad, and 73 must be');
    expect(few.why).toContain('at least 33 more');
    const enough = calibrateTarget(fpr, records(steady(80, 0.9, 1), steady(60, 0.5, 0.8)), [140], goal);
    expect(enough.chosen!.precision.interval[0]).toBeGreaterThanOrEqual(0.95);
    const mixed = calibrateTarget(fpr, records(steady(80, 0.6, 0.99), steady(80, 0.6, 1)), [160], goal);
    expect(mixed.why).toContain('no limit is right often enough');
    expect(calibrateTarget(fpr, records([], steady(300, 0.6, 1)), [300], goal).why).toContain(
      'none of the labelled',
    );
  });

  it('says how many are missing of a stratified sample, and more would do', () => {
    const sample = (others: number): Labelled[] => [
      ...records(steady(20, 0.9, 1), steady(5, 0.8, 0.9)),
      ...steady(others, 0.1, 0.5).map(score => ({bad: false, score, stratum: 1})),
    ];
    const {why} = calibrateTarget({...fpr, range: [0, 1]}, sample(25), [100, 900], {fpr: 0.02});
    const more = Number(/at least (\d+) more/.exec(why!)![1]);
    expect(more).toBeGreaterThan(0);
    expect(
      calibrateTarget({...fpr, range: [0, 1]}, sample(25 + 2 * more), [100, 900], {fpr: 0.02}).chosen,
    ).not.toBeNull();
  });
});

describe('the edit of a config', () => {
  const found = (target: Target, limit: number) =>
    ({...target, bad: 1, good: 1, abstained: 0, rows: [], why: null, chosen: {limit}}) as never;
  const limits = [found(fpr, 0.02), found(minimum, 0.3)];
  const levels = new Map([['synthetic/style', 'error']]);

  it.each([
    [
      'a level',
      'rules:\n  # look\n  synthetic/style: warn # why\n',
      'rules:\n  # look\n  synthetic/style: [warn, {fpr: 0.02}] # why\ngates:\n  novelty: {minimum: 0.3}\n',
    ],
    [
      'options',
      '# top\nrules:\n  synthetic/style: [error, {weights: a.detector, fpr: 0.5}] # mine\ngates:\n  novelty:\n    # least\n    minimum: 0.1\n',
      '# top\nrules:\n  synthetic/style: [error, {weights: a.detector, fpr: 0.02}] # mine\ngates:\n  novelty:\n    # least\n    minimum: 0.3\n',
    ],
    [
      'JSON',
      '{\n  "rules": {\n    "synthetic/style": "warn"\n  },\n  "gates": {"novelty": {"minimum": 0.1}}\n}\n',
      '{\n  "rules": {\n    "synthetic/style": ["warn", {"fpr": 0.02}]\n  },\n  "gates": {"novelty": {"minimum": 0.3}}\n}\n',
    ],
    [
      'JSON without the rule',
      '{"failOn": "warn"}',
      `${JSON.stringify({failOn: 'warn', rules: {'synthetic/style': ['error', {fpr: 0.02}]}, gates: {novelty: {minimum: 0.3}}}, null, 2)}\n`,
    ],
    [
      'options without this one',
      'rules:\n  synthetic/style: [error, {weights: a}]  # mine\ngates:\n  novelty: on   # look\n',
      'rules:\n  synthetic/style: [error, {weights: a, fpr: 0.02}] # mine\ngates:\n  novelty: {minimum: 0.3} # look\n',
    ],
    ['nothing', '', 'rules:\n  synthetic/style: [error, {fpr: 0.02}]\ngates:\n  novelty: {minimum: 0.3}\n'],
  ])('keeps comments and what else there is: %s', async (_, before, after) => {
    expect(await editConfig(before, limits, levels)).toBe(after);
  });

  it('says the same as the lines to paste, also of several options of one gate', async () => {
    const semantic = found({...minimum, option: 'semantic'}, 0.2);
    for (const list of [limits, [...limits, semantic]])
      expect(`${configLines(list, levels).join('\n')}\n`).toBe(await editConfig('', list, levels));
  });
});
