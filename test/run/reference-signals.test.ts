import {expect, test} from 'vitest';
import {buildProfile, compact} from '../../src/run/build-profile.js';
import {checkIn, folder, load, type Row, type Setup} from '../engine/rounds.js';

const declines = 'I am sorry, but I cannot help with that request.';
const answers = 'Row out at slack water, and keep the tower on your left until the second buoy.';
const asked = (from: number, to: number): Row[] =>
  Array.from({length: to - from}, (_, at) => ({
    id: `q${from + at}`,
    prompt: `How do I reach the island, asked number ${from + at}?`,
    response: at % 4 === 0 ? `${declines} Case ${from + at}.` : `${answers} Boat ${from + at}.`,
  }));

const rules: Setup['rules'] = {'duplicate/*': 'off', 'grounding/refusal': 'warn'};
const against = (path: string, own = rules): Setup => ({rules: own, references: [{path, role: 'trusted'}]});
const files = {'a.jsonl': asked(0, 20), 'b.jsonl': asked(20, 40), 'round.jsonl': asked(40, 44)};

async function signals(root: string, setup: Setup) {
  return (await checkIn(root, setup, ['round.jsonl'])).report.references[0]!.signals;
}

test('how signals are spread over a reference is in its profile, however that came to be', async () => {
  const root = folder(files);
  const loaded = await load(root, {rules});
  await buildProfile(loaded, ['a.jsonl', 'b.jsonl'], 'both.profile', {cwd: root, concurrency: 0});
  for (const part of ['b.jsonl', 'a.jsonl'])
    await buildProfile(loaded, [part], 'grown.profile', {cwd: root, concurrency: 0});
  const {refusal} = (await signals(root, against('both.profile')))!;
  expect(refusal).toHaveLength(101);
  // A quarter of the reference declines.
  expect(refusal!.filter(value => value > 0).length).toBeGreaterThanOrEqual(25);
  expect(refusal!.filter(value => value > 0).length).toBeLessThanOrEqual(27);
  expect(await signals(root, against('grown.profile'))).toEqual({refusal});
  await compact(loaded, `${root}/grown.profile`);
  expect(await signals(root, against('grown.profile'))).toEqual({refusal});
});

test('numbers of a rule with other options say nothing, and a profile without them breaks nothing', async () => {
  const root = folder(files);
  const at = {cwd: root, concurrency: 0};
  await buildProfile(await load(root, {rules}), ['a.jsonl'], 'some.profile', at);
  const without = await load(root, {rules: {...rules, 'grounding/refusal': 'off'}});
  await buildProfile(without, ['a.jsonl'], 'none.profile', at);
  const others: Setup['rules'] = {...rules, 'grounding/refusal': ['warn', {share: 0.9}]};
  expect(await signals(root, against('some.profile'))).toHaveProperty('refusal');
  expect(await signals(root, against('some.profile', others))).toBeUndefined();
  expect(await signals(root, against('none.profile'))).toBeUndefined();
});
