import {describe, expect, it} from 'vitest';
import {createTextAnalyser} from '../../src/features/text.js';

const mega = 1 << 20;

describe('the memory of the analyser', () => {
  it('is given back after a huge text', () => {
    const analyser = createTextAnalyser();
    const held = (): number => analyser.words().buffer.byteLength / mega;
    analyser.read('one two three');
    const words = [...analyser.words()];
    const before = held();

    const line = 'A record may hold a whole book; so 30 MB of them are read, too.\n';
    const lines = Math.ceil((30 * mega) / line.length);
    analyser.read(line.repeat(lines));
    expect(analyser.wordCount).toBe(15 * lines);
    expect(analyser.elements()).toHaveLength(15 * lines + 1);
    // The line is 15 words long, so that the least of its runs stands in every window.
    expect(analyser.fingerprints(new Uint32Array(analyser.wordCount), 0)).toBe(1);
    expect(held()).toBeGreaterThan(256);

    analyser.read('one two three');
    expect([...analyser.words()]).toEqual(words);
    expect(held()).toBe(before);
  });

  it('is kept between ordinary texts', () => {
    const analyser = createTextAnalyser();
    analyser.read('A megabyte. '.repeat(mega / 12));
    const {buffer} = analyser.words();
    analyser.read('one two three');
    expect(analyser.words().buffer).toBe(buffer);
  });

  it('is asked for by what a text takes in UTF-8, the same for one that is nearly ASCII', () => {
    const analyser = createTextAnalyser();
    const held = (given: string): number => {
      analyser.read(given);
      return analyser.words().buffer.byteLength / mega;
    };
    const ascii = 'twelve bytes'.repeat(mega / 12);
    expect(held(ascii)).toBe(held(`${ascii}…`));
  });

  it('has an end, and what was asked for beyond it leaves the analyser whole', () => {
    const analyser = createTextAnalyser();
    expect(() => analyser.read('a'.repeat(200e6))).toThrow(/4 GiB\. Split records of more than 170 MB/);
    analyser.read('one two three');
    expect(analyser.wordCount).toBe(3);
  });
});
