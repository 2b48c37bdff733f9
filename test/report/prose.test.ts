import {expect, test} from 'vitest';
import type {Gate, Rule} from '../../src/api.js';
import {createStyle} from '../../src/report/style.js';
import {advice, sentences, why} from '../../src/report/stylish/prose.js';
import {malformed, subjectOf} from '../../src/report/subject.js';
import {declared, inUnit, range, unitOfGate, unitsOf} from '../../src/report/units.js';
import {duplication, gates, lengths, novelty, rules} from './samples.js';

const style = createStyle({color: false, width: 60});

test('sentences end where the next one begins, not at a number, an address or an abbreviation', () => {
  expect(
    sentences('Of 0.5 or more, e.g. Copies (Lee et al. Wrote it, arXiv:2107.06499). `x` is next! Done'),
  ).toEqual(['Of 0.5 or more, e.g. Copies (Lee et al. Wrote it, arXiv:2107.06499).', '`x` is next!', 'Done']);
  expect(sentences('One\n line.')).toEqual(['One line.']);
  expect(sentences('')).toEqual(['']);
});

test('why is one whole sentence, however narrow the terminal is', () => {
  const long = `${'word '.repeat(40)}end (arXiv:2107.06499). More.`;
  const said = why(long, style)
    .map(line => line.slice(9))
    .join(' ');
  expect(said).toBe(`${'word '.repeat(40)}end (arXiv:2107.06499).`);
  expect(why('', style)).toEqual([]);
});

test('what to do goes on while whole sentences fit into two lines', () => {
  expect(advice(`Do this. Then that. ${'And more of it '.repeat(9)}in the end. No.`, style)).toEqual([
    '    do   Do this. Then that.',
  ]);
});

test('findings are about rules, gates and malformed lines', () => {
  expect(subjectOf('duplicate/near', rules, gates)).toBe(rules.get('duplicate/near'));
  expect(subjectOf('gate/novelty', rules, gates)).toBe(novelty);
  expect(subjectOf('novelty', rules, gates)).toBe(novelty);
  expect(subjectOf('malformed', new Map<string, Rule>(), new Map<string, Gate>())).toBe(malformed);
  expect(subjectOf('gate/none', rules, gates)).toBeUndefined();
});

test('measures and gates have the unit that rules declare', () => {
  const unitOf = unitsOf(rules);
  expect([unitOf('length.median@accepted'), unitOf('flagged.any'), unitOf('length.other')]).toEqual([
    'words',
    'share',
    undefined,
  ]);
  expect(unitOfGate(duplication, unitOf)).toBe('share');
  expect(
    unitOfGate({...duplication, measures: ['flagged.a', 'length.median']} as Gate, unitOf),
  ).toBeUndefined();
  expect(unitOfGate(novelty, unitOf)).toBeUndefined();
});

test('numbers in their unit', () => {
  expect(inUnit(0.01299, 'share')).toBe('1.3 %');
  expect(inUnit(1.5, 'share')).toBe('1.5');
  expect(inUnit(1200, 'words')).toBe('1,200 words');
  expect(inUnit(12.34567, 'count')).toBe('12.35');
  expect(range([0, 0.06996], 'share')).toBe('0 % to 7.0 %');
  expect(range([1, 2.5], 'bits')).toBe('1 to 2.5 bits');
  expect(declared(lengths.measures['length.median']!)).toBe('Median length. In words.');
  expect(declared('Some number')).toBe('Some number');
});
