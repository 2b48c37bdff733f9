import {expect, test} from 'vitest';
import {EngineError} from '../../src/engine/errors.js';
import {calls, forget} from './probe.mjs';
import {checkIn, folder, type Row, type Setup} from './rounds.js';

const fine = [{id: 'fine', text: 'The ferry leaves at nine.', group: 'g', score: 1}];

async function messageOf(rows: readonly Row[], setup: Setup = {}): Promise<string> {
  const root = folder({'data/a.jsonl': fine, 'data/b.jsonl': [...fine, ...rows]});
  const failure = await checkIn(root, setup).then(
    () => new Error('expected an error'),
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(EngineError);
  return (failure as Error).message;
}

const row = (order: string, text = 'It comes back in the evening.') => ({
  id: 'culprit',
  text,
  group: 'g',
  throw: order,
});

test('a record rule that throws is named with the record and its place', async () => {
  expect(await messageOf([row('record')])).toBe(
    'Rule `probe/flags` failed on record `culprit` (data/b.jsonl:2): the record rule broke\n' +
      "  Nothing was written. Report this to the rule's author, or switch it off with --rule probe/flags=off.",
  );
});

test('a pair rule that throws', async () => {
  const pair = {id: 'throw-pair', text: 'The ferry leaves at nine.'};
  expect(await messageOf([pair], {rules: {'probe/pairs': 'warn'}})).toContain(
    'Rule `probe/pairs` failed on record `throw-pair` (data/b.jsonl:2): the pair rule broke',
  );
});

test('a group rule that throws', async () => {
  expect(await messageOf([row('group')], {rules: {'probe/groups': 'warn'}})).toContain(
    'Rule `probe/groups` failed on record `fine` (data/a.jsonl:1): the group rule broke',
  );
});

test('a corpus rule that throws', async () => {
  expect(await messageOf([row('corpus')], {rules: {'probe/bits': 'warn'}})).toContain(
    'Rule `probe/bits` failed on record `culprit` (data/b.jsonl:2): the corpus rule broke',
  );
});

test('a provider that throws, or gives too few values', async () => {
  forget();
  const rules: Setup['rules'] = {'probe/features': 'warn'};
  const first = {...row('provider'), id: 'first'};
  const root = folder({'c.jsonl': [first, row('')]});
  await expect(checkIn(root, {rules})).rejects.toThrow(
    'Provider `size` failed on record `first` (c.jsonl:1) and the 1 after it: the model is not there',
  );
  expect(calls.batches).toEqual([['first', 'culprit']]);
  const short = folder({'c.jsonl': [{...first, throw: 'provider-short'}, row('')]});
  await expect(checkIn(short, {rules})).rejects.toThrow('it gave 1 values for 2 records');
});

test('a record gate that throws', async () => {
  const gates: Setup['gates'] = {'probe/score': 'on'};
  expect(await messageOf([{...row(''), score: 666}], {gates})).toContain(
    'Gate `probe/score` failed on record `culprit` (data/b.jsonl:2): the record gate broke',
  );
});

test('a round gate that throws, or says neither pass nor fail, never passes a round', async () => {
  const say = (mode: string) =>
    messageOf([], {rules: {'probe/bits': 'warn', 'probe/flags': 'off'}, gates: {'probe/round': {mode}}});
  expect(await say('throw')).toContain('Gate `probe/round` failed on the round: the round gate broke');
  expect(await say('nonsense')).toContain('its status is `perhaps`, which is neither `pass` nor `fail`');
  expect(await say('nan')).toContain('it measured NaN against 0, which are not both numbers');
});
