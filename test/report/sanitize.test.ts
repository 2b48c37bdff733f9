import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {escapeJson, excerpt, visible} from '../../src/report/sanitize.js';
import {cells} from '../../src/report/width.js';

/** Everything a terminal obeys, and the direction and tag characters, by their code points. */
const obeyed =
  /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\u00ad]/u;
const loneSurrogate = /\p{Cs}/u;
/** Any string of code units, with the dangerous ones as likely as the rest. */
const text = fc
  .array(
    fc.oneof(
      fc.integer({min: 0, max: 0xffff}).map(code => String.fromCharCode(code)),
      fc.integer({min: 0, max: 0x10ffff}).map(code => String.fromCodePoint(code)),
      fc.constantFrom('\x1b[2J', '\x9b31m', '\u202e', '\u200d', '\u200c', '\ufe0f', '👩', 'ب', 'क', '\u094d'),
      fc.constantFrom('\u0300'.repeat(9), '\r\n', '\ud800', '\udc00', 'word ', '漢'),
    ),
  )
  .map(parts => parts.join(''));

describe('visible', () => {
  test('marks what a terminal would obey or hide', () => {
    expect(visible('\x1b[31mred\x07')).toBe('␛[31mred␇');
    expect(visible('a\tb\nc\r\nd\re\x7f\x9b')).toBe('a→b⏎c⏎d␍e␡⟨U+009B⟩');
    expect(visible('user\u202etxt.exe\u2066')).toBe('user⟨U+202E⟩txt.exe⟨U+2066⟩');
    expect(visible('pay\u200bpal\u00ad \u{e0041}\u2028\ufeff')).toBe(
      'pay⟨U+200B⟩pal⟨U+00AD⟩ ⟨U+E0041⟩⟨U+2028⟩⟨U+FEFF⟩',
    );
    expect(visible('\ud83d \udc00')).toBe('⟨U+D83D⟩ ⟨U+DC00⟩');
  });

  test('leaves ordinary text of any script as it is', () => {
    for (const ordinary of [
      'plain text',
      'naïve café',
      '漢字かな',
      'שלום',
      'می\u200cخواهم',
      'क्\u200dष',
      '❤️ 👍🏽',
    ]) {
      expect(visible(ordinary)).toBe(ordinary);
    }
  });

  test('marks joiners and selectors where no spelling needs them', () => {
    expect(visible('a\u200db')).toBe('a⟨U+200D⟩b');
    expect(visible('x\ufe0f')).toBe('x⟨U+FE0F⟩');
    expect(visible('❤\ufe0f\ufe0f')).toBe('❤\ufe0f⟨U+FE0F⟩');
  });

  test('limits marks piled on one letter', () => {
    expect(visible(`z${'\u0336'.repeat(5000)}!`)).toBe(`z${'\u0336'.repeat(8)}…!`);
  });

  test('never lets a control, direction or escape character through, and settles at once', () => {
    fc.assert(
      fc.property(text, input => {
        const shown = visible(input);
        expect(shown).not.toMatch(obeyed);
        expect(shown).not.toMatch(loneSurrogate);
        expect(visible(shown)).toBe(shown);
        expect(shown.length).toBeLessThanOrEqual(input.length * 9);
      }),
      {numRuns: 500},
    );
  });

  test('holds for every code point', () => {
    for (let start = 0; start < 0x110000; start += 0x1000) {
      const block = Array.from({length: 0x1000}, (_, offset) => `${String.fromCodePoint(start + offset)} `);
      expect(visible(block.join(''))).not.toMatch(obeyed);
    }
  });
});

describe('excerpt', () => {
  test('cuts between characters as a reader sees them', () => {
    expect(excerpt('short')).toBe('short');
    expect(excerpt('abcdef', 4)).toBe('abc…');
    expect(excerpt('日本語の文', 5)).toBe('日本…');
    expect(excerpt('ae\u0301o', 2)).toBe('a…');
    expect(excerpt('🇩🇪🇫🇷🇮🇹', 5)).toBe('🇩🇪🇫🇷…');
  });

  test('does not cut inside a mark', () => {
    expect(excerpt('ab\u202ecdefgh', 8)).toBe('ab…');
  });

  test('is bounded for every input', () => {
    fc.assert(
      fc.property(text, fc.integer({min: 1, max: 60}), (input, limit) => {
        const shown = excerpt(input, limit);
        expect(cells(shown)).toBeLessThanOrEqual(limit);
        expect(shown.length).toBeLessThanOrEqual(limit * 180);
        expect(shown).not.toMatch(obeyed);
        expect(shown).not.toMatch(loneSurrogate);
      }),
      {numRuns: 500},
    );
  });

  test('reads a bounded prefix of a huge text', () => {
    let longest = 0;
    const text = 'x'.repeat(1 << 20);
    const watched = {
      length: text.length,
      slice(start: number, end: number) {
        longest = Math.max(longest, end - start);
        return text.slice(start, end);
      },
    };
    expect(excerpt(watched as unknown as string)).toBe(`${'x'.repeat(99)}…`);
    expect(longest).toBeLessThanOrEqual(2000);
  });

  test('does not split a pair at the end of the prefix', () => {
    expect(excerpt(`${'\u0300'.repeat(199)}👍👍`, 10)).not.toContain('D8');
  });
});

test('escapeJson keeps the value and hides nothing', () => {
  fc.assert(
    fc.property(text, value => {
      const json = escapeJson(JSON.stringify({value}));
      expect(json).not.toMatch(obeyed);
      expect(JSON.parse(json)).toEqual({value});
    }),
  );
  expect(escapeJson('"\u202e\u{e0041}"')).toBe('"\\u202e\\udb40\\udc41"');
});
