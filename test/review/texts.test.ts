import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cells} from '../../src/report/width.js';
import {layOut, textOf} from '../../src/review/line.js';
import {differenceLines, textLines} from '../../src/review/texts.js';

describe('laying out', () => {
  test('loses nothing of plain words and keeps within the width', () => {
    const words = fc.array(fc.stringMatching(/^[a-z漢字]{1,30}$/), {minLength: 1, maxLength: 30});
    fc.assert(
      fc.property(words, fc.integer({min: 4, max: 60}), (all, width) => {
        const text = all.join(' ');
        const lines = layOut([{text, tone: 'plain'}], width, 1000).map(textOf);
        expect(lines.join('').replaceAll(' ', '')).toBe(all.join(''));
        // A blank that ends a line may hang over.
        for (const line of lines) expect(cells(line.trimEnd())).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('does not cut what stands for a hidden character', () => {
    const family = Array.from({length: 6}, () => '👩').join('\u200d');
    for (let width = 9; width < 40; width++) {
      const lines = layOut([{text: `so: ${family}`, tone: 'plain'}], width, 100).map(textOf);
      expect(lines.join('')).toBe(`so: ${family.replaceAll('\u200d', '⟨U+200D⟩')}`);
      for (const line of lines) {
        expect(line.match(/⟨/g)?.length).toBe(line.match(/⟩/g)?.length);
        expect(cells(line.trimEnd())).toBeLessThanOrEqual(width);
      }
    }
  });

  test('line breaks stay, and blank lines too', () => {
    expect(layOut([{text: 'one\n\ntwo\r\nthree', tone: 'plain'}], 20, 10).map(textOf)).toEqual([
      'one',
      '',
      'two',
      'three',
    ]);
  });
});

describe('a text', () => {
  test('has its findings marked, also where they overlap or lie outside', () => {
    const spans = [
      {part: 'text', start: 4, end: 9},
      {part: 'text', start: 6, end: 12},
      {part: 'text', start: 500, end: 600},
    ] as const;
    expect(textLines('the quick brown fox', spans, 80).map(textOf)).toEqual(['the »quick«» br«own fox']);
  });

  test('that is long is shown around the finding, and says what is left out', () => {
    const text = `${'a'.repeat(50_000)} HERE ${'b'.repeat(50_000)}`;
    const lines = textLines(text, [{part: 'text', start: 50_001, end: 50_005}], 100).map(textOf);
    expect(lines.join('')).toContain('»HERE«');
    expect(lines[0]).toMatch(/^… 45,9\d\d more characters before$/);
    expect(lines.at(-1)).toMatch(/^… [\d,]+ more characters after$/);
    expect(lines.length).toBeLessThan(1010);
  });
});

describe('two texts', () => {
  test('are shown as one with what only one has', () => {
    const lines = differenceLines('the red boat came in late', 'the blue boat came in', 80)!;
    expect(lines.map(textOf).join('\n')).toBe('the [-blue-]{+red+} boat came in{+ late+}');
  });

  test('that begin and end alike for long are shown where they differ', () => {
    const [before, after] = ['alpha beta\n'.repeat(4000), 'gamma delta\n'.repeat(4000)];
    const text = differenceLines(`${before}this\n${after}`, `${before}that\n${after}`, 80)!
      .map(textOf)
      .join('\n');
    expect(text).toContain('[-that-]{+this+}');
    expect(text).toMatch(/^… 43,0\d\d more characters before, the same in both/);
  });

  test('that have next to nothing in common are not shown as one', () => {
    expect(differenceLines('one two three four', 'alpha beta gamma', 80)).toBeUndefined();
  });

  test('any two texts can be put together again from what is shown', () => {
    const word = fc.constantFrom('sea', 'boat', 'gull', 'net', 'rope', 'tide', 'pier');
    const text = fc.array(word, {minLength: 1, maxLength: 40}).map(words => words.join(' '));
    fc.assert(
      fc.property(text, text, (here, there) => {
        const lines = differenceLines(here, there, 10_000);
        if (lines === undefined) return;
        const shown = lines.map(textOf).join('\n');
        expect(shown.replace(/\[-.*?-\]/g, '').replace(/\{\+(.*?)\+\}/g, '$1')).toBe(here);
        expect(shown.replace(/\{\+.*?\+\}/g, '').replace(/\[-(.*?)-\]/g, '$1')).toBe(there);
      }),
    );
  });
});
