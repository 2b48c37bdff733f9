import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {openingUnits, openingWords, phrasings} from '../../../rules/synthetic/boilerplate.js';
import {frontMatterLine, matterKeywords} from '../../../rules/synthetic/declarations.js';
import {markKeywords, marksOf} from '../../../rules/synthetic/marks.js';
import {residues} from '../../../rules/synthetic/residue.js';
import type {KeywordList} from '../../../src/api.js';
import {createKeywords} from '../../../src/features/keywords.js';
import {createTextAnalyser} from '../../../src/features/text.js';

/** Whether a text has one of the keywords. */
function finderOf(list: KeywordList): (text: string) => boolean {
  const keywords = createKeywords();
  keywords.add(list);
  const analyser = createTextAnalyser(keywords);
  return text => {
    analyser.read(text);
    return analyser.keywords().length === 1;
  };
}

/** Texts that a pattern may match. What fast-check cannot make, such as look-behind, is left out of the pattern. */
function textsFor({source}: RegExp): fc.Arbitrary<string> {
  const plain = withoutLooks(source)
    .replaceAll('\\b', '')
    .replaceAll('\\p{Lu}', 'A')
    .replaceAll('\\p{L}', 'a')
    .replaceAll('\\s', ' ');
  return fc.stringMatching(new RegExp(plain, 'u'));
}

/** The pattern without what looks ahead or back. */
function withoutLooks(source: string): string {
  const look = /\(\?<?[=!]/.exec(source);
  if (look === null) return source;
  let depth = 0;
  let inClass = false;
  for (let at = look.index; ; at++) {
    const sign = source[at];
    if (sign === '\\') at++;
    else if (inClass) inClass = sign !== ']';
    else if (sign === '[') inClass = true;
    else if (sign === '(') depth++;
    else if (sign === ')' && --depth === 0)
      return source.slice(0, look.index) + withoutLooks(source.slice(at + 1));
  }
}

/** Holds for all texts that the pattern matches, of which there are some. */
function whereMatched(pattern: RegExp, check: (text: string) => void): void {
  let matched = 0;
  const texts = fc.tuple(textsFor(pattern), fc.constantFrom('', ' ', '\n', '.', 'a lamp\n\n'));
  fc.assert(
    fc.property(texts, fc.boolean(), ([text, after], loud) => {
      const whole = (loud ? text.toUpperCase() : text) + after;
      if (!new RegExp(pattern.source, pattern.flags).test(whole)) return;
      matched++;
      check(whole);
    }),
    {numRuns: 150, seed: 8},
  );
  expect(matched).toBeGreaterThan(5);
}

describe('what a pattern matches has one of its keywords', () => {
  it.each(
    residues
      .filter(({sign}) => sign !== undefined)
      .map(each => [each.pattern.source.slice(0, 60), each] as const),
  )('%s', (_, {pattern, keywords, sign}) => {
    const found = finderOf(keywords);
    whereMatched(pattern, text => {
      expect(text).toContain(sign);
      expect([text, found(text)]).toEqual([text, true]);
    });
  });

  it.each(
    phrasings
      .filter(({where}) => where === 'start')
      .map(each => [each.pattern.source.slice(0, 60), each] as const),
  )('%s, and begins with a first word', (_, {pattern, keywords}) => {
    const found = finderOf(keywords);
    whereMatched(pattern, text => {
      expect([text, found(text)]).toEqual([text, true]);
      openingWords.lastIndex = 0;
      expect(openingWords.test(text.slice(0, openingUnits))).toBe(true);
    });
  });

  it('marks and front matter', () => {
    const piece = fc.oneof(
      fc.constantFrom(...markKeywords.signs!),
      fc.constantFrom('a', 'Z', ' ', 'ж', 'Г', 'о', 'c', ', ', '\u{1f3f4}', 'é', 'λ', '中', '\ud83d'),
      fc.string({unit: 'binary', maxLength: 2}),
    );
    const isSuspect = finderOf(markKeywords);
    let marked = 0;
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 12}), pieces => {
        const text = pieces.join('');
        if (marksOf(text).length === 0) return;
        marked++;
        expect([text, isSuspect(text)]).toEqual([text, true]);
      }),
      {numRuns: 5000, seed: 9},
    );
    expect(marked).toBeGreaterThan(500);
    const matter = '---\nauthor: ChatGPT\n---\nA lamp.';
    expect([frontMatterLine(matter) !== undefined, finderOf(matterKeywords)(matter)]).toEqual([true, true]);
  });
});
