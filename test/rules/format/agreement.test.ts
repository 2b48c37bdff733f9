import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseMarkdown} from '../../../plugins/unified/markdown.js';
import {builtinFormats, formatOf} from '../../../rules/format/formats.js';
import {withoutCodeSpans} from '../../../rules/format/inline.js';
import {scanMarkdown} from '../../../rules/format/scan.js';
import {structureOf} from '../../../rules/format/tree.js';

/** The fast scan is held against the tree of a full Markdown parser, on generated Markdown. */
const byTree = (text: string) => formatOf(text, [], source => structureOf(parseMarkdown(source), source));

const words = fc.constantFrom(
  'The boat left.',
  'gulls, `tar` and rope',
  'a ``b ` c`` d',
  'open ` tick',
  '<b>bold</b>',
  '`<b>` x </b>',
  '<br>',
  'costs $5 or $10',
  'so $x^2$ is',
  '\\boxed{4}',
  '`\\boxed{4}`',
  'a | b',
  '\\[ x \\]',
  '*stress* and **weight**',
  '1968. was good',
  '# not always',
  'def f(x):',
  'let f = x => 2',
  '• a sign',
);
const sentence = fc.array(words, {minLength: 1, maxLength: 3}).map(list => list.join(' '));
const block: fc.Arbitrary<string> = fc.oneof(
  {weight: 4, arbitrary: fc.array(sentence, {minLength: 1, maxLength: 3}).map(list => list.join('\n'))},
  fc
    .tuple(fc.constantFrom('#', '##', '######', '#######'), sentence)
    .map(([sign, text]) => `${sign} ${text}`),
  fc
    .tuple(sentence, fc.constantFrom('===', '---', '-', '- - -', '***'))
    .map(([text, line]) => `${text}\n${line}`),
  fc
    .tuple(fc.constantFrom('```', '~~~~', '``` js'), sentence, fc.constantFrom('```', '~~~~', ' ```', ''))
    .map(([open, text, close]) => `${open}\n${text}\n${close}`),
  fc
    .tuple(
      fc.constantFrom('| a | b |', 'a | b', '|a|', 'x\n| a | b'),
      fc.constantFrom('|---|:-:|', '--|--', '|-|', '-|-|-'),
    )
    .map(([head, line]) => `${head}\n${line}\n| 1 | 2 |`),
  fc
    .tuple(fc.constantFrom('<div>', '<think>', '</b>', '<!-- x', '<pre>', '<x y="z">', '<u>u</u>'), sentence)
    .map(([tag, text]) => `${tag}\n${text}`),
  sentence.map(text => `> ${text}`),
  sentence.map(text => `    ${text}`),
  fc.constantFrom('---', '***', '_ _ _', '<!-- note -->'),
);
const list: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom('- ', '* ', '1. ', '2. ', '3) ', '-   ', '10. ', '+\t', '-     '),
      fc.oneof(
        {weight: 3, arbitrary: block},
        fc
          .array(fc.tuple(fc.constantFrom('- ', '1. '), sentence), {maxLength: 3})
          .map(items => items.map(([marker, text]) => marker + text).join('\n')),
      ),
      fc.constantFrom('\n', '\n\n'),
      fc.constantFrom(0, 2, 3, 4),
    ),
    {minLength: 1, maxLength: 4},
  )
  .map(items =>
    items
      .map(([marker, text, gap, indent]) => marker + text.replaceAll('\n', `\n${' '.repeat(indent)}`) + gap)
      .join(''),
  );
const markdown = fc
  .array(
    fc.tuple(fc.oneof({weight: 2, arbitrary: block}, list), fc.constantFrom('\n', '\n\n', '\n\n', '\n \n')),
    {maxLength: 5},
  )
  .map(parts => parts.map(([text, gap]) => text + gap).join(''));

/** What differs is what CommonMark leaves to footnotes, or where the parser strays: lists after indented code. */
test('scan and tree agree on generated Markdown', () => {
  const texts = fc.sample(markdown, {numRuns: 2000, seed: 20_250_407});
  const layout = ({prose: _, ...rest}: ReturnType<typeof scanMarkdown>) => JSON.stringify(rest);
  const differing = texts.filter(text => formatOf(text) !== byTree(text));
  const structures = texts.filter(
    text => layout(scanMarkdown(text, {prose: true})) !== layout(structureOf(parseMarkdown(text), text)),
  );
  const shown = differing.slice(0, 10).map(text => [text, formatOf(text), byTree(text)]);
  expect(differing.length / texts.length, JSON.stringify(shown, null, 1)).toBeLessThanOrEqual(0.005);
  expect(structures.length / texts.length).toBeLessThanOrEqual(0.02);
  // The texts must be hard enough: no format may have most of them, and none may be missing.
  const counts = builtinFormats.map(format => texts.filter(text => formatOf(text) === format).length);
  expect(Math.max(...counts)).toBeLessThan(texts.length / 2);
  expect(Math.min(...counts.slice(1))).toBeGreaterThan(texts.length / 500);
});

test('code spans are found as the parser finds them', () => {
  const ticks = fc.array(fc.constantFrom('`', '``', '```', '\\', 'a', ' ', 'b`', '\n'), {maxLength: 14});
  fc.assert(
    fc.property(ticks, parts => {
      const text = `x${parts.join('').replace(/\n\s*/g, '\ny')}`;
      const tree = parseMarkdown(text);
      if (tree.children!.length !== 1 || tree.children![0]!.type !== 'paragraph') return;
      const [prose] = structureOf(tree, text).prose;
      expect(withoutCodeSpans(text).trimEnd()).toBe(prose!.trimEnd());
    }),
    {numRuns: 3000, seed: 7},
  );
});
