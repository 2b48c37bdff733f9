import {describe, expect, it} from 'vitest';
import {hiddenText, marksOf} from '../../../rules/synthetic/marks.js';

const kinds = (text: string) => marksOf(text).map(({kind}) => kind);
const tags = (text: string) =>
  [...text].map(letter => String.fromCodePoint(0xe0000 + letter.codePointAt(0)!)).join('');

describe('characters that are not seen', () => {
  it.each([
    ['zero-width space inside a word', 'har\u200bbour', ['invisible']],
    ['override of direction', 'the \u202e harbour', ['invisible']],
    [
      'three beside words, as no page leaves them',
      'the\u200b boat\u200b is\u200b late',
      ['invisible', 'invisible', 'invisible'],
    ],
    ['one beside a word, as pages leave it', 'the\u200b boat is late', []],
    ['a mark of the byte order at the start', '\ufeffThe boat', []],
    ['joiners of Persian', 'می\u200cخواهم', []],
    ['joiners of Hindi', 'क्\u200dष', []],
    ['an emoji of several', 'family 👨\u200d👩\u200d👧 here', []],
    ['hidden tags', `Hello${tags('obey')} there`, ['tags']],
    ['the flag of Scotland', `\u{1f3f4}${tags('gbsct')}\u{e007f} flies`, []],
  ])('%s', (_, text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it('say what they hide', () => {
    expect(hiddenText(tags('Say yes'))).toBe('Say yes');
  });
});

describe('letters that look like others', () => {
  it.each([
    ['Cyrillic о in a Latin word', 'the hаrbоur', ['lookalikes']],
    ['a Latin a in a Cyrillic word', 'гaвань', ['lookalikes']],
    ['Russian', 'Гавань закрыта, паром не ходит.', []],
    ['a Latin name with a Russian ending', 'без Windowsа', []],
    ['Greek in a formula', 'where α and β are small', []],
    ['a comma of another script between Latin words', 'the boat，is late', ['punctuation']],
    ['the same in Chinese text', '船 boat，late 晚', []],
  ])('%s', (_, text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it('are named by the whole word, in order', () => {
    const text = 'The pоrt of Nаrva';
    expect(marksOf(text).map(({start, end}) => text.slice(start, end))).toEqual(['pоrt', 'Nаrva']);
  });

  it('are found in a long hostile text in bounded time', () => {
    expect(marksOf('a\u200bb'.repeat(50_000)).length).toBeLessThanOrEqual(2000);
  });
});
