import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {KeywordList} from '../../src/api.js';
import {createKeywords} from '../../src/features/keywords.js';
import {createTextAnalyser, type TextAnalyser} from '../../src/features/text.js';
import {composeText} from '../../src/features/unicode.js';
import {placedWords} from '../../src/features/words.js';

const lists: readonly KeywordList[] = [
  {phrases: ['as a language model', 'ich bin ein Sprachmodell']},
  {phrases: ['happy to help', 'hope this helps']},
  {phrases: ['作为人工智能', 'भाषा मॉडल']},
  {phrases: ['turbofish'], signs: ['::<']},
  {signs: ['<|', '<|im_END|>', '[your name]', '💡', 'ö']},
  {signs: ['好的', '<', '«qué']},
  {},
];
const keywords = createKeywords();
for (const list of lists) keywords.add(list);
const analyser = createTextAnalyser(keywords);

function listsIn(text: string, reader: TextAnalyser = analyser): readonly number[] {
  reader.read(text);
  return reader.keywords();
}

const wordsOf = (text: string) => placedWords(composeText(text)).map(({word}) => word);
const lower = (text: string) => text.replace(/[A-Z]/g, letter => letter.toLowerCase());

/** The same in plain code. */
function plain(text: string): number[] {
  const words = ` ${wordsOf(text).join(' ')} `;
  const holds = (phrase: string) =>
    /\p{Script=Han}/u.test(phrase)
      ? composeText(text).includes(phrase)
      : words.includes(` ${wordsOf(phrase).join(' ')} `);
  return lists.flatMap(({phrases = [], signs = []}, list) =>
    phrases.some(holds) || signs.some(sign => lower(text).includes(lower(sign))) ? [list] : [],
  );
}

describe('keywords', () => {
  it.each([
    ['Well, as a language model I cannot say.', [0]],
    ['AS A LANGUAGE MODEL', [0]],
    ['as a (language) model: hope this helps!', [0, 1]],
    ['Ich bin ein Sprachmodell.', [0]],
    ['他说：作为人工智能，我不能。', [2]],
    ['a भाषा मॉडल b', [2]],
    ['a turbofish', [3]],
    ['as a language, model railways', [0]],
    ['a language as a model', []],
    ['happy to be of help', []],
    ['Sincerely,\n[Your Name]', [4]],
    ['[your nam', []],
    ['<|IM_end|>', [4, 5]],
    ['dröge', [4]],
    ['dro\u0308ge', []],
    ['', []],
    ['as a language', []],
    ['language model', []],
  ])('in %j are those of %j', (text, found) => {
    expect(listsIn(text)).toEqual(found);
    expect(plain(text)).toEqual(found);
    expect(listsIn(`${'x'.repeat(13)} ${text}`)).toEqual(found);
  });

  it('are those that a plain search finds, wherever they stand', () => {
    const piece = fc.oneof(
      fc.constantFrom(...lists.flatMap(({phrases = [], signs = []}) => [...phrases, ...signs])),
      fc.constantFrom(
        'as',
        'a',
        'language',
        'model',
        'help',
        'happy to',
        '<',
        '|',
        ':',
        '[',
        'name',
        'e\u0301',
      ),
      fc.constantFrom('好', '的', '作', '为人工智', '«', 'Qué', '🦀', '\u00ad', 'İ', 'ß', '\n\n', '\ud83d'),
      fc.string({unit: 'grapheme', maxLength: 4}),
    );
    const gap = fc.constantFrom(' ', ' ', '', ', ', '-');
    const text = fc
      .array(fc.tuple(piece, gap, fc.boolean()), {maxLength: 20})
      .map(list => list.map(([word, after, loud]) => (loud ? word.toUpperCase() : word) + after).join(''));
    let found = 0;
    fc.assert(
      fc.property(text, one => {
        // As it is in the file: a half of a character is none there.
        const whole = Buffer.from(one).toString();
        const expected = plain(whole);
        found += expected.length;
        expect(listsIn(whole)).toEqual(expected);
        expect(listsIn(Buffer.from(whole) as never)).toEqual(expected);
      }),
      {numRuns: 3000, seed: 7},
    );
    expect(found).toBeGreaterThan(3000);
  });

  it('change nothing else that is known of a text', () => {
    const without = createTextAnalyser();
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', maxLength: 80}), text => {
        analyser.read(text);
        without.read(text);
        expect([...analyser.words()]).toEqual([...without.words()]);
        expect([analyser.exactLow, analyser.exactHigh]).toEqual([without.exactLow, without.exactHigh]);
        expect([...analyser.elements()]).toEqual([...without.elements()]);
      }),
    );
  });

  it('beyond ASCII are found in the first text that could hold one', () => {
    const list = {phrases: ['künstliche intelligenz', 'groß'], signs: ['好的']};
    for (const [text, found] of [
      ['Ist Künstliche Intelligenz da?', [0]],
      ['好的', [0]],
      ['GROSS', [0]],
      ['an old lamp', []],
    ] as const) {
      const few = createKeywords();
      few.add(list);
      const reader = createTextAnalyser(few);
      expect(listsIn('a lamp', reader)).toEqual([]);
      expect(listsIn(text, reader)).toEqual(found);
      expect(listsIn('a lamp', reader)).toEqual([]);
    }
  });

  it('that come later are looked for from then on, and a list twice is one', () => {
    const more = createKeywords();
    const reader = createTextAnalyser(more);
    expect(listsIn('a lamp', reader)).toEqual([]);
    const lamp = {phrases: ['lamp']};
    expect([more.add(lamp), more.add({signs: ['!']}), more.add(lamp)]).toEqual([0, 1, 0]);
    expect(listsIn('a lamp!', reader)).toEqual([0, 1]);
    expect(listsIn('a lamp', reader)).toEqual([0]);
  });

  it.each([
    [{phrases: ['…']}, '`…`'],
    [{phrases: ['好的']}, 'too short'],
    [{signs: ['name']}, 'must begin with punctuation'],
    [{signs: [' <']}, 'must begin with punctuation'],
    [{signs: ['']}, 'must begin with punctuation'],
  ])('%j are refused', (list, message) => {
    expect(() => createKeywords().add(list)).toThrow(message);
  });

  it('that are too many are refused when they are loaded', () => {
    const many = createKeywords();
    many.add({phrases: Array.from({length: 13_000}, (_, at) => `w${at}`)});
    expect(() => createTextAnalyser(many).read('a lamp')).toThrow('more keywords than there is room for');
  });
});
