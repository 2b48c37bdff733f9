import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {sourcesKept} from '../../../rules/composition/counts.js';
import originsRule from '../../../rules/composition/origins.js';
import type {CorpusRecord, CorpusRule, MeasureContext, Table} from '../../../src/api.js';

const rule = originsRule as CorpusRule;
const options = {
  human: ['human', 'Author'],
  humanSources: ['Letters'],
  warnBelow: 0.1,
};

type Row = {readonly source?: string; readonly generator?: string};

function summaryOf(rows: readonly Row[]): unknown {
  const summary = rule.init();
  for (const row of rows)
    rule.observe(summary, row as CorpusRecord, {options: options as never, feature: () => 0 as never});
  return summary;
}

function measure(rows: readonly Row[], reference?: readonly Row[]) {
  const tables: Table[] = [];
  const reports: unknown[] = [];
  const context: MeasureContext = {
    options: options as never,
    view: 'all',
    report: finding => reports.push(finding),
    table: table => tables.push(table),
  };
  return {
    measures: rule.measure(summaryOf(rows), reference && summaryOf(reference), context),
    tables,
    reports,
  };
}

const rows = (count: number, row: Row) => Array.from({length: count}, () => row);
const bytes = (summary: unknown) => Buffer.from(rule.encode(summary)).toString();

/** More sources than are kept, some of them frequent. */
const anyRow = fc.record(
  {
    source: fc.oneof(fc.integer({min: 0, max: 400}).map(String), fc.constant('letters'), fc.constant('')),
    generator: fc.constantFrom('human', 'gpt', 'AUTHOR'),
  },
  {requiredKeys: []},
);

describe('composition/origins', () => {
  test('counts what is declared, whatever the case, and believes it', () => {
    const {measures} = measure([
      ...rows(3, {generator: 'HUMAN '}),
      ...rows(1, {generator: 'author', source: 'forum'}),
      ...rows(2, {source: 'letters'}),
      ...rows(4, {generator: 'model-7', source: 'letters'}),
      ...rows(10, {source: 'forum'}),
    ]);
    expect(measures).toEqual({
      'composition.human': {value: 6 / 20, interval: [6 / 20, 16 / 20]},
      'composition.model': {value: 4 / 20},
      'composition.undeclared': {value: 10 / 20},
    });
  });

  test('measures nothing where nothing is declared', () => {
    expect(measure(rows(5, {source: 'forum'}))).toEqual({measures: {}, tables: [], reports: []});
  });

  test('warns of fewer than a tenth, unless the undeclared could be enough', () => {
    const few = [...rows(1, {generator: 'human'}), ...rows(19, {generator: 'm'})];
    expect(measure(few).reports).toEqual([{messageId: 'few', data: {percent: 5, wanted: 10}}]);
    expect(measure([...few, ...rows(2, {generator: 'human'})]).reports).toEqual([]);
    expect(measure([...few, ...rows(2, {})]).reports).toEqual([]);
  });

  test('shows sources by size, with the reference beside them', () => {
    const round = [
      ...rows(2, {source: 'a', generator: 'm'}),
      ...rows(3, {source: 'b', generator: 'human'}),
      {},
    ];
    const reference = [...rows(1, {source: 'b'}), ...rows(3, {source: 'b', generator: 'human'})];
    const {tables, measures} = measure(round, reference);
    expect(tables[0]!.rows).toEqual([
      ['b', 3, 3 / 6, 1, 0, 0, 3 / 4],
      ['a', 2, 2 / 6, 0, 1, 0, null],
      ['(none)', 1, 1 / 6, 0, 0, 1, null],
    ]);
    expect(measures['composition.human']!.reference).toBe(3 / 4);
  });

  test('puts together what has no row of its own', () => {
    const many = Array.from({length: 1000}, (_, index) => ({
      source: `s${index}`,
      generator: index % 2 ? 'human' : 'm',
    }));
    const {tables} = measure(many);
    const [table] = tables;
    expect(table!.rows).toHaveLength(sourcesKept + 1);
    expect(table!.rows.at(-1)!.slice(0, 2)).toEqual(['other sources', 1000 - sourcesKept]);
    const humans = table!.rows.reduce((sum, row) => sum + (row[1] as number) * (row[3] as number), 0);
    expect(humans).toBeCloseTo(500, 9);
  });

  test('merges to the same bytes in any order and grouping', () => {
    fc.assert(
      fc.property(fc.array(anyRow, {maxLength: 1500}), fc.integer({min: 1, max: 5}), (all, parts) => {
        const summaries = Array.from({length: parts}, (_, part) =>
          rule.decode(rule.encode(summaryOf(all.filter((_, index) => index % parts === part)))),
        );
        const [first, ...others] = summaries.reverse();
        for (const other of others) rule.merge(first, other);
        expect(bytes(first)).toBe(bytes(summaryOf(all)));
      }),
      {numRuns: 60, seed: 1},
    );
  });

  test('takes out what was counted', () => {
    fc.assert(
      fc.property(fc.array(anyRow, {maxLength: 100}), fc.array(anyRow, {maxLength: 50}), (kept, rest) => {
        const summary = summaryOf([...kept, ...rest]);
        rule.subtract!(summary, summaryOf(rest));
        expect(bytes(summary)).toBe(bytes(summaryOf(kept)));
      }),
      {numRuns: 100, seed: 2},
    );
  });
});
