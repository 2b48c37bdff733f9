import fc from 'fast-check';
import {expect, test} from 'vitest';
import {claimsOf, readSources} from '../../../rules/grounding/support-claims.js';
import {stem, tokensOf} from '../../../rules/grounding/tokens.js';
import {sentencesOf} from '../../../src/features/sentences.js';

const claims = (answer: string, ...sources: string[]) =>
  claimsOf(answer, sentencesOf(answer), readSources(sources, sentencesOf));
const kinds = (answer: string, ...sources: string[]) =>
  claims(answer, ...sources).flatMap(({mismatches}) =>
    mismatches.map(({kind, start, end}) => `${kind} ${answer.slice(start, end)}`),
  );

test.each([
  ['boats', 'boat'],
  ['moved', 'move'],
  ['landing', 'landed'],
  ['miles', 'mile'],
  ['boxes', 'box'],
  ['carried', 'carry'],
  ['stopped', 'stop'],
  ['glass', 'glasses'],
])('%s and %s have one stem', (a, b) => {
  expect(stem(a)).toBe(stem(b));
});

test('tokens know their kind, their unit and their place', () => {
  const text = 'In Skagen 1,200 boats paid $3.50 for 40 km, three miles and 5% of it.';
  const shown = tokensOf(text, 100).map(({kind, key, unit, start, end}) =>
    [kind, key, unit ?? '', text.slice(start, end)].join(' | '),
  );
  expect(shown).toEqual([
    'name | skagen |  | Skagen',
    'number | 1200 |  | 1,200',
    `word | ${stem('boats')} |  | boats`,
    `word | ${stem('paid')} |  | paid`,
    'number | 3.5 | $ | $3.50',
    'number | 40 | km | 40 km',
    'number | 3 | mi | three',
    `word | ${stem('miles')} |  | miles`,
    'number | 5 | % | 5%',
  ]);
});

test('mismatches stand where they are', () => {
  expect(kinds('It is 1,300 m long.', 'It is 1,200 m long.')).toEqual(['number 1,300 m']);
  expect(kinds('The pier is 40 miles long.', 'The pier is 40 km long.')).toEqual(['unit 40 miles']);
  expect(kinds('The pier was built by Lund.', 'The pier was built by Aune.')).toEqual(['name Lund']);
  expect(kinds('Boats may land at the pier.', 'Boats may not land at the pier.')).toEqual([
    'negation Boats may land at the pier.',
  ]);
});

test('of two source sentences that are equally alike the one that agrees counts', () => {
  expect(
    kinds('Boats may land at the pier.', 'Boats may not land at the pier.', 'Boats may land at the pier.'),
  ).toEqual([]);
});

test('what stands in the sources word for word is supported', () => {
  const word = fc.constantFrom(
    'boat',
    'pier',
    'Skagen',
    '40 km',
    'not',
    'the',
    'harbour',
    'three',
    '1,200',
    'lands',
  );
  const sentence = fc.array(word, {minLength: 3, maxLength: 9}).map(words => `${words.join(' ')}.`);
  fc.assert(
    fc.property(fc.array(sentence, {minLength: 1, maxLength: 5}), fc.nat(4), (sentences, at) => {
      const claim = sentences[at % sentences.length]!;
      for (const {share, mismatches} of claims(claim, sentences.join(' '))) {
        expect(share).toBe(1);
        expect(mismatches.filter(({kind}) => kind === 'number' || kind === 'name')).toEqual([]);
      }
    }),
  );
});

test('hostile texts are read in bounded time', () => {
  for (const text of [
    '1,111,'.repeat(5e4),
    'A'.repeat(3e5),
    "a'".repeat(1e5),
    '$'.repeat(3e5),
    '[a'.repeat(1e5),
  ])
    claims(text, text);
});
