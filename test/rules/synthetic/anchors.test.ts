import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {compileAnchors} from '../../../rules/synthetic/anchors.js';
import type {CorpusRecord, Features} from '../../../src/api.js';
import {createTextAnalyser} from '../../../src/features/text.js';

const analyser = createTextAnalyser();
/** As the engine gives it: one array for each text. */
const feature = ((record: CorpusRecord, name: keyof Features) => {
  expect(name).toBe('wordHashes');
  analyser.read(record.text);
  return analyser.words().slice();
}) as never;
const owners = [
  {name: 'model', phrases: ['as a language model', 'ich bin ein Sprachmodell']},
  {name: 'help', phrases: ['happy to help', 'hope this helps']},
  {name: 'cjk', phrases: ['作为人工智能']},
  {name: 'one word', phrases: ['turbofish']},
];
const anchors = compileAnchors(feature, owners, ({phrases}) => phrases);
const namesIn = (text: string) => anchors.find({text} as CorpusRecord).map(({name}) => name);

describe('phrases that are looked for before any pattern', () => {
  it.each([
    ['Well, as a language model I cannot say.', ['model']],
    ['AS A LANGUAGE MODEL', ['model']],
    ['as a (language) model: hope this helps!', ['model', 'help']],
    ['Ich bin ein Sprachmodell.', ['model']],
    ['他说：作为人工智能，我不能。', ['cjk']],
    ['a turbofish', ['one word']],
    ['as a language, model railways', ['model']],
    ['a language as a model', []],
    ['happy to be of help', []],
    ['', []],
  ])('in %j are those of %j', (text, names) => {
    expect(namesIn(text).sort()).toEqual([...names].sort());
  });

  it('are found wherever they stand among other words, and each owner once', () => {
    const word = fc.constantFrom('the', 'keeper', 'a', 'model', 'language', 'help', 'to', 'as');
    const phrase = fc.constantFrom(
      ...owners.flatMap(({name, phrases}) => phrases.map(text => ({name, text}))),
    );
    fc.assert(
      fc.property(fc.array(word), phrase, fc.array(word), (before, {name, text}, after) => {
        const found = namesIn([...before, text, text, ...after].join(' '));
        expect(found.filter(one => one === name)).toEqual([name]);
      }),
    );
  });

  it('with letters beyond ASCII are found in the first text that could hold one', () => {
    const phrases = [['großes Sprachmodell'], ['modèle de langage'], ['大语言模型']];
    const find = (text: string) => {
      // A list is compiled once: these are new each time.
      const own = compileAnchors(
        feature,
        phrases.map(list => [...list]),
        list => list,
      );
      return own.find({text} as CorpusRecord).map(([phrase]) => phrase);
    };
    expect(find('Nothing of the sort.')).toEqual([]);
    // ß folds to ss.
    expect(find('EIN GROSSES SPRACHMODELL')).toEqual(['großes Sprachmodell']);
    expect(find('Un MODÈLE de langage')).toEqual(['modèle de langage']);
    expect(find('我是大语言模型')).toEqual(['大语言模型']);
  });
});
