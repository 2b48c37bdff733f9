import fc from 'fast-check';
import {expect, test} from 'vitest';
import {renderHtml} from '../../../src/report/html.js';
import type {Report} from '../../../src/report/report.js';
import {gates, rules} from '../samples.js';
import {elements, parseHtml, structureOf, textOf} from './parse.js';
import {rich} from './rich.js';

/** Keys whose values are chosen by the program and by rules, not by records. */
const ours = new Set([
  'rule',
  'level',
  'view',
  'scope',
  'status',
  'verdict',
  'relation',
  'role',
  'kind',
  'unit',
]);

/** Every text of the report that a record, a path or a plugin can choose, as `text`; pictures find their columns. */
function filledWith(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') return ours.has(key) || value === 'round' ? value : text;
  if (key === 'picture' || key === 'columns') return value;
  if (Array.isArray(value)) return value.map(item => filledWith(item, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, filledWith(item, text, name)]),
  );
}

const render = (text: string) => renderHtml(filledWith(rich, text) as Report, {rules, gates});
const plain = structureOf(parseHtml(render('word')));

const attacks = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</style><style>*{display:none}</style>',
  '</title><base href=//example.org>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '" onmouseover="alert(1)" x="',
  "' onfocus='alert(1)' autofocus='",
  '<!-- ',
  '-->',
  ']]>',
  '<![CDATA[',
  '&lt;b&gt; &amp; &#0; &unknown; &',
  'javascript:alert(1)',
  '{{7*7}}<%= 7 %>',
  '<details open><summary>',
  '</td></tr></table></main>',
  '$& $1 $` $$',
];

test.each(attacks)('%s stays text', attack => {
  const page = parseHtml(render(attack));
  // A backtick in prose is the beginning of code, which changes the look and nothing else.
  const expected = attack.includes('`') ? structureOf(parseHtml(render('wo`rd'))) : plain;
  expect(structureOf(page)).toEqual(expected);
  expect(textOf(page)).toContain(attack);
});

test('what a browser would obey or hide is made visible', () => {
  const text = 'a\u202eb\u2066c\u200bd\x1b[2J\x9b\x00\ud800e\udc00\ufeff\u2028f\x07\u{e0041}';
  const page = render(text);
  expect(page).not.toMatch(
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2066-\u2069\ufeff]|\p{Cs}/u,
  );
  expect(page).toContain('⟨U+202E⟩');
  expect(page).toContain('␛[2J');
  expect(page).toContain('⟨U+D800⟩');
  expect(Buffer.from(page, 'utf8').toString('utf8')).toBe(page);
  expect(structureOf(parseHtml(page))).toEqual(plain);
});

test('no text whatever changes what the page is made of', () => {
  const piece = fc.oneof(
    fc.constantFrom(...attacks, '<', '>', '"', "'", '&', '=', '/', '\n', '\u202e', '\ud800', '\\'),
    fc.string({unit: 'binary'}),
  );
  const texts = fc
    .array(piece, {minLength: 1, maxLength: 6})
    .map(pieces => pieces.join('').replaceAll('`', ''))
    // Where nothing but blanks is left, a place has no name to show; see below.
    .filter(text => text.trim() !== '');
  fc.assert(
    fc.property(texts, text => {
      expect(structureOf(parseHtml(render(text)))).toEqual(plain);
    }),
    {numRuns: 150},
  );
});

test('texts of any length are cut, and ids and messages that are empty break nothing', () => {
  const long = render('<b>'.repeat(100_000));
  expect(long.length).toBeLessThan(600_000);
  expect(structureOf(parseHtml(long))).toEqual(plain);
  expect(elements(parseHtml(render('')))).not.toHaveLength(0);
});
