import {parquetWriteBuffer} from 'hyparquet-writer';
import {beforeAll, expect, test} from 'vitest';
import {renderGithub} from '../../src/report/github.js';
import {renderHtml} from '../../src/report/html.js';
import {renderSummary} from '../../src/report/job-summary.js';
import {renderJson} from '../../src/report/json.js';
import {renderJunit} from '../../src/report/junit.js';
import type {Report} from '../../src/report/report.js';
import {renderSarif} from '../../src/report/sarif.js';
import {renderStylish} from '../../src/report/stylish.js';
import {checkIn, folder} from '../engine/rounds.js';
import {gates, rules} from './samples.js';

const known = {rules, gates};
const bell = 'A bell rings in the fog before the ferry comes in.';
const data = ['The light on the rock is lit before the sun goes down.', bell, bell];

let reports: Record<'parquet' | 'json' | 'csv', Report>;
beforeAll(async () => {
  const parquet = Buffer.from(parquetWriteBuffer({columnData: [{name: 'text', data}]}));
  const json = JSON.stringify(
    data.map((text, at) => ({id: `s${at}`, text})),
    null,
    2,
  );
  const of = async (name: string, content: Buffer | string) =>
    (await checkIn(folder({[name]: content}), {}, [name])).report;
  reports = {
    parquet: await of('a.parquet', parquet),
    json: await of('a.json', json),
    csv: await of('a.csv', `text\n${data.join('\n')}\n`),
  };
});

test('a record of a Parquet file is told by its row, in words and numbers', () => {
  const [finding] = reports.parquet.findings;
  expect(finding!.record).toMatchObject({id: 'row:3', line: 3, row: 3});
  expect(finding!.related![0]!.record).toMatchObject({id: 'row:2', row: 2});
  expect(finding!.message).toBe('Same text as the earlier record `row:2` (a.parquet row 2)');
  expect(JSON.parse(renderJson(reports.parquet)).findings[0].record).toMatchObject({line: 3, row: 3});
});

test('every report says the row, and none gives an editor a line', () => {
  const {parquet, json} = reports;
  const shown = renderStylish(parquet, {...known, width: 100, color: false} as never);
  expect(shown).toMatch(/^ +row 3 +error +Same text as the earlier record `row:2` \(a\.parquet row 2\)/m);
  expect(renderGithub(parquet, {})).toMatch(/^::error file=a\.parquet,title=duplicate\/exact \(row%3A3\)::/m);
  expect(renderGithub(json, {})).toMatch(/^::error file=a\.json,title=duplicate\/exact \(s2%2C row 3\)::/m);
  expect(renderJunit(parquet)).toContain('a.parquet row 3 error');
  expect(renderSummary(parquet, known)).toContain('<code>a.parquet row 3</code>');
  expect(renderHtml(parquet, known).replace(/<[^>]+>/g, '')).toContain('a.parquet row 3');
  for (const report of [parquet, json]) {
    const {results} = JSON.parse(renderSarif(report, known)).runs[0];
    const [place] = results.find(({ruleId}: {ruleId: string}) => ruleId === 'duplicate/exact').locations;
    expect(place.physicalLocation.region).toBeUndefined();
    expect(place.logicalLocations[0].kind).toBe('row');
    expect(place.properties.row).toBe(3);
  }
});

test('a row of a CSV file begins at a line, which an editor finds', () => {
  const [finding] = reports.csv.findings;
  expect(finding!.record).toMatchObject({id: 'line:4', line: 4});
  expect(finding!.record).not.toHaveProperty('row');
  expect(renderGithub(reports.csv, {})).toContain('file=a.csv,line=4,');
});
