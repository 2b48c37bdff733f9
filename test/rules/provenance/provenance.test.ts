import {describe, expect, test} from 'vitest';
import {citationsOf, shapeOf} from '../../../rules/provenance/citations.js';
import {licenceClass} from '../../../rules/provenance/licence.js';
import {provenanceSchema} from '../../../rules/provenance/schema.js';
import {schemaCompiler} from '../../../src/engine/json-schema.js';

test.each([
  ['MIT', 'permissive'],
  ['CC-BY-4.0', 'permissive'],
  ['CC-BY-SA-4.0', 'share-alike'],
  ['CC-BY-NC-SA-4.0', 'non-commercial'],
  ['CC-BY-ND-4.0', 'no-derivatives'],
  ['cc0-1.0', 'public-domain'],
  ['MIT-0', 'public-domain'],
  ['AGPL-3.0-only', 'share-alike'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'share-alike'],
  ['LicenseRef-harbour', 'proprietary'],
  ['Harbour-1.0', 'unknown'],
  ['MIT OR GPL-3.0-only', 'permissive'],
  ['MIT AND CC-BY-NC-4.0', 'non-commercial'],
  ['(MIT AND GPL-3.0-only) OR Apache-2.0', 'permissive'],
  ['https://spdx.org/licenses/CC-BY-4.0.html', 'permissive'],
  ['https://creativecommons.org/licenses/by-nc/4.0/', 'non-commercial'],
])('%s is %s', (licence, expected) => {
  expect(licenceClass(licence)).toBe(expected);
});

describe('citations', () => {
  const ids = (response: string, sources: string[], options = {}) =>
    citationsOf(response, sources, {brackets: 'alike', numbers: false, ...options}).map(
      ({id, known}) => `${id}${known ? '' : '?'}`,
    );

  test('are what names a source or is made like one', () => {
    expect(ids('[doc_1] [doc_2] [sic] [a] [Doc_1]', ['doc_1'])).toEqual(['doc_1', 'doc_2?', 'Doc_1']);
    expect(ids('[a3f9] [77aa] [word] [2024]', ['b1b2'])).toEqual(['a3f9?', '77aa?']);
    expect(ids('[17] [18] [2024-05]', ['17'])).toEqual(['17', '18?']);
    // Ids of letters alone look like any word: only equal ones count.
    expect(ids('[moon] [sic]', ['moon', 'sun'])).toEqual(['moon']);
    expect(ids('[Source: doc_1] [doc: doc_2]', ['doc_1'])).toEqual(['Source: doc_1', 'doc: doc_2?']);
    expect(ids('[wiki/Tide, no. 4]', ['wiki/Tide, no. 4'])).toEqual(['wiki/Tide, no. 4']);
  });

  test('know where they stand', () => {
    const response = 'At four [doc_1, doc_9].';
    const found = citationsOf(response, ['doc_1'], {brackets: 'alike', numbers: false});
    expect(found.map(({start, end}) => response.slice(start, end))).toEqual(['doc_1', 'doc_9']);
  });

  test('of every bracket, and by number', () => {
    expect(ids('[sic] [1] [3](link)', ['a', 'b'], {brackets: 'all', numbers: true})).toEqual([
      'sic?',
      '1',
      '3?',
    ]);
    expect(ids('[0] [1] [9] [1234]', ['a', 'b'], {numbers: true})).toEqual(['0?', '1', '9?']);
  });

  test('shapes', () => {
    expect(['doc_17', 'Doc_3', 'a3f9-77', 'moon', 'source: doc_4'].map(shapeOf)).toEqual([
      ...['doc_9', 'doc_9', 'x-9', 'moon', 'doc_9'],
    ]);
  });

  test('hostile brackets are read in linear time', () => {
    for (const text of [
      '['.repeat(3e5),
      '[a'.repeat(2e5),
      '[a,'.repeat(2e5),
      `[${',a'.repeat(90)}]`.repeat(1000),
    ])
      ids(text, ['doc_1']);
  });
});

describe('schemas', () => {
  const compile = schemaCompiler('/nowhere');

  test('say what does not fit, and where', () => {
    const check = compile(provenanceSchema);
    expect(check({source: 'a', license: 'MIT', dateCreated: '2025-03-01'})).toEqual([]);
    expect(check({license: 'MIT', dateCreated: '2025-03-01'})).toEqual([
      {at: '', message: 'must have `source`'},
    ]);
    expect(check({source: 'a', license: 'no good!', dateCreated: '2025'}).map(({at}) => at)).toContain(
      '/license',
    );
  });

  test('errors name the file and what to do', () => {
    expect(() => compile('gone.json')).toThrow('There is no `gone.json` in `/nowhere`. Name a file');
    expect(() => compile({type: 'boat'})).toThrow('is no JSON Schema that can be used');
    expect(() => compile({$ref: 'https://example.org/other.json'})).toThrow(
      'is no JSON Schema that can be used',
    );
  });
});
