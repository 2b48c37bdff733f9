import {describe, expect, it} from 'vitest';
import {framesOf} from '../../../rules/synthetic/frames.js';

const nouns = 'harbour kettle orchard lantern meadow ferry cellar bridge'.split(' ');
const people = 'sailor clerk miller keeper'.split(' ');
const filled = Array.from({length: 24}, (_, at) => {
  const [noun, person] = [nouns[at % nouns.length]!, people[at % people.length]!];
  return `Write a short poem about a ${noun} in the voice of a ${person}.`;
});
const free = Array.from({length: 24}, (_, at) =>
  Array.from({length: 14}, (_, word) => `w${(at * 31 + word * 17) % 997}`).join(' '),
);

describe('frames that many texts fill in', () => {
  it('are found among other texts, with their slots and how many fill them', () => {
    const frames = framesOf([...free, ...filled], 5);
    expect(frames).toHaveLength(1);
    expect(frames[0]!.text).toMatch(/^write a short poem about a … in the voice of a …$/);
    expect(frames[0]).toMatchObject({count: 24});
    expect(frames[0]!.fixed).toBe(11);
  });

  it('do not hang on the order of the texts', () => {
    const texts = [...free, ...filled];
    expect(framesOf([...texts].reverse(), 5)).toEqual(framesOf(texts, 5));
  });

  it('are told apart, the most frequent first, numbers as #', () => {
    const counted = Array.from(
      {length: 12},
      (_, at) => `How many ${nouns[at % 8]!} stand between ${at} and ${at + 40} today?`,
    );
    const frames = framesOf([...counted, ...filled], 5);
    expect(frames.map(({count}) => count)).toEqual([24, 12]);
    expect(frames[1]!.text).toContain('#');
  });

  it('are not what few fill, nor a saying that texts share', () => {
    expect(framesOf(filled.slice(0, 4), 5)).toEqual([]);
    const saying = free.map(text => `on the other hand ${text}`);
    expect(framesOf(saying, 5)).toEqual([]);
    expect(framesOf(free, 5)).toEqual([]);
    expect(framesOf([], 5)).toEqual([]);
  });
});
