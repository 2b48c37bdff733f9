import {describe, expect, it} from 'vitest';
import {bundledDetector} from '../../src/detector/bundled.js';
import {code, languages, tables} from './material.js';

const detector = bundledDetector();
const percentileOf = (text: string) => {
  const seen = detector.analyse(text);
  return 'abstains' in seen ? 0.5 : seen.percentile;
};

describe('what the detector was not trained on', () => {
  it.each(Object.entries(languages))('abstains on %s', (_, text) => {
    expect(detector.analyse(text)).toHaveProperty('abstains');
    // Longer does not make it English.
    expect(detector.analyse(`${text}\n\n${text}\n\n${text}`)).toHaveProperty('abstains');
  });

  it.each(Object.entries({...code, ...tables}))('does not flag %s', (_, text) => {
    expect(percentileOf(text)).toBeLessThan(0.99);
  });

  it('abstains on nearly all code', () => {
    const spoken = Object.values(code).filter(text => !('abstains' in detector.analyse(text)));
    expect(spoken.length).toBeLessThanOrEqual(1);
  });

  it('says why', () => {
    expect(detector.analyse('Too short to say.')).toEqual({abstains: 'fewer than 30 words'});
    expect(detector.analyse('')).toEqual({abstains: 'fewer than 30 words'});
    expect(detector.analyse(languages.Chinese!)).toEqual({
      abstains: 'much of it is in a script the detector was not trained on',
    });
    expect(detector.analyse(code.Rust!)).toEqual({abstains: 'it looks like code'});
    expect(detector.analyse(tables.csv!)).toEqual({abstains: 'it is mostly numbers, like a table'});
    expect(detector.analyse(languages.German!)).toEqual({
      abstains: 'it is not English prose: few common English words',
    });
  });
});
