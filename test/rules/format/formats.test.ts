import {describe, expect, test} from 'vitest';
import {answerOf, builtinFormats, formatOf} from '../../../rules/format/formats.js';
import {readPatterns} from '../../../rules/format/patterns.js';
import type {CorpusRecord} from '../../../src/api.js';

/** Parts that each show one format, in the order of precedence. */
const parts: Record<string, string> = {
  tags: '<think>The tide turns at four.</think>',
  'code-fence': '```sh\nls boats\n```',
  function: 'def tide(hour):\n    return hour % 12',
  latex: 'The depth is \\boxed{4}.',
  table: '| boat | crew |\n| --- | --- |\n| Tern | 3 |',
  headed: '## Harbour',
  numbered: '1. Cast off.\n2. Set sail.',
  bullets: '- rope\n- tar',
  prose: 'The boat left at dawn.',
};

describe('each format', () => {
  test.each(Object.entries(parts))('%s', (format, part) => {
    expect(formatOf(part)).toBe(format);
    expect(formatOf(`Before it.\n\n${part}\n\nAfter it.`)).toBe(format);
  });

  test.each([
    ['json', '{"boat": "Tern", "crew": 3}'],
    ['json', '\n [1, 2]\n'],
    ['prose', '{"boat": '],
    ['prose', '"Tern"'],
    ['prose', 'The row is {"boat": "Tern"}'],
    ['tags', '<tool_call name="tide">4</tool_call>'],
    ['tags', '- <b>rope</b>\n- tar'],
    ['prose', 'a < b and c > d </end>'],
    ['prose', '`<b>rope</b>` is bold.'],
    ['prose', 'One line<br>and another.'],
    ['code-fence', '~~~\nls\n~~~'],
    ['code-fence', '1. Run this:\n\n   ```\n   ls\n   ```\n2. Done.'],
    ['code-fence', 'It never ends:\n```\nls'],
    ['prose', 'Not a fence: ```ls```'],
    ['prose', '> ```\n> ls\n> ```'],
    ['function', 'async def tide(\n    hour,\n):\n    return hour'],
    ['function', 'export const tide = (hour) => hour % 12;'],
    ['function', 'public static int tide(int hour) {\n  return hour % 12;\n}'],
    ['function', '    int main() { return 0; }'],
    ['prose', 'function of the tide (and of the moon).'],
    ['prose', 'Long walks (in the rain) {and in the sun}.'],
    ['prose', 'Call `def` (or `fn`) a keyword.'],
    ['latex', '\\[ x + 1 \\]'],
    ['latex', 'If \\(x\\) is 2, then $x^2$ is 4.'],
    ['latex', '$$\nx = 2\n$$'],
    ['prose', 'Ropes cost $5 or $10, tar $5*2=$10.'],
    ['prose', 'The tag `\\boxed{4}` is LaTeX.'],
    ['prose', '\\[ ] and C:\\temp'],
    ['table', 'a | b\n--|--'],
    ['prose', 'a | b\nc | d'],
    ['prose', 'a | b\n--|--|--'],
    ['headed', 'Harbour\n==='],
    ['headed', 'Harbour\n---'],
    ['prose', 'Harbour\n\n---\n\nThe end.'],
    ['prose', '#hashtag\n####### seven'],
    ['numbered', '1) one\n2) two'],
    ['numbered', '1. one\n   - a\n   - b\n   - c\n2. two'],
    ['bullets', '• rope\n• tar'],
    ['bullets', '* rope\n+ tar'],
    ['prose', '- a dash alone'],
    ['prose', 'In\n1968. They sailed.'],
    ['prose', '**Bold**\n\n*italic* -- and more'],
    ['prose', ''],
    ['prose', ' \n\t'],
    ['bullets', '- a\n- b\n\n1. c\n2. d'],
    ['numbered', '1. c\n2. d\n\n- a\n- b'],
    ['numbered', '- a\n\ntext\n\n1. c\n2. d'],
  ])('%s: %j', (format, text) => {
    expect(formatOf(text)).toBe(format);
  });

  test('line ends and the last newline make no difference', () => {
    for (const [format, part] of Object.entries(parts)) {
      for (const text of [`${part}\n`, part.replaceAll('\n', '\r\n'), part.replaceAll('\n', '\r')]) {
        expect([format, formatOf(text)]).toEqual([format, format]);
      }
    }
  });
});

test('of two formats an answer has the one that stands first in the list', () => {
  const order = builtinFormats.filter(format => format !== 'json');
  expect(Object.keys(parts).sort()).toEqual([...order].sort());
  // Two lists are of one rank: the first of them counts.
  const rank = (format: string) => order.indexOf(format as never);
  for (const a of order) {
    for (const b of order) {
      if (a === b || [a, b].every(format => ['numbered', 'bullets'].includes(format))) continue;
      const mixed = `${parts[a]}\n\n${parts[b]}`;
      expect([mixed, formatOf(mixed)]).toEqual([mixed, rank(a) < rank(b) ? a : b]);
    }
  }
});

test('the response is looked at where there is one', () => {
  const record = {text: 'Q\n- a\n- b', response: '- a\n- b'} as CorpusRecord;
  expect(answerOf(record)).toBe(record.response);
  expect(answerOf({text: 'all'} as CorpusRecord)).toBe('all');
});

describe('patterns of the user', () => {
  const names = (entries: string[]) => readPatterns(entries, builtinFormats);

  test('stand for whole lines and come before all formats, in their order', () => {
    const patterns = names(['answer: Answer: *', 'steps: Step *:*', 'star: \\* * \\\\']);
    const format = (text: string) => formatOf(text, patterns);
    expect(format('## Title\nStep 1: cast off\n  Answer: 4  ')).toBe('answer');
    expect(format('```\nStep 2: sail\n```')).toBe('steps');
    expect(format('So, Answer: 4')).toBe('prose');
    expect(format('* a \\')).toBe('star');
    expect(format('a a \\')).toBe('prose');
  });

  test('pieces must not overlap', () => {
    const fits = (pattern: string, line: string) => names([`x: ${pattern}`])[0]!.fits(line);
    expect(fits('ab*bc', 'abc')).toBe(false);
    expect(fits('ab*bc', 'abbc')).toBe(true);
    expect(fits('a*a', 'a')).toBe(false);
    expect(fits('*', '')).toBe(true);
    expect(fits('a*b*b', 'ab')).toBe(false);
    expect(fits('(a+)+$', '(a+)+$')).toBe(true);
  });

  test.each([
    [['no colon'], 'Write a name'],
    [['Upper: x'], 'Write a name'],
    [['json: x'], 'a format of that name'],
    [['a: x', 'a: y'], 'a format of that name'],
    [[`a: ${'x'.repeat(201)}`], 'at most 200 characters'],
    [Array.from({length: 17}, (_, index) => `a${index}: x`), 'at most 16'],
  ])('%j is refused', (entries, message) => {
    expect(() => names(entries)).toThrow(message);
  });
});

describe('hostile answers take no time', () => {
  const million = 1 << 20;
  const ticks = Array.from({length: 1400}, (_, index) => '`'.repeat(index + 1)).join(' ');
  const cases: Record<string, string> = {
    backticks: '`'.repeat(million),
    'runs of backticks': `<b>${ticks} \\boxed{</b>`,
    'lines of backticks': '```\n'.repeat(million / 4),
    brackets: '['.repeat(million),
    'JSON without end': `${'['.repeat(million / 2)}${']'.repeat(million / 2)}`,
    'nested lists': '- '.repeat(million / 2),
    'nested list on lines': Array.from({length: 1400}, (_, depth) => `${' '.repeat(depth * 2)}- a`).join(
      '\n',
    ),
    quotes: '> '.repeat(million / 2),
    'opening tags': `${'<a '.repeat(million / 3)}</`,
    'tags of all names': `${Array.from({length: 100_000}, (_, index) => `<a${index}>`).join('')}</z>`,
    dollars: '$'.repeat(million),
    'dollars and carets': '$ ^'.repeat(million / 3),
    backslashes: '\\'.repeat(million),
    'open formulas': '\\['.repeat(million / 2),
    pipes: `${'|'.repeat(million / 2)}\n${'|-'.repeat(million / 4)}`,
    'rows of dashes': '-|'.repeat(million / 2),
    spaces: ' '.repeat(million),
    tabs: '\t'.repeat(million),
    'odd spaces': '\u00a0'.repeat(million),
    modifiers: `${'static '.repeat(million / 7)}(`,
    definitions: 'def '.repeat(million / 4),
    'HTML attributes': `<x ${'a=b '.repeat(million / 4)}`,
    'short HTML attributes': `<x ${'a '.repeat(480)}\n`.repeat(1000),
    comments: '<!--\n'.repeat(million / 5),
    'carriage returns': '\r'.repeat(million),
    digits: '1'.repeat(million),
    'empty items': '-\n'.repeat(million / 2),
  };

  test.each(Object.entries(cases))('%s', (_, text) => {
    const start = performance.now();
    expect([...builtinFormats, 'answer']).toContain(formatOf(text, readPatterns(['answer: *a*b*c*'], [])));
    // Twenty milliseconds are usual. What is quadratic in a megabyte takes minutes.
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
