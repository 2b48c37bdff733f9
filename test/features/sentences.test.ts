import fc from 'fast-check';
import retextEnglish from 'retext-english';
import {unified} from 'unified';
import {describe, expect, test} from 'vitest';
import {sentencesOf} from '../../src/features/sentences.js';

const split = (text: string) => sentencesOf(text).map(({start, end}) => text.slice(start, end));

interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly position?: {readonly start: {readonly offset?: number}; readonly end: {readonly offset?: number}};
}

/** Sentences as retext-english has them. */
function oracle(text: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'SentenceNode')
      found.push(text.slice(node.position!.start.offset, node.position!.end.offset).trim());
    else for (const child of node.children ?? []) visit(child);
  };
  visit(unified().use(retextEnglish).parse(text) as Node);
  return found;
}

/** Invented prose in which both must agree. */
const prose = [
  'The ferry left at 6.30 in the morning. Nobody waved! Did the keeper see it? He did not.',
  'Dr. Lund paid 3.5 crowns to Mr. Aune. The rest is owed.',
  '“Is it late?” asked Ada. “Very late.” She put the lamp out.',
  'Three boats, e.g. the Tern, stayed out. Two came home.',
  'First paragraph without a stop\n\nSecond paragraph, with one.',
  'Wait… what was that? A gull. (It was only a gull.) Go back to sleep.',
  'J. Lund mended nets. A. Aune sold them.',
  'It cost £4.20. That was too much!',
  'The buoys were painted red, white and black. Each had a bell; none had a light.',
  'He asked: why now? Nobody knew.',
];

test.each(prose)('as retext-english: %s', text => {
  expect(split(text)).toEqual(oracle(text));
});

describe('where it is told apart', () => {
  test.each([
    // A list is not prose: retext joins its items.
    ['Bring:\n- a rope\n- a lamp', ['Bring:', '- a rope', '- a lamp']],
    ['1. Cast off.\n2. Row out.', ['1. Cast off.', '2. Row out.']],
    ['# Tides\nThey turn.', ['# Tides\nThey turn.']],
    ['They turn.\n## Winds\nThey do not.', ['They turn.', '## Winds\nThey do not.']],
    ['潮が満ちる。船は出ない！なぜ？', ['潮が満ちる。', '船は出ない！', 'なぜ？']],
    ['Das kostet ca. 4 Kronen. Gut.', ['Das kostet ca. 4 Kronen.', 'Gut.']],
    [
      'Nets, ropes, etc. were sold. Then she left, etc. The end.',
      ['Nets, ropes, etc. were sold.', 'Then she left, etc.', 'The end.'],
    ],
    ['Seen by two [doc_1]. And by one more [doc_2].', ['Seen by two [doc_1].', 'And by one more [doc_2].']],
    ['', []],
    [' \n ', []],
    ['...', ['...']],
  ])('%s', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });
});

test('sentences are in order, apart, trimmed, and lose only white space', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', '1', '.', '!', '?', ' ', '\n', '。', '"', '-', '#'),
  });
  fc.assert(
    fc.property(text, given => {
      const parts = split(given);
      expect(parts.every(part => part === part.trim() && part !== '')).toBe(true);
      expect(parts.join('').replace(/\s/g, '')).toBe(given.replace(/\s/g, ''));
    }),
  );
});

test('hostile text is split in linear time', () => {
  for (const text of [
    '. '.repeat(2e5),
    '\n'.repeat(4e5),
    '.'.repeat(4e5),
    '\n '.repeat(2e5),
    '."'.repeat(2e5),
  ])
    sentencesOf(text);
});
