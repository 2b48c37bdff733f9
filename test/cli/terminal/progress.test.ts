import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createProgress, type ProgressOptions} from '../../../src/cli/terminal/progress.js';
import {cells} from '../../../src/report/width.js';

function setup(options: Partial<ProgressOptions> = {}, terminal: {isTTY?: boolean; columns?: number} = {}) {
  const written: string[] = [];
  let time = 0;
  const progress = createProgress({
    stream: {write: text => written.push(text), ...terminal},
    total: 100_000_000,
    quiet: false,
    env: {TERM: 'xterm', LANG: 'C.UTF-8'},
    now: () => time,
    ...options,
  });
  const at = (milliseconds: number, bytes: number, records: number) => {
    time = milliseconds;
    progress.update(bytes, records);
  };
  return {written, progress, at};
}

test('a terminal shows a bar with percent, rates and the time left', () => {
  const {written, progress, at} = setup({}, {isTTY: true, columns: 80});
  at(10_000, 42_000_000, 450_000);
  progress.done();
  expect(written).toEqual([
    '\r━━━━━━━───────────  42 %  450,000 records  4.2 MB/s  45,000 records/s  ETA 0:14\x1b[K',
    '\r\x1b[K',
  ]);
});

test('a narrow terminal keeps the bar and the time left', () => {
  const lines = [60, 40, 20, 10].map(columns => {
    const {written, at} = setup({}, {isTTY: true, columns});
    at(10_000, 50_000_000, 450_000);
    return written[0]!.slice(1, -3);
  });
  expect(lines).toEqual([
    '━━━━━━━────────  50 %  5.0 MB/s  45,000 records/s  ETA 0:10',
    '━━━━━━───────  50 %  5.0 MB/s  ETA 0:10',
    '━━━━━━───────  50 %',
    '50 %',
  ]);
});

test('it redraws at most ten times a second', () => {
  const {written, at} = setup({}, {isTTY: true, columns: 80});
  for (let time = 0; time <= 1000; time += 1) at(time, time * 1000, time);
  expect(written).toHaveLength(10);
});

test('a run that is over at once draws nothing and clears nothing', () => {
  const {written, progress, at} = setup({}, {isTTY: true, columns: 80});
  at(50, 100_000_000, 10);
  progress.done();
  expect(written).toEqual([]);
});

test('done twice clears once, and the cursor is never touched', () => {
  const {written, progress, at} = setup({}, {isTTY: true, columns: 80});
  at(5000, 1, 1);
  progress.done();
  progress.done();
  expect(written).toHaveLength(2);
  expect(written.join('')).not.toContain('\x1b[?25');
});

test('the line never takes the last column, however narrow the terminal', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 200}),
      fc.integer({min: 100, max: 1e8}),
      fc.integer({min: 0, max: 2e8}),
      fc.option(fc.constant(1e8), {nil: undefined}),
      (columns, time, bytes, total) => {
        const {written, at} = setup({total}, {isTTY: true, columns});
        at(time, bytes, bytes);
        const [line = ''] = written;
        expect(cells(line.replace(/^\r/, '').replace('\x1b[K', ''))).toBeLessThan(columns);
      },
    ),
  );
});

test.each([
  ['not a terminal', {}, {}],
  ['CI', {env: {CI: 'true', TERM: 'xterm'}}, {isTTY: true}],
  ['TERM=dumb', {env: {TERM: 'dumb'}}, {isTTY: true}],
])('%s: one line per 30 seconds', (_, options, terminal) => {
  const {written, progress, at} = setup(options, terminal);
  for (let time = 0; time <= 75_000; time += 500) at(time, time * 1000, time);
  progress.done();
  expect(written).toEqual([
    'collapse: 30 %, 30,000 records, 1.0 MB/s, 1,000 records/s, ETA 1:10\n',
    'collapse: 60 %, 60,000 records, 1.0 MB/s, 1,000 records/s, ETA 0:40\n',
  ]);
});

test('CI=false is not CI', () => {
  const {written, at} = setup({env: {CI: 'false', LANG: 'C'}}, {isTTY: true, columns: 80});
  at(10_000, 50_000_000, 100);
  expect(written[0]).toMatch(/^\r#+-+ {2}50 % /);
});

test('an unknown total gives amounts and rates without a bar', () => {
  const {written, at} = setup({total: undefined}, {isTTY: true, columns: 80});
  at(2000, 3_000_000_000, 4);
  expect(written).toEqual(['\r3.0 GB  4 records  1.5 GB/s  2 records/s\x1b[K']);
});

test('a file that grows while it is read stays at 100 %', () => {
  const {written, at} = setup({total: 10}, {});
  at(30_000, 40, 1);
  expect(written[0]).toContain('collapse: 100 %, 1 record, 1 B/s, 0 records/s, ETA 0:00');
});

test('quiet is silent', () => {
  const {written, progress, at} = setup({quiet: true}, {isTTY: true, columns: 80});
  at(60_000, 1, 1);
  progress.done();
  expect(written).toEqual([]);
});
