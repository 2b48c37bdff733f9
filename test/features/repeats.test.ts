import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createTextAnalyser} from '../../src/features/text.js';

const analyser = createTextAnalyser();
const factor = 0x9e3779b1;

function repeatsOf(text: string): number {
  analyser.read(text);
  return analyser.repeats();
}

/** The same in plain code, from the same words. */
function plain(words: Uint32Array): number {
  let size = 64;
  while (size < words.length * 2 && size < 4096) size *= 2;
  const slots = new Uint32Array(size);
  let sampled = 0;
  let repeated = 0;
  for (let at = 0; at + 2 < words.length; at++) {
    const [one, two, three] = words.subarray(at, at + 3) as unknown as [number, number, number];
    if ((one & 7) !== 0 && ((one ^ (two << 1)) & 7) !== 0) continue;
    const key = (Math.imul(one, factor) ^ Math.imul(two ^ (three >>> 7), factor)) >>> 0;
    const slot = (key ^ (key >>> 16)) & (size - 1);
    sampled++;
    if (slots[slot] === (key | 1) >>> 0) repeated++;
    slots[slot] = key | 1;
  }
  return sampled === 0 ? 1 : repeated / sampled;
}

describe('the share of runs of three words that stood earlier', () => {
  it('is that of plain code on the same words', () => {
    const word = fc.stringMatching(/^[a-d]{1,3}$/);
    const text = fc.array(word, {maxLength: 400, size: 'max'}).map(words => words.join(' '));
    fc.assert(
      fc.property(text, fc.integer({min: 1, max: 3}), (once, times) => {
        const share = repeatsOf(`${once} `.repeat(times));
        expect(share).toBe(plain(analyser.words()));
      }),
      {numRuns: 300, seed: 6},
    );
  });

  it('is small in words that are all different, and large in a loop', () => {
    const words = Array.from({length: 20_000}, (_, at) => `w${at.toString(36)}`);
    expect(repeatsOf(words.join(' '))).toBe(0);
    expect(repeatsOf(`${words.slice(0, 50).join(' ')} `.repeat(20))).toBeGreaterThan(0.9);
  });

  it('is 1 where the sample is empty, and leaves everything else as it was', () => {
    expect(repeatsOf('')).toBe(1);
    expect(repeatsOf('two words')).toBe(1);
    const [before, after] = [new Uint8Array(128), new Uint8Array(128)];
    analyser.read('the keeper lit the lamp and the lamp lit the keeper');
    analyser.sketch(before, 0);
    const elements = [...analyser.elements()];
    analyser.repeats();
    analyser.sketch(after, 0);
    expect([...after]).toEqual([...before]);
    expect([...analyser.elements()]).toEqual(elements);
  });
});
