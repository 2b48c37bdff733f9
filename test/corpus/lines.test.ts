import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {splitLines} from '../../src/corpus/lines.js';

function records(bytes: Uint8Array) {
  const {starts, ends, lines, count, physicalLines} = splitLines(bytes);
  expect([starts.length, ends.length, lines.length]).toEqual([count, count, count]);
  const found = Array.from(starts, (start, i) => [
    Buffer.from(bytes.subarray(start, ends[i])).toString('latin1'),
    lines[i],
  ]);
  return {found, physicalLines};
}

describe('splitLines', () => {
  it.each<[name: string, text: string, found: unknown[], physicalLines: number]>([
    ['nothing', '', [], 0],
    ['one line', 'a\n', [['a', 0]], 1],
    [
      'no final newline',
      'a\nb',
      [
        ['a', 0],
        ['b', 1],
      ],
      2,
    ],
    [
      'Windows line ends',
      'a\r\nb\r\n',
      [
        ['a', 0],
        ['b', 1],
      ],
      2,
    ],
    ['a last carriage return', 'a\r', [['a', 0]], 1],
    ['a carriage return inside', 'a\rb\n', [['a\rb', 0]], 1],
    [
      'blank lines',
      '\n\na\n \t \n\r\nb\n\n',
      [
        ['a', 2],
        ['b', 5],
      ],
      7,
    ],
    ['white space around', '  a \n', [['  a ', 0]], 1],
    ['only blank', '\n \n\r', [], 3],
    ['NUL is not blank', '\0\n', [['\0', 0]], 1],
    ['no-break space is not blank', '\xa0\n', [['\xa0', 0]], 1],
  ])('%s', (_, text, found, physicalLines) => {
    expect(records(Buffer.from(text, 'latin1'))).toEqual({found, physicalLines});
  });

  it('takes a plain Uint8Array that begins inside its buffer', () => {
    const bytes = new Uint8Array(Buffer.from('xx\na\nb\n')).subarray(3);
    expect(records(bytes).found).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('holds more lines than it first made room for', () => {
    const {count, lines} = splitLines(Buffer.from('a\n'.repeat(5000)));
    expect(count).toBe(5000);
    expect(lines.at(-1)).toBe(4999);
  });

  it('agrees with a split of the text', () => {
    const text = fc.string({unit: fc.constantFrom('a', 'é', '\n', '\r\n', ' ', '\t', '\0', '\r')});
    fc.assert(
      fc.property(text, input => {
        const plain = input.split('\n');
        if (plain.at(-1) === '') plain.pop();
        const wanted = plain
          .map((line, i) => [Buffer.from(line.replace(/\r$/, '')).toString('latin1'), i] as const)
          .filter(([line]) => /[^ \t\r]/.test(line));
        expect(records(Buffer.from(input))).toEqual({
          found: wanted.map(([...pair]) => pair),
          physicalLines: plain.length,
        });
      }),
    );
  });
});
