import {expect, test} from 'vitest';
import {filter} from '../../src/run/filter.js';
import {rejudge} from '../../src/run/rejudge.js';
import {checkIn, folder, load, type Row, type Setup} from '../engine/rounds.js';

const topics = ['gulls', 'boats', 'nets', 'rain', 'lamps', 'bells', 'ropes', 'sand', 'oars', 'tides'];
const round = (humans: number): Row[] =>
  topics.map((topic, index) => ({
    text: `Note ${index} is about ${topic} and nothing else ${topic.repeat(2)}.`,
    source: index % 2 ? 'forum' : 'logs',
    generator: index < humans ? 'human' : 'm1',
  }));
const previous = {'earlier.jsonl': ['One of an earlier round.', 'And another one.']};
const asPrevious: Setup = {references: [{path: 'earlier.jsonl', role: 'previous'}]};

async function gate(rows: readonly Row[], options: Setup['gates'], setup: Setup = {}) {
  const root = folder({'round.jsonl': rows, ...previous});
  const {report} = await checkIn(root, {gates: options, ...setup}, ['round.jsonl']);
  return {report, decision: report.gates.find(({id}) => id === 'composition')};
}

test('fails a round of fewer human records than wanted, and names the regime', async () => {
  const {decision, report} = await gate(round(0), {composition: 'on'});
  expect(decision).toMatchObject({status: 'fail', measured: 0, limit: 0.1});
  expect(decision!.message).toContain('(replace)');
  expect(report.verdict).toBe('fail');
  const partial = (await gate(round(1), {composition: {minimum: 0.2}})).decision;
  expect(partial).toMatchObject({status: 'fail', measured: 0.1, limit: 0.2});
  expect(partial!.message).toContain('(partial)');
  expect((await gate(round(1), {composition: 'on'})).decision).toMatchObject({status: 'pass', measured: 0.1});
});

test('fails nothing where rounds accumulate, as said or as seen from a previous reference', async () => {
  const said = await gate(round(0), {composition: {regime: 'accumulate'}});
  expect(said.decision).toMatchObject({status: 'pass', measured: 0});
  const seen = await gate(round(0), {composition: 'on'}, asPrevious);
  expect(seen.decision).toMatchObject({status: 'pass', measured: 0});
  expect(seen.report.measures['references.previous']).toEqual({view: 'all', value: 2});
  const denied = await gate(round(0), {composition: {regime: 'replace'}}, asPrevious);
  expect(denied.decision).toMatchObject({status: 'fail'});
});

test('abstains where nothing is declared, and is off unless asked for', async () => {
  expect((await gate(['Nobody knows who wrote this.'], {composition: 'on'})).decision).toMatchObject({
    status: 'abstain',
  });
  const {decision, report} = await gate(round(0), {});
  expect(decision).toBeUndefined();
  expect(report.measures['references.previous']).toBeUndefined();
  expect(report.roundFindings).toMatchObject([{rule: 'composition/origins', level: 'warn', view: 'all'}]);
});

test('a saved run is judged by it as a scan would judge', async () => {
  const root = folder({'round.jsonl': round(0), ...previous});
  const options = {cwd: root, out: 'run', concurrency: 0, cache: false};
  await filter(await load(root, {...asPrevious, gates: {composition: 'off'}}), ['round.jsonl'], options);
  for (const regime of ['auto', 'replace']) {
    const setup = {...asPrevious, gates: {composition: {regime}}};
    const {report} = await rejudge(`${root}/run`, await load(root, setup));
    const scanned = await checkIn(root, setup, ['round.jsonl']);
    expect(report.gates).toEqual(scanned.report.gates);
    expect(report.verdict).toBe(scanned.report.verdict);
  }
});
