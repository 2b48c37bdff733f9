import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseMarkdownFile} from '../../../src/corpus/markdown/parse.js';
import {fileRecord, proseLines, sectionRecords} from '../../../src/corpus/markdown/records.js';

async function read(text: string, dialect: 'markdown' | 'mdx' = 'markdown') {
  const parsed = await parseMarkdownFile(text, dialect);
  if ('reason' in parsed) throw new Error(`${parsed.line}: ${parsed.reason}`);
  return parsed;
}

async function prose(text: string, dialect?: 'markdown' | 'mdx'): Promise<string> {
  const {blocks} = await read(text, dialect);
  return fileRecord(blocks, 0, text.length)?.text ?? '';
}

async function refusal(text: string, dialect: 'markdown' | 'mdx' = 'markdown') {
  const parsed = await parseMarkdownFile(text, dialect);
  return 'reason' in parsed ? parsed : undefined;
}

test('code, tables, link targets, alternative texts and comments are no prose', async () => {
  const text = await prose(`# The *quay*

See [the log](https://example.org/secret "title"), run \`secret()\` there. ![secret](secret.png)

\`\`\`js
secret
\`\`\`

    secret

| secret | b |
| --- | --- |
| secret | 1 |

<!-- secret -->

[secret]: https://example.org/secret
`);
  expect(text).toBe('The quay\n\nSee the log, run there.');
});

test('lists, quotes, footnotes and HTML around words are', async () => {
  expect(await prose('- One bell\n- Two\n  bells\n\n> A *quiet*\n> night.[^1]\n\n[^1]: So it was.\n')).toBe(
    'One bell\n\nTwo\nbells\n\nA quiet\nnight.\n\nSo it was.',
  );
  expect(await prose('<div align="center">\n<b>A lamp</b> &lt; <script>secret</script>\n</div>\n')).toBe(
    'A lamp &lt;',
  );
});

test('front matter is not prose, in any line ending', async () => {
  for (const text of [
    '---\na: 1\n---\nA lamp.\n',
    '---\r\na: 1\r\n---\r\nA lamp.\r\n',
    '---\na: 1\n...\nA lamp.',
  ]) {
    const {fields, blocks} = await read(text);
    expect(fields).toEqual({a: 1});
    expect(blocks.map(block => [block.text, block.line])).toEqual([['A lamp.', 4]]);
  }
  // Never closed: a rule, as Markdown has it.
  expect(await prose('---\n\nA lamp.\n')).toBe('A lamp.');
});

test('dates stay what they are, and front matter that does not parse says where', async () => {
  expect((await read('---\ndate: 2024-01-02\n---\nx')).fields).toEqual({date: '2024-01-02'});
  expect(await refusal('---\ntitle: a\nb: "c\n---\nA lamp.\n')).toMatchObject({
    line: 3,
    reason: expect.stringContaining('Front matter does not parse at line 3'),
  });
  expect(await refusal('---\n- a\n---\nx')).toMatchObject({reason: expect.stringContaining('no mapping')});
  expect(await refusal('+++\ntitle = "a"\n+++\nx')).toMatchObject({reason: expect.stringContaining('TOML')});
});

test('MDX: imports, exports, elements and expressions are passed over, words in elements are not', async () => {
  const text = await prose(
    `import {Chart} from '../chart.js'
export const secret = () => <b>secret</b>

# The ferry

<Tabs items={['secret']}>
    It leaves at {secret} in the **morning**.

    <Tab title="secret">And comes back at night.</Tab>
</Tabs>

{/* secret */}
`,
    'mdx',
  );
  expect(text).toBe('The ferry\n\nIt leaves at in the morning.\n\nAnd comes back at night.');
  expect(await refusal('# A\n\n<Tab>\n\nNever closed.\n', 'mdx')).toMatchObject({
    reason: expect.stringMatching(/^It is not MDX at line \d+: Expected a closing tag/),
  });
});

test('sections: what has no prose of its own goes with the next, or the last one', async () => {
  const text = '---\na: 1\n---\nintro\n\n# A\n\nfirst\n\n## B\n\n### C\n\nsecond\n\n## D\n\n```\ncode\n```\n';
  const {blocks, matterEnd} = await read(text);
  const records = sectionRecords(blocks, matterEnd, text.length);
  expect(records.map(record => [record.headings, record.text, record.line])).toEqual([
    [[], 'intro', 4],
    [['A'], 'A\n\nfirst', 6],
    [['A', 'B', 'C'], 'C\n\nsecond', 12],
  ]);
  expect(records.map(({start, end}) => text.slice(start, end))).toEqual([
    'intro\n\n',
    '# A\n\nfirst\n\n',
    '## B\n\n### C\n\nsecond\n\n## D\n\n```\ncode\n```\n',
  ]);
});

test('each line of the text knows its line in the file and what it stands under', async () => {
  const text = '# A\n\nfirst\nsecond `x`\n\n```\ncode\n```\n\n## B\n\n> third\n';
  const {blocks} = await read(text);
  const record = fileRecord(blocks, 0, text.length)!;
  const lines = proseLines(blocks);
  const found = lines.map(({at, line, headings}) => {
    const end = record.text.indexOf('\n', at);
    return [record.text.slice(at, end < 0 ? undefined : end), line, headings.join(' > ')];
  });
  expect(found).toEqual([
    ['A', 1, 'A'],
    ['first', 3, 'A'],
    ['second', 4, 'A'],
    ['B', 10, 'A > B'],
    ['third', 12, 'A > B'],
  ]);
});

const piece = fc.constantFrom(
  ...[
    '# A\n',
    '\n',
    'A lamp.\n',
    '> quoted\n',
    '- item\n',
    '```\n',
    '| a |\n|---|\n',
    '<b>x</b>\n',
    '**bold** `c`\n',
  ],
);

test('law: sections cut a file into stretches that leave nothing out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, {maxLength: 20}), async pieces => {
      const text = pieces.join('');
      const {blocks, matterEnd} = await read(text);
      const records = sectionRecords(blocks, matterEnd, text.length);
      if (records.length === 0) return;
      expect(records.map(({start, end}) => text.slice(start, end)).join('')).toBe(text);
    }),
    {numRuns: 200, seed: 7},
  );
});

test('law: every line of the prose stands in the line of the file that it names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, {maxLength: 20}), async pieces => {
      const text = pieces.join('');
      const {blocks} = await read(text);
      const record = fileRecord(blocks, 0, text.length);
      const source = text.split('\n');
      for (const {at, line} of record === undefined ? [] : proseLines(blocks)) {
        const own = record!.text.slice(at).split('\n', 1)[0]!;
        for (const word of own.split(' ')) expect(source[line - 1]).toContain(word);
      }
    }),
    {numRuns: 200, seed: 7},
  );
});

test('text that would keep the parser busy for minutes is refused, with its line', async () => {
  const refused = async (text: string) => (await refusal(`A lamp.\n\n${text}\n`))?.line;
  expect(await refused('*a_ '.repeat(5000))).toBe(3);
  expect(await refused('['.repeat(20_000))).toBe(3);
  expect(await refused('> '.repeat(2000))).toBe(3);
  expect(await refused('- '.repeat(2000))).toBe(3);
  // A long list and a program are nothing of the kind.
  expect(await refused('- **a** *b*\n'.repeat(2000))).toBeUndefined();
  expect(await refused(`\`\`\`\n${'a = b[c] * d\n'.repeat(6000)}\`\`\``)).toBeUndefined();
});
