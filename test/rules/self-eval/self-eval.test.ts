import fc from 'fast-check';
import {expect, test} from 'vitest';
import {auroc, calibrationError, overConfidence} from '../../../rules/self-eval/auroc.js';
import {createSelfEvalReader} from '../../../rules/self-eval/parse.js';
import type {RoundGate} from '../../../src/api.js';
import calibration from '../../../src/gates/calibration.js';

const defaults = {
  marker: '<pc>',
  end: '</pc>',
  field: '',
  scale: 1,
  line: '',
  item: -1,
  solution: '',
  truth: '',
};
const score = (response: string, options = {}) =>
  createSelfEvalReader({...defaults, ...options})(response, {}).score;

test.each([
  ['4<pc>score: 0.8</pc>', 0.8],
  ['4<pc>3 steps checked. Score = 0.25</pc> and 7 more', 0.25],
  ['4<pc>{"reward": 1}', 1],
  ['4<pc>8/10</pc>', 0.8],
  ['4<pc>confidence 85 %</pc>', 0.85],
  ['<pc>score: 0.1</pc><pc>score: 0.9</pc>', 0.9],
])('%s gives %s', (response, expected) => {
  expect(score(response)).toBeCloseTo(expected as number);
});

test.each([
  ['4', 'there is nothing at `<pc>`'],
  ['4<pc>sure</pc>', 'no score could be read'],
  ['4<pc>2 + 2 = 4</pc>', '3 numbers at `<pc>`, and none is named a score'],
  ['4<pc>score: 7</pc>', 'outside its scale'],
  ['4<pc>score: -0.5</pc>', 'outside its scale'],
  ['4<pc>score: \u22120.5</pc>', 'outside its scale'],
  ['4<pc>score: 0,5</pc>', 'no score could be read'],
  ['4<pc>score: 1,5</pc>', 'no score could be read'],
  ['4<pc>score: 1e-3</pc>', 'no score could be read'],
  ['4<pc>score: NaN</pc>', 'no score could be read'],
  ['4<pc>1/0</pc>', 'outside its scale'],
  ['4<pc>0/0</pc>', 'outside its scale'],
])('%s gives none: %s', (response, reason) => {
  expect(score(response)).toContain(reason);
});

test('of several lines the named one counts', () => {
  const said = '4<pc>\naccuracy: answer="4" → reward=1.0\nformat: tags=no → reward=0.0\n</pc>';
  expect(score(said, {line: 'accuracy'})).toBe(1);
  expect(score(said, {line: 'style'})).toContain('there is nothing');
  expect(score('4<pc>accuracy: no answer → reward=null</pc>', {line: 'accuracy'})).toContain(
    'no score could be read',
  );
});

test('one of a list, and a reward that is computed', () => {
  const read = createSelfEvalReader({
    ...defaults,
    marker: '<reward>',
    end: '</reward>',
    item: 0,
    solution: 'gold',
  });
  const said = '<answer>1,200 eels</answer><reward>[1, 0]</reward>';
  expect(read(said, {gold: '#### 1200'})).toEqual({score: 1, truth: 1});
  expect(read(said, {gold: '#### 1300'})).toEqual({score: 1, truth: 0});
  expect(read('<answer>1.2e3</answer><reward>[1]</reward>', {gold: '1,200'})).toEqual({score: 1, truth: 1});
  expect(read('<answer>\u22127</answer><reward>[1]</reward>', {gold: '-7'})).toEqual({score: 1, truth: 1});
  expect(read('<answer>9 - 7</answer><reward>[1]</reward>', {gold: '7'})).toEqual({score: 1, truth: 1});
  const long = '9007199254740993';
  expect(read(`<answer>${long}</answer>`, {gold: '9007199254740992'}).truth).toBe(0);
  expect(read('no answer<reward>[1, 0]</reward>', {gold: '4'})).toEqual({score: 1, truth: 0});
  expect(read('<answer>4</answer><reward>[]</reward>', {gold: 'none'})).toMatchObject({truth: undefined});
  expect(typeof read('<answer>4</answer><reward>1</reward>', {gold: '4'}).score).toBe('string');
});

const counts = (right: readonly number[], wrong: readonly number[]) => {
  const binned = (values: readonly number[]) => {
    const bins = new Float64Array(101);
    for (const value of values) bins[value]!++;
    return bins;
  };
  return {right: binned(right), wrong: binned(wrong)};
};
const bin = fc.nat(100);

test('AUROC is the share of pairs in the right order, ties half', () => {
  fc.assert(
    fc.property(
      fc.array(bin, {minLength: 1, maxLength: 20}),
      fc.array(bin, {minLength: 1, maxLength: 20}),
      (right, wrong) => {
        const pairs = right.flatMap(a => wrong.map(b => (a > b ? 1 : a === b ? 0.5 : 0)));
        const mean = pairs.reduce<number>((sum, won) => sum + won, 0) / pairs.length;
        const {value, interval} = auroc(counts(right, wrong))!;
        expect(value).toBeCloseTo(mean, 9);
        expect(interval[0]).toBeLessThanOrEqual(value);
        expect(interval[1]).toBeGreaterThanOrEqual(value);
      },
    ),
  );
});

test('a score that knows nothing is refused, with the evidence; few answers are not enough', () => {
  const judge = (scored: ReturnType<typeof counts>) =>
    (calibration as RoundGate).judge({'self-eval.auroc': auroc(scored)!}, {minimum: 0.5} as never);
  const all = Array.from({length: 100}, (_, at) => at);
  expect(judge(counts(all, all))).toMatchObject({status: 'fail', measured: 0.5});
  expect(judge(counts(all, all)).message).toContain('AUROC 0.50 (0.42 to 0.58), more than 0.5 wanted');
  expect(judge(counts(all.slice(40), all.slice(0, 60))).status).toBe('pass');
  expect(judge(counts(Array(4).fill(90), Array(4).fill(10))).status).toBe('fail');
  expect(judge(counts(Array(6).fill(90), Array(6).fill(10))).status).toBe('pass');
});

test('calibration is the distance of mean score and share of right answers, by tenths of the score', () => {
  const scores = fc.array(bin, {minLength: 1, maxLength: 40});
  fc.assert(
    fc.property(scores, scores, (right, wrong) => {
      const all = [...right.map(at => ({at, hit: 1})), ...wrong.map(at => ({at, hit: 0}))];
      const groups = new Map<number, typeof all>();
      for (const answer of all) {
        const tenth = Math.min(9, Math.trunc(answer.at / 10));
        groups.set(tenth, [...(groups.get(tenth) ?? []), answer]);
      }
      const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      let expected = 0;
      for (const group of groups.values())
        expected +=
          (group.length / all.length) *
          Math.abs(mean(group.map(({hit}) => hit)) - mean(group.map(({at}) => at / 100)));
      expect(calibrationError(counts(right, wrong))).toBeCloseTo(expected, 9);
      expect(overConfidence(counts(right, wrong))).toBeCloseTo(
        mean(all.map(({at}) => at / 100)) - mean(all.map(({hit}) => hit)),
        9,
      );
    }),
  );
});

test('calibration of scores worked out by hand', () => {
  // Ten answers at 0.9, half of them right.
  const scored = counts(Array(5).fill(90), Array(5).fill(90));
  expect(calibrationError(scored)).toBeCloseTo(0.4, 12);
  expect(overConfidence(scored)).toBeCloseTo(0.4, 12);
  expect(calibrationError(counts([100], [0]))).toBe(0);
});
