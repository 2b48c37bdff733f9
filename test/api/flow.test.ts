import {setImmediate} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test, vi} from 'vitest';
import {collect, open, openFolders, outcomes, type Row, row, rows, settle} from './gates.js';

/** Rows without end; counts what is read, and whether it was closed. */
function endless() {
  const state = {read: 0, closed: false};
  function* source(): Generator<Row> {
    try {
      for (;;) yield row(state.read++);
    } finally {
      state.closed = true;
    }
  }
  return {state, source: source()};
}

/** A source that gives a row whenever it is told to. */
function manual() {
  const queue: ((step: IteratorResult<Row>) => void)[] = [];
  let at = 0;
  const state = {returned: false};
  const source: AsyncIterable<Row> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(resolve => queue.push(resolve)),
      return: async () => {
        state.returned = true;
        return {done: true, value: undefined};
      },
    }),
  };
  const give = async (step: IteratorResult<Row>) => {
    await vi.waitUntil(() => queue.length > 0);
    queue.shift()!(step);
  };
  return {
    source,
    state,
    give: () => give({done: false, value: row(at++)}),
    end: () => give({done: true, value: undefined}),
  };
}

test('a record of a slow source is out before the source goes on', async () => {
  const gate = await open();
  const {source, give, end} = manual();
  const judged = gate.judge(source);
  for (const id of ['r0', 'r1', 'r2']) {
    const next = judged.next();
    await give();
    expect((await next).value).toMatchObject({record: {id}, verdict: 'accept'});
  }
  const last = judged.next();
  await end();
  expect((await last).done).toBe(true);
  expect((await gate.round()).totals.records).toBe(3);
});

test('a slow consumer slows the source: at most 4096 records are read ahead', async () => {
  const gate = await open();
  const {state, source} = endless();
  const judged = gate.judge(source);
  expect(state.read).toBe(0);
  for (let taken = 1; taken <= 3; taken++) {
    await judged.next();
    await settle();
    expect(state.read).toBeGreaterThan(taken);
    expect(state.read).toBeLessThanOrEqual(4096 + taken);
  }
  // Some time later it is no more.
  await settle(300);
  expect(state.read).toBeLessThanOrEqual(4096 + 3);
  await judged.return(undefined);
  expect(state.closed).toBe(true);
  await gate.close();
});

test('large records are read ahead by their bytes, not by their number', async () => {
  const gate = await open();
  let read = 0;
  function* source(): Generator<Row> {
    for (;;) yield {...row(read), text: `${row(read++).text} ${'x'.repeat(100_000)}`};
  }
  const judged = gate.judge(source());
  await judged.next();
  await settle(300);
  expect(read).toBeLessThanOrEqual(2 + 8 * 10.5);
  await judged.return(undefined);
  await gate.close();
});

test('50,000 records pass with few of them alive at a time', {timeout: 120_000}, async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const gate = await open();
  let alive = 0;
  const registry = new FinalizationRegistry(() => alive--);
  function* source(): Generator<Row> {
    for (let index = 0; index < 50_000; index++) {
      const {id, text} = row(index);
      const short = {id, text: text.slice(0, 20)};
      registry.register(short, undefined);
      alive++;
      yield short;
    }
  }
  let taken = 0;
  let inOrder = true;
  const peaks: number[] = [];
  for await (const {record} of gate.judge(source())) {
    inOrder &&= record.id === `r${taken++}`;
    if (taken % 10_000 !== 0) continue;
    collectGarbage();
    for (let turn = 0; turn < 5; turn++) await setImmediate(); // Finalizers run between tasks.
    peaks.push(alive);
  }
  expect([taken, inOrder]).toEqual([50_000, true]);
  expect(peaks).toHaveLength(5);
  expect(Math.max(...peaks)).toBeLessThan(4096 + 2048);
  expect((await gate.round()).totals.records).toBe(50_000);
});

test('leaving the loop closes the source; what was read ahead stays in the round', async () => {
  const gate = await open();
  const {state, source} = endless();
  for await (const {record} of gate.judge(source)) {
    if (record.id === 'r4') break;
  }
  expect(state.closed).toBe(true);
  const [judged] = await collect(gate.judge([{...row(0), id: 'again'}]));
  expect(judged).toMatchObject({record: {id: 'again'}, verdict: 'reject'});
  const {totals} = await gate.round();
  expect(totals).toMatchObject({records: judged!.ref.line, rejected: 1});
  // A record that was on its way when the loop was left is not taken.
  expect([state.read, state.read + 1]).toContain(totals.records);
});

test('leaving does not wait for a source that waits itself', async () => {
  const gate = await open();
  const {source, give, state} = manual();
  const judged = gate.judge(source);
  const next = judged.next();
  await give();
  await next;
  await settle();
  await judged.return(undefined);
  expect(state.returned).toBe(false);
  // What it gives too late is not taken.
  await give();
  await vi.waitUntil(() => state.returned);
  expect((await gate.round()).totals.records).toBe(1);
});

test('a source that throws: what came before is handed out, and the gate goes on', async () => {
  const gate = await open();
  function* source(): Generator<Row> {
    yield* rows(3);
    throw new TypeError('the generator ran out of ink');
  }
  const seen: string[] = [];
  const loop = async () => {
    for await (const {record} of gate.judge(source())) seen.push(record.id);
  };
  await expect(loop()).rejects.toThrow(new TypeError('the generator ran out of ink'));
  expect(seen).toEqual(['r0', 'r1', 'r2']);
  expect(outcomes(await collect(gate.judge([row(3)])))).toEqual(['r3 accept']);
  expect((await gate.round()).totals.records).toBe(4);
});

test('promises in a list are waited for; one that rejects is a source that throws', async () => {
  const gate = await open();
  const late = rows(2).map(async each => each);
  expect(outcomes((await collect(gate.judge(late))) as never)).toEqual(['r0 accept', 'r1 accept']);
  await expect(collect(gate.judge([Promise.reject(new Error('no answer'))]))).rejects.toThrow('no answer');
  await gate.close();
});

test('a consumer that throws leaves as a break does', async () => {
  const gate = await open();
  const {state, source} = endless();
  const loop = async () => {
    for await (const {record} of gate.judge(source)) throw new Error(`no room for ${record.id}`);
  };
  await expect(loop()).rejects.toThrow('no room for r0');
  expect(state.closed).toBe(true);
  expect([state.read - 1, state.read]).toContain((await gate.round()).totals.records);
});

test('a rule that throws ends the round, and names the record', async () => {
  const gate = await open();
  const {state, source} = endless();
  function* culprit() {
    yield* rows(2);
    yield {...row(2), throw: 'record'};
    yield* source;
  }
  const message =
    "Rule `probe/flags` failed on record `r2` (<records>:3): the record rule broke\n  Nothing was written. Report this to the rule's author, or switch it off with --rule probe/flags=off.";
  await expect(collect(gate.judge(culprit()))).rejects.toMatchObject({name: 'EngineError', message});
  expect(state.closed).toBe(true);
  await vi.waitUntil(() => openFolders() === 0);
  await expect(collect(gate.judge([row(1)]))).rejects.toThrow(message);
  await expect(gate.round()).rejects.toThrow(message);
});

test.each([
  [
    'a provider',
    {rules: {'probe/features': 'warn'}},
    {throw: 'provider'},
    'Provider `size` failed on record `r0`',
  ],
  ['a record gate', {gates: {'probe/score': 'on'}}, {score: 666}, 'Gate `probe/score` failed on record `r0`'],
] as const)('%s that throws ends the round', async (_, config, order, message) => {
  const gate = await open(config);
  await expect(collect(gate.judge([{...row(0), ...order}, row(1)]))).rejects.toThrow(message);
  await expect(gate.round()).rejects.toThrow(message);
});

test('a round gate that throws fails the round, not the records', async () => {
  const gates = {'probe/round': {mode: 'throw'}};
  const gate = await open({rules: {'probe/bits': 'warn'}, gates});
  expect(outcomes(await collect(gate.judge(rows(2))))).toEqual(['r0 accept', 'r1 accept']);
  await expect(gate.round()).rejects.toThrow('Gate `probe/round` failed on the round: the round gate broke');
});

test('close in the middle ends everything that is pending', async () => {
  const gate = await open();
  const {source, give} = manual();
  const judged = gate.judge(source);
  const first = judged.next();
  await give();
  await first;
  const second = judged.next();
  await settle();
  await gate.close();
  await expect(second).rejects.toThrow('The gate was closed.');
  expect(openFolders()).toBe(0);
  await expect(gate.round()).rejects.toThrow('The gate was closed.');
  await expect(collect(gate.judge([row(1)]))).rejects.toThrow('The gate was closed.');
  await gate.close();
});

test('close inside the loop ends it', async () => {
  const gate = await open();
  const {state, source} = endless();
  const loop = async () => {
    for await (const _ of gate.judge(source)) await gate.close();
  };
  await expect(loop()).rejects.toThrow('The gate was closed.');
  expect(state.closed).toBe(true);
});

test('a gate that was never used can be closed, or disposed of', async () => {
  await (await open()).close();
  await (await open())[Symbol.asyncDispose]();
});

test('an abort ends a round at once, with its reason', async () => {
  const abort = new AbortController();
  const gate = await open({}, {signal: abort.signal});
  const {source, give} = manual();
  const judged = gate.judge(source);
  const first = judged.next();
  await give();
  await first;
  const second = judged.next();
  await settle();
  abort.abort(new Error('the cluster goes down'));
  await expect(second).rejects.toThrow('the cluster goes down');
  await expect(gate.round()).rejects.toThrow('the cluster goes down');
  expect(openFolders()).toBe(0);
  await expect(open({}, {signal: abort.signal})).rejects.toThrow('the cluster goes down');
});

test('an abort while nothing is pending is told with the next call', async () => {
  const abort = new AbortController();
  const gate = await open({}, {signal: abort.signal});
  await collect(gate.judge(rows(2)));
  abort.abort();
  await vi.waitUntil(() => openFolders() === 0);
  await expect(collect(gate.judge([row(2)]))).rejects.toMatchObject({name: 'AbortError'});
  await expect(gate.round()).rejects.toMatchObject({name: 'AbortError'});
});

test('an abort after the round changes nothing', async () => {
  const abort = new AbortController();
  const gate = await open({}, {signal: abort.signal});
  await collect(gate.judge(rows(2)));
  const report = await gate.round();
  abort.abort();
  expect(await gate.round()).toBe(report);
});

test('two calls at a time are refused, whichever is first', async () => {
  const gate = await open();
  const first = gate.judge(rows(3));
  await first.next();
  await expect(collect(gate.judge(rows(1)))).rejects.toThrow('Another call of `judge` is not at its end');
  expect(outcomes(await collect(first))).toEqual(['r1 accept', 'r2 accept']);
  expect((await gate.round()).totals.records).toBe(3);
});

test('ending the round inside the loop hands out what was read, then says so', async () => {
  const gate = await open();
  const {state, source} = endless();
  const seen: string[] = [];
  let report: ReturnType<typeof gate.round> | undefined;
  const loop = async () => {
    for await (const {record} of gate.judge(source)) {
      seen.push(record.id);
      report ??= gate.round();
    }
  };
  await expect(loop()).rejects.toThrow('The round has ended: open another gate');
  expect(state.closed).toBe(true);
  expect((await report!).totals.records).toBe(seen.length);
});

test('a call that was left without a word does not hold up the round', async () => {
  const gate = await open();
  await gate.judge(rows(100)).next();
  await settle();
  expect((await gate.round()).totals.records).toBe(100);
});
