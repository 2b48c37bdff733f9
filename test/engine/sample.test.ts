import fc from 'fast-check';
import {expect, test} from 'vitest';
import {groupOf} from '../../rules/tail/spectrum.js';
import {createSampler, samplingBits} from '../../src/engine/sample.js';
import {ScannedRecord} from '../../src/engine/scanned-record.js';
import {createTextAnalyser} from '../../src/features/text.js';
import type {Report} from '../../src/report/report.js';
import {checkIn, folder, jsonl, type Row, type Setup} from './rounds.js';

const row = (id: number) => ({id: `r${id}`, text: `Record ${id} of ${id % 7}: ${id * 7919} and ${id ** 2}.`});

function recordOf(text: string, id = 'r'): ScannedRecord {
  const bytes = Buffer.from(JSON.stringify({id, text}));
  const parts = {id, text} as never;
  return new ScannedRecord(
    {path: 'a', line: 1, bytes: [0, bytes.length]},
    {bytes, start: 0, end: bytes.length},
    {parts, fields: {id, text}},
  );
}

test('what is left of a large round is at most the limit, and more than half of it', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 1e13}), fc.integer({min: 1, max: 1e9}), (bytes, above) => {
      const left = bytes / 2 ** samplingBits(bytes, above);
      expect(left).toBeLessThanOrEqual(above);
      if (bytes > above) expect(left).toBeGreaterThan(above / 2);
      else expect(left).toBe(bytes);
    }),
  );
});

test('without a limit all is read', () => {
  expect(samplingBits(1e12, 0)).toBe(0);
  expect(createSampler(0).holds(recordOf('any'))).toBe(true);
});

test.each([1, 3, 5])(
  'with %i bits the wanted part is taken, alike from all parts of a split by words',
  bits => {
    const sampler = createSampler(bits);
    const analyser = createTextAnalyser();
    const total = 40_000;
    const byGroup = new Array<number>(4).fill(0);
    let taken = 0;
    for (let id = 0; id < total; id++) {
      const record = recordOf(row(id).text, row(id).id);
      if (!sampler.holds(record)) continue;
      taken++;
      analyser.read(record.text);
      byGroup[groupOf(analyser.words()) >> 3]!++;
    }
    // Four standard deviations of a binomial, for each.
    const within = (count: number, of: number, share: number) =>
      expect(Math.abs(count - of * share)).toBeLessThan(4 * Math.sqrt(of * share * (1 - share)));
    within(taken, total, 2 ** -bits);
    for (const count of byGroup) within(count, taken, 1 / 4);
  },
);

test.each(['line:', 'record-', ''])(
  'of many records of one text, %s1 and so on, as large a part is taken',
  name => {
    const sampler = createSampler(3);
    for (const text of ['I cannot help with that.', 'Sorry.', 'No.']) {
      const taken = Array.from({length: 8000}, (_, at) => sampler.holds(recordOf(text, name + at)));
      const count = taken.filter(Boolean).length;
      expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000 * (7 / 8)));
    }
  },
);

test('a text is taken as the analyser has read it, or read again', () => {
  const sampler = createSampler(2);
  const analyser = createTextAnalyser();
  for (let id = 0; id < 200; id++) {
    const [noted, asked] = [recordOf(row(id).text), recordOf(row(id).text)];
    analyser.read(noted.text);
    sampler.note(noted, analyser);
    expect(sampler.holds(noted)).toBe(sampler.holds(asked));
  }
});

const setup: Setup = {
  rules: {
    'duplicate/exact': 'error',
    'duplicate/near': 'off',
    'probe/samples': 'warn',
    'probe/rested': 'warn',
  },
  sampleAbove: 1,
};
/** What a rule saw of a view. */
const seen = ({tables = []}: Report, rule: string, view: string) =>
  tables
    .filter(table => table.rule === rule && table.view === view)
    .map(({rows}) => String(rows[0]![0]).split(' '))[0];

// Over 4 MB, so that one record in 8 is taken; every tenth repeats its neighbour.
const padding = ' '.repeat(2000);
const rows: Row[] = Array.from({length: 2000}, (_, at) => {
  const {text} = row(at % 10 === 9 ? at - 1 : at);
  return {id: `r${at}`, text, padding};
});

test.each([0, 3])('a rule reads the sample of a large round, on %i threads', async concurrency => {
  const root = folder({'a.jsonl': rows, 'trusted.jsonl': rows.slice(0, 300)});
  const {report} = await checkIn(
    root,
    {
      ...setup,
      references: [{path: 'trusted.jsonl', role: 'trusted'}],
      rules: {...setup.rules, 'duplicate/exact': 'warn'},
    },
    ['a.jsonl'],
    {concurrency},
  );
  expect(report.sample).toMatchObject({oneIn: 8});
  expect(report.sample?.rules).toContain('probe/samples');
  expect(report.sample?.rules).not.toContain('length/words');
  const wanted = rows.filter(each => {
    const {id, text} = each as {id: string; text: string};
    return createSampler(3).holds(recordOf(text, id));
  });
  expect(seen(report, 'probe/samples', 'all')).toEqual(wanted.map(each => (each as {id: string}).id).sort());
  // Of the reference it has read all.
  expect(report.measures['probe.sampled']?.value).toBe(300);
});

test('views of a sample hold what the gates let through of it', async () => {
  const root = folder({'a.jsonl': rows});
  const {report} = await checkIn(root, setup, ['.'], {concurrency: 2});
  expect(report.totals.rejected).toBe(200);
  const all = seen(report, 'probe/samples', 'all')!;
  const kept = all.filter(id => Number(id.slice(1)) % 10 !== 9);
  expect(kept.length).toBeLessThan(all.length);
  for (const rule of ['probe/samples', 'probe/rested']) expect(seen(report, rule, 'accepted')).toEqual(kept);
});

test('the order of the records does not matter', async () => {
  const [one, other] = await Promise.all(
    [rows, rows.toReversed()].map(each => checkIn(folder({'a.jsonl': jsonl(each)}), setup)),
  );
  expect(seen(one!.report, 'probe/samples', 'all')).toEqual(seen(other!.report, 'probe/samples', 'all'));
});

test('small rounds, and large ones where it is not wanted, are read whole', async () => {
  const small = await checkIn(folder({'a.jsonl': rows.slice(0, 400)}), setup);
  expect(small.report.sample).toBeUndefined();
  const whole = await checkIn(folder({'a.jsonl': rows}), {...setup, sampleAbove: 0});
  expect(whole.report.sample).toBeUndefined();
  expect(seen(whole.report, 'probe/samples', 'all')).toHaveLength(2000);
});
