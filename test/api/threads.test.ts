import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
// Threads start from the built files.
import {openGate} from '../../dist/src/index.js';
import {collect, openFolders, row, rows} from './gates.js';

const plugin = fileURLToPath(new URL('../engine/probe.mjs', import.meta.url));

function open(concurrency: number) {
  const rules = {'probe/bits': 'warn', 'probe/features': 'warn'} as const;
  const config = {plugins: [plugin], rules, gates: {duplication: 'off'}} as const;
  return openGate({config, concurrency, cache: false});
}

test('threads change nothing', async () => {
  const given = [
    ...rows(2500).map((each, index) => ({...each, bit: index, ...(index % 7 === 0 && {flag: 'odd'})})),
    'no record',
    {...row(1), id: 'again'},
  ];
  const run = async (concurrency: number) => {
    const gate = await open(concurrency);
    const judged = [...(await collect(gate.judge(given))), ...(await collect(gate.judge([row(2)])))];
    return JSON.stringify([judged, await gate.round()]);
  };
  const alone = await run(0);
  expect(await run(2)).toBe(alone);
  const [judged, {totals}] = JSON.parse(alone);
  expect(judged).toHaveLength(2503);
  expect(totals).toEqual({records: 2503, accepted: 2142, quarantined: 0, rejected: 360, malformed: 1});
});

test('a rule that throws in a thread is named; a gate with threads can be closed', async () => {
  const broken = await open(1);
  await expect(collect(broken.judge([row(0), {...row(1), throw: 'record'}]))).rejects.toThrow(
    'Rule `probe/flags` failed on record `r1` (<records>:2): the record rule broke',
  );
  const gate = await open(1);
  await gate.judge(rows(5)).next();
  await gate.close();
  expect(openFolders()).toBe(0);
});

test('a program that forgets its gate ends, and leaves nothing behind', () => {
  const index = new URL('../../dist/src/index.js', import.meta.url);
  const code = `
    const {openGate} = await import(${JSON.stringify(index.href)});
    const gate = await openGate({config: {}});
    for await (const {verdict} of gate.judge([{text: 'The ferry leaves at nine.'}])) console.log(verdict);`;
  const {status, stdout} = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([0, 'accept\n']);
  expect(openFolders()).toBe(0);
});
