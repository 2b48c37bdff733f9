import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parquetWriteBuffer} from 'hyparquet-writer';
import {expect, test} from 'vitest';
import {buildProfile} from '../../src/run/build-profile.js';
import {replenish} from '../../src/run/replenish/index.js';
import {checkIn, folder, jsonl, load} from '../engine/rounds.js';
import {corpus, damaged} from './damaged.js';

const human = corpus(1, 900);
const round = [...damaged(corpus(2, 600)), human[3]!, human[70]!];

const writers: Readonly<Record<string, (texts: readonly string[]) => string | Buffer>> = {
  jsonl,
  csv: texts => `text\r\n${texts.map(text => `"${text.replaceAll('"', '""')}"`).join('\r\n')}\r\n`,
  json: texts => JSON.stringify(texts.map(text => ({text}))),
  txt: texts => texts.join('\n'),
  parquet: texts =>
    Buffer.from(parquetWriteBuffer({columnData: [{name: 'text', data: [...texts]}], rowGroupSize: 250})),
};
const formats = ['csv', 'json', 'txt', 'parquet'] as const;

/** What was found, without the places, which differ. */
async function findings(root: string, name: string, reference: string) {
  const {report} = await checkIn(root, {references: [{path: reference, role: 'trusted'}]}, [name]);
  const told = report.findings.flatMap(({rule, related = []}) =>
    related.map(({relation, origin}) =>
      [rule, relation, origin === 'round' ? origin : origin.role].join(' '),
    ),
  );
  return {told: told.sort(), totals: report.totals, records: report.references[0]!.records};
}

test.each(formats)('a reference and a round in %s give what those in JSON Lines give', async ending => {
  const write = writers[ending]!;
  const root = folder({
    'human.jsonl': jsonl(human),
    'round.jsonl': jsonl(round),
    [`human.${ending}`]: write(human),
    [`round.${ending}`]: write(round),
  });
  const expected = await findings(root, 'round.jsonl', 'human.jsonl');
  expect(expected.told.filter(words => words === 'duplicate/exact same trusted')).toHaveLength(2);
  expect(await findings(root, `round.${ending}`, `human.${ending}`)).toEqual(expected);
  await buildProfile(await load(root), [`human.${ending}`], 'human.profile', {cwd: root, concurrency: 0});
  expect(await findings(root, `round.${ending}`, 'human.profile')).toEqual(expected);
});

test.each(formats)('replenish takes records out of %s, as lines of JSON', async ending => {
  const root = folder({[`human.${ending}`]: writers[ending]!(human), 'round.jsonl': jsonl(round)});
  const loaded = await load(root, {references: [{path: `human.${ending}`, role: 'trusted'}]});
  const options = {cwd: root, concurrency: 0, cache: false, out: 'out', target: 0.95, budget: () => 50};
  await replenish(loaded, ['round.jsonl'], options);
  const lines = (name: string) =>
    readFileSync(join(root, 'out', name), 'utf8')
      .trimEnd()
      .split('\n');
  const texts = lines('records.jsonl').map(line => JSON.parse(line).text as string);
  expect(texts.length).toBeGreaterThan(10);
  for (const [index, line] of lines('provenance.jsonl').entries()) {
    const {from, hash} = JSON.parse(line);
    expect(human[from.line - (ending === 'csv' ? 2 : 1)]).toBe(texts[index]);
    const own = createHash('sha256').update(lines('records.jsonl')[index]!).digest('hex');
    expect(hash).toBe(own.slice(0, 32));
  }
});
