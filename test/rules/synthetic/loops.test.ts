import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {loopOf, repeatedLines, run, signLoopOf} from '../../../rules/synthetic/loops.js';

const words = fc.array(fc.integer({min: 1, max: 6}), {maxLength: 80}).map(list => Uint32Array.from(list));

/** The same, without any table: every run is held against every earlier one. */
function naive(text: Uint32Array): {repeated: number; first: number} {
  const covered = new Set<number>();
  let first = 0;
  for (let at = text.length - run; at >= 1; at--) {
    for (let before = 0; before < at; before++) {
      if (!Array.from({length: run}).every((_, index) => text[before + index] === text[at + index])) continue;
      for (let index = 0; index < run; index++) covered.add(at + index);
      first = at;
      break;
    }
  }
  return {repeated: covered.size, first};
}

describe('runs of words that stood earlier', () => {
  it('are counted as a look at every pair of places counts them', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        // The whole of one text twice, so that there is something to find.
        const text = Uint32Array.from([...one, ...other, ...one]);
        const {repeated, first} = loopOf(text);
        expect({repeated, first}).toEqual(naive(text));
      }),
    );
  });

  it('are none in words that are all different, however many', () => {
    const text = Uint32Array.from({length: 20_000}, (_, at) => Math.imul(at + 1, 0x9e3779b1));
    expect(loopOf(text)).toMatchObject({repeated: 0, first: 0, longest: {start: 0, end: 0}});
  });

  it('that follow each other are one loop, with its length and period', () => {
    fc.assert(
      fc.property(
        fc.integer({min: run, max: 30}),
        fc.integer({min: 3, max: 6}),
        fc.integer({min: 0, max: 20}),
        (period, times, ahead) => {
          const unit = Array.from({length: period}, (_, at) => 1000 + at);
          const text = Uint32Array.from([
            ...Array.from({length: ahead}, (_, at) => 50 + at),
            ...Array.from({length: times}, () => unit).flat(),
            ...Array.from({length: 9}, (_, at) => 90_000 + at),
          ]);
          const {longest} = loopOf(text);
          expect(longest).toEqual({start: ahead, end: ahead + period * times, period});
        },
      ),
    );
  });
});

describe('lines that stood earlier', () => {
  it('are told apart from their numbers, and few lines say nothing', () => {
    expect(repeatedLines('1. Open it\n2. Open it\n3) Open it\n- Close it', 4)).toBe(0.5);
    expect(repeatedLines('Open it\nOpen it', 4)).toBe(0);
    expect(repeatedLines('a\nb\n\n--\nOne line\nOther line', 2)).toBe(0);
  });
});

describe('signs that go round', () => {
  it('are the longest stretch of one unit, wherever it stands', () => {
    const unit = fc.stringMatching(/^[a-f]{1,9}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[u-z]{0,20}$/), unit, (before, text) => {
        const stretch = text.repeat(Math.ceil(120 / text.length) + 1);
        const found = signLoopOf(`${before} ${stretch}!`, 100)!;
        expect(found.end - found.start).toBeGreaterThanOrEqual(stretch.length);
        expect(`${before} ${stretch}!`.slice(found.start, found.end)).toContain(stretch);
        expect((found.unit + found.unit).includes(text.slice(0, found.unit.length))).toBe(true);
      }),
    );
  });

  it('are not ruled lines, nor what is too short', () => {
    expect(signLoopOf('-'.repeat(300), 100)).toBeUndefined();
    expect(signLoopOf('ha'.repeat(20), 100)).toBeUndefined();
  });
});
