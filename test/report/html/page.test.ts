import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {renderHtml} from '../../../src/report/html.js';
import type {Report, TableReport} from '../../../src/report/report.js';
import {clean, full, gates, rules} from '../samples.js';
import {shuffled} from '../shuffled.js';
import {type Element, elements, parseHtml, textOf} from './parse.js';
import {rich} from './rich.js';

const render = (report: Report, reading = false) => renderHtml(report, {rules, gates, reading});
const {tables: _, roundFindings: __, limits: ___, ...old} = full;
const nothing: Report = {
  ...clean,
  inputs: [],
  totals: {records: 0, accepted: 0, quarantined: 0, rejected: 0, malformed: 0},
  counts: {},
};
const pages: [string, string][] = [
  ['a full report', render(full)],
  ['a rich one', render(rich)],
  ['a clean one', render(clean)],
  ['an older one', render(old)],
  ['an empty one', render(nothing)],
  ['a reference that was read', render(full, true)],
];

function all(page: string, name: string): Element[] {
  return elements(parseHtml(page)).filter(element => element.name === name);
}

function heading(page: string): string {
  return textOf(all(page, 'h1')[0]!);
}

describe.each(pages)('%s', (_name, page) => {
  const found = elements(parseHtml(page));

  test('is one file: nothing is loaded, nothing runs but its own script', () => {
    const names = new Set(found.map(({name}) => name));
    for (const name of ['link', 'img', 'iframe', 'object', 'embed', 'form', 'base', 'foreignObject'])
      expect(names).not.toContain(name);
    const attributes = found.flatMap(({attributes}) => Object.entries(attributes));
    expect(attributes.filter(([name]) => /^on|^style$|^src|^action$/i.test(name))).toEqual([]);
    const links = attributes.filter(([name]) => name.endsWith('href')).map(([, value]) => value);
    expect(links.filter(link => !link.startsWith('#'))).toEqual([]);
    expect(all(page, 'style')[0]!.children.join()).not.toMatch(/url\(|@import|expression/);
  });

  test('its policy lets in its own style sheet and nothing else', () => {
    const policy = found.find(({attributes}) => attributes['http-equiv'] === 'Content-Security-Policy');
    const sheet = textOf(all(page, 'style')[0]!);
    const hash = createHash('sha256').update(sheet).digest('base64');
    expect(all(page, 'script')).toHaveLength(1);
    const ran = createHash('sha256')
      .update(textOf(all(page, 'script')[0]!))
      .digest('base64');
    expect(policy?.attributes.content).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; script-src 'sha256-${ran}'; base-uri 'none'; form-action 'none'`,
    );
    expect(all(page, 'style')).toHaveLength(1);
  });

  test('can be walked through: landmarks, headings in order, names that lead somewhere', () => {
    for (const name of ['main', 'header', 'nav', 'h1']) expect(all(page, name)).toHaveLength(1);
    expect(all(page, 'html')[0]!.attributes.lang).toBe('en');
    const levels = found.flatMap(({name}) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    const ids = found.flatMap(({attributes: {id}}) => (id === undefined ? [] : [id]));
    expect(new Set(ids).size).toBe(ids.length);
    const targets = found.flatMap(({attributes}) => [
      ...(attributes.href === undefined ? [] : [attributes.href.slice(1)]),
      ...(attributes['aria-labelledby'] === undefined ? [] : [attributes['aria-labelledby']]),
    ]);
    for (const target of targets) expect(ids).toContain(target);
  });

  test('every table says what it is, every picture too, and a table stands behind it', () => {
    for (const table of all(page, 'table')) {
      expect(table.children[0]).toMatchObject({name: 'caption'});
      const rows = elements(table).filter(({name}) => name === 'tr');
      const widths = rows.map(({children}) => children.filter(child => typeof child !== 'string').length);
      expect(new Set(widths).size).toBe(1);
    }
    for (const card of all(page, 'article')) {
      const inside = elements(card);
      const picture = inside.find(({attributes}) => attributes.role === 'img');
      if (picture === undefined) continue;
      expect(picture.attributes['aria-label']).toMatch(/The table below has the numbers\.$/);
      expect(inside.some(({name}) => name === 'table')).toBe(true);
    }
    for (const scroll of found.filter(({attributes}) => attributes.class === 'scroll'))
      expect(scroll.attributes).toMatchObject({
        role: 'region',
        tabindex: '0',
        'aria-label': expect.any(String),
      });
  });
});

test('the verdict comes first, with what failed, why and what to do', () => {
  const page = render(full);
  expect(heading(page)).toBe('The round fails');
  const text = textOf(all(page, 'main')[0]!).replaceAll('\u00a0', ' ');
  expect(text).toContain('round gate duplication failed; 1 malformed line, 0 allowed');
  expect(text).toContain('8.4 % of the records repeat others; at most 5 % may.');
  expect(text).toContain('Measured 8.4 %, the limit is 5.0 %.');
  expect(all(page, 'h2').map(textOf)).toEqual([
    'Why it fails',
    'Gates',
    'The round as a whole',
    'Findings',
    'About this run',
  ]);
  expect(heading(render(clean))).toBe('The round passes');
  expect(heading(render(full, true))).toBe('Reference read');
});

function rowsOf(page: string, caption: string): string[][] {
  const table = all(page, 'table').find(({children}) => textOf(children[0] as Element).startsWith(caption))!;
  return elements(table)
    .filter(({name}) => name === 'tr')
    .map(row => row.children.filter(child => typeof child !== 'string').map(cell => textOf(cell)));
}

test('measures stand by family, in their unit, beside the reference', () => {
  const rows = rowsOf(render(full), 'Measures: Length');
  expect(rows[0]).toEqual(['measure', 'picture', 'all records', 'accepted', 'reference']);
  expect(rows[1]!.map(cell => cell.replace(/150250/, ''))).toEqual([
    'length.medianMedian length',
    '',
    '182 words 171.3 to 190 words',
    '185.5 words',
    '240 words',
  ]);
});

test('what is measured before and after the gates stands in one row and in one picture', () => {
  const page = render(rich);
  const rows = rowsOf(page, 'Measures: Tail');
  expect(rows[0]).toEqual(['measure', 'picture', 'all records', 'accepted', 'reference']);
  const survival = rows.filter(([name]) => name!.startsWith('tail.survival'));
  expect(survival.map(([name]) => name)).toEqual([
    'tail.survival',
    'tail.survival what gate novelty lets through',
  ]);
  expect(survival[0]!.slice(2)).toEqual(['0.846 0.831 to 0.861', '0.812 0.797 to 0.827', '0.962']);
  expect(page.match(/<h4>Survival by how frequent a word is</g)).toHaveLength(1);
  expect(rowsOf(page, 'Survival by how frequent')[7]).toEqual([
    'hapax: seen once',
    '14.9 %',
    '14.0 %',
    '13.8 % to 16.0 %',
    '26.2 %',
  ]);
});

test('views that look the same are said to be, and drawn once', () => {
  const [bands] = rich.tables!;
  const alike = {...rich, tables: [bands!, {...bands!, view: 'accepted' as const}]};
  expect(textOf(parseHtml(render(alike)))).toContain('all records; the accepted ones alike');
  expect(render(alike)).not.toContain('class="kept"');
});

test('a finding stands with its record and the words that differ', () => {
  const page = render(full);
  expect(all(page, 'del').map(textOf)).toContain('quiet');
  expect(all(page, 'ins').map(textOf)).toEqual(['silent', 'back']);
  expect(page).toContain('near copy of <code>x</code>, data/other.jsonl:12 (similarity 0.93, verified)');
  const text = textOf(parseHtml(page));
  expect(text).toContain('No record has 1,000 words or more.');
  expect(text).toContain('411 more of this rule were counted');
});

test('the same report gives the same bytes, in whatever order it was filled', () => {
  const expected = render(rich);
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), numbers => {
      expect(render(shuffled(rich, numbers) as Report)).toBe(expected);
    }),
    {numRuns: 20},
  );
});

test('a large report stays one that opens, and says what it leaves out', () => {
  const finding = full.findings[0]!;
  const names = Array.from({length: 40}, (_, at) => `a/${String(at).padStart(2, '0')}`);
  const table = full.tables![0]!;
  const large: Report = {
    ...full,
    inputs: Array.from({length: 400}, (_, at) => ({...full.inputs[0]!, path: `part-${at}.jsonl`})),
    counts: Object.fromEntries(
      names.map(name => [name, {findings: 9000, records: 800, errors: 9000, warnings: 0}]),
    ),
    findings: names.flatMap(rule => Array.from({length: 300}, () => ({...finding, rule}))),
    measures: Object.fromEntries(
      Array.from({length: 400}, (_, at) => [`m.${at}`, {view: 'all' as const, value: at}]),
    ),
    tables: [{...table, rows: Array.from({length: 200}, (_, at) => [`band ${at}`, at / 200, null, null])}],
  };
  const page = render(large);
  const text = textOf(parseHtml(page));
  expect(page.length).toBeLessThan(4_000_000);
  expect(
    all(page, 'ol')
      .flatMap(({children}) => children)
      .filter(child => typeof child !== 'string'),
  ).toHaveLength(1500);
  expect(text).toContain('8,900 more of this rule were counted and are not listed here.');
  expect(text).toContain('300 more files: the JSON report has them.');
  expect(text).toContain('100 more measures are in the JSON report.');
  expect(text).toContain('The first 30 of 200 rows are drawn; the table has all.');
});

test('labels that are numbers are written in their unit; a picture of columns that are not there is none', () => {
  const table: TableReport = {
    id: 'length.deciles',
    rule: 'length/spread',
    view: 'all',
    title: 'Lengths',
    columns: [
      {id: 'at', title: 'share', unit: 'share'},
      {id: 'words', title: 'words', unit: 'words'},
    ],
    rows: [
      [0.5, 1200],
      [null, 20],
    ],
    picture: {kind: 'bars', label: 'at', value: 'words'},
  };
  const labels = (given: TableReport) =>
    elements(parseHtml(render({...full, tables: [given]})))
      .filter(({attributes}) => attributes.class === 'label')
      .map(textOf);
  expect(labels(table)).toEqual(['50.0 %', '–']);
  expect(labels({...table, picture: {kind: 'bars', label: 'at', value: 'gone'}})).toEqual([]);
  expect(labels({...table, picture: {kind: 'matrix', row: 'at', column: 'gone', value: 'words'}})).toEqual(
    [],
  );
  expect(labels({...table, rows: []})).toEqual([]);
});
