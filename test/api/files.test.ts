import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {type FilterOptions, filter, scan} from '../../src/index.js';
import probe from '../engine/probe.mjs';
import {folder} from '../engine/rounds.js';
import {row, rows} from './gates.js';

const quiet = {config: {gates: {duplication: 'off'}}, cache: false} as const;

test('scan: the config may be an object, a file, or be found', async () => {
  const flagged = [{...row(0), flag: 'rude'}, row(1)];
  const cwd = folder({
    'data/a.jsonl': flagged,
    '.collapserc': 'rules: {probe/flags: warn}\n',
    'off.yaml': 'rules: {probe/flags: off}\n',
  });
  const plugins = [probe as never];
  const levels = async (config?: FilterOptions['config']) =>
    (await scan(['data'], {cwd, plugins, config, cache: false})).findings.map(({level}) => level);
  expect(await levels()).toEqual(['warn']);
  expect(await levels('off.yaml')).toEqual([]);
  expect((await levels({})).includes('error')).toBe(true);
});

test('scan: progress is told, and an abort ends it with its reason', async () => {
  const cwd = folder({'a.jsonl': rows(2000)});
  const seen: [number, number][] = [];
  await scan(['a.jsonl'], {cwd, ...quiet, onProgress: (bytes, records) => void seen.push([bytes, records])});
  expect(seen.at(-1)![0]).toBe(readFileSync(join(cwd, 'a.jsonl')).length);
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(scan(['a.jsonl'], {cwd, ...quiet, signal})).rejects.toThrow('too late');
});

test('scan: a pattern may match nothing, a file that is named must be there', async () => {
  const cwd = folder({'a.jsonl': rows(1)});
  expect((await scan(['*.ndjson'], {cwd, ...quiet})).totals.records).toBe(0);
  await expect(scan(['b.jsonl'], {cwd, ...quiet})).rejects.toMatchObject({name: 'InputError'});
  await expect(scan(['a.jsonl'], {cwd, config: 'none.yaml'})).rejects.toMatchObject({name: 'ConfigError'});
  await expect(scan(['a.jsonl'], {cwd, config: {rules: {no: 'warn'}}})).rejects.toMatchObject({
    name: 'ConfigError',
    problems: [{message: expect.stringContaining('no')}],
  });
});

test('plugins given as objects run in this thread, and only there', async () => {
  const cwd = folder({'a.jsonl': [{...row(0), flag: 'rude'}]});
  const plugins = [probe as never];
  for (const concurrency of [undefined, 0]) {
    const report = await scan(['a.jsonl'], {cwd, ...quiet, plugins, concurrency});
    expect(report.totals.rejected).toBe(1);
  }
  await expect(scan(['a.jsonl'], {cwd, ...quiet, plugins, concurrency: 1})).rejects.toThrow(
    'Plugins given as objects cannot cross threads',
  );
});

test('filter: one folder, never over another, complete or not there', async () => {
  const cwd = folder({'a.jsonl': [row(0), {...row(0), id: 'again'}, row(1)]});
  const options = {cwd, out: 'runs/1', ...quiet};
  const {report, folder: written} = await filter(['a.jsonl'], options);
  expect([report.verdict, written]).toEqual(['pass', 'runs/1']);
  expect(readFileSync(join(cwd, 'runs/1/accepted.jsonl'), 'utf8')).toBe(
    `${JSON.stringify(row(0))}\n${JSON.stringify(row(1))}\n`,
  );
  await expect(filter(['a.jsonl'], options)).rejects.toMatchObject({name: 'RunError'});
  expect((await filter(['a.jsonl'], {...options, overwrite: true})).folder).toBe('runs/1');
});

test('filter: a failed round has no accepted set; without records there is no folder', async () => {
  const cwd = folder({'a.jsonl': ['first', 'again', 'and again'].map(id => ({...row(0), id}))});
  const options = {cwd, out: 'runs/1', cache: false, config: {}};
  const {report, folder: written} = await filter(['a.jsonl'], options);
  expect([report.verdict, written]).toEqual(['fail', 'runs/1.failed']);
  expect(readdirSync(join(cwd, 'runs/1.failed'))).not.toContain('accepted.jsonl');
  expect(existsSync(join(cwd, 'runs/1'))).toBe(false);
  expect((await filter(['*.ndjson'], {...options, out: 'runs/2'})).folder).toBeUndefined();
  expect(readdirSync(join(cwd, 'runs'))).toEqual(['1.failed']);
});
