import {expect, test} from 'vitest';
import type {MeasureValue, RoundGate} from '../../src/api.js';
import format from '../../src/gates/format.js';

const gate = format as RoundGate;
const defaults = {step: 0.1, suppressed: 0} as never;

function judge(rise: MeasureValue, suppressed = 0, options: object = {}) {
  const measures = {'format.rise@accepted': rise, 'format.suppressed@accepted': {value: suppressed}};
  return gate.judge(measures, {...(defaults as object), ...options} as never);
}

test('passes a round that is no more of one format than the reference', () => {
  expect(judge({value: -0.2, interval: [-0.3, -0.1]})).toMatchObject({
    status: 'pass',
    measured: -0.2,
    limit: 0.1,
  });
});

test('fails when the whole interval of the rise is over the step', () => {
  expect(judge({value: 0.3, interval: [0.11, 0.4]})).toMatchObject({status: 'fail', measured: 0.3});
  expect(judge({value: 0.3, interval: [0.1, 0.5]}).status).toBe('pass');
  expect(judge({value: 0.3, interval: [0.2, 0.4]}, 0, {step: 0.25}).status).toBe('pass');
  // Where there is no interval, the number itself must do.
  expect(judge({value: 0.3}).status).toBe('fail');
});

test('fails when formats of the reference are suppressed', () => {
  expect(judge({value: 0}, 2)).toMatchObject({
    status: 'fail',
    measured: 2,
    limit: 0,
    message: '2 formats of the reference lost more than half of the share, at most 0 allowed',
  });
  expect(judge({value: 0}, 2, {suppressed: 2}).status).toBe('pass');
});

test('says how far it is', () => {
  expect(judge({value: 0.051}).message).toBe(
    'the most frequent format has 5.1 % more of the answers than in the reference (10.0 % more allowed)',
  );
});
