import {describe, expect, test} from 'vitest';
import type {MeasureValue, RoundGate} from '../../src/api.js';
import homogeneity from '../../src/gates/homogeneity.js';
import voice from '../../src/gates/voice.js';

describe('homogeneity', () => {
  const judge = (sameness: MeasureValue) =>
    (homogeneity as RoundGate).judge({'homogeneity.sameness': sameness}, {maximum: 0.8, rise: 0.15} as never);

  test('fails when the whole interval is above the largest sameness', () => {
    expect(judge({value: 0.9, interval: [0.81, 0.95]})).toMatchObject({
      status: 'fail',
      measured: 0.9,
      limit: 0.8,
    });
    expect(judge({value: 0.9, interval: [0.8, 0.95]}).status).toBe('pass');
    expect(judge({value: 0.9}).status).toBe('fail');
  });

  test('holds it against the references where they have a value, and names it', () => {
    const close = judge({value: 0.5, interval: [0.46, 0.54], reference: 0.3});
    expect(close.status).toBe('fail');
    expect(close.limit).toBeCloseTo(0.45);
    expect(close.message).toContain('0.30');
    expect(judge({value: 0.5, interval: [0.44, 0.56], reference: 0.3}).status).toBe('pass');
    expect(judge({value: 0.9, interval: [0.85, 0.95], reference: 0.9}).limit).toBe(0.8);
  });
});

describe('voice', () => {
  const judge = (rise: MeasureValue) =>
    (voice as RoundGate).judge({'homogeneity.voice': rise}, {rise: 0.1} as never);

  test('fails when the whole interval of the rise is above the limit', () => {
    expect(judge({value: 0.2, interval: [0.11, 0.29]})).toMatchObject({
      status: 'fail',
      measured: 0.2,
      limit: 0.1,
    });
    expect(judge({value: 0.2, interval: [0.1, 0.3]}).status).toBe('pass');
    expect(judge({value: -0.2, interval: [-0.3, -0.1]}).message).toContain('20.0 points below');
  });
});
