import {Readable, Transform, Writable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {ReadableStream, WritableStream} from 'node:stream/web';
import {expect, test, vi} from 'vitest';
import type {JudgedRecord} from '../../src/index.js';
import {collect, open, openFolders, outcomes, type Row, row, rows, settle} from './gates.js';

type Judged = JudgedRecord<Row>;

/** Rows without end, counted. */
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

function toArray(into: Judged[], limit = Number.POSITIVE_INFINITY) {
  return new Writable({
    objectMode: true,
    write(judged: Judged, _, done) {
      into.push(judged);
      done(into.length >= limit ? new Error('the disk is full') : null);
    },
  });
}

/** A web stream of an iterator; closes the iterator when it is cancelled. */
function streamOf(source: Iterator<Row>): ReadableStream<Row> {
  return new ReadableStream({
    pull(controller) {
      const {done, value} = source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void source.return?.(),
  });
}

test('transform: a pipeline in order, then the round', async () => {
  const gate = await open();
  const judged: Judged[] = [];
  const given = [...rows(5000), {...row(1), id: 'again'}];
  const transform = gate.transform();
  expect(transform).toBeInstanceOf(Transform);
  await pipeline(Readable.from(given), transform, toArray(judged));
  expect(outcomes(judged)).toEqual([...rows(5000).map(({id}) => `${id} accept`), 'again reject']);
  expect((await gate.round()).totals).toMatchObject({records: 5001, rejected: 1});
});

test('transform: nothing in, nothing out; unused, it takes no part', async () => {
  const gate = await open();
  gate.transform();
  expect(await collect(Readable.from([]).pipe(gate.transform()))).toEqual([]);
  expect(outcomes(await collect(gate.judge(rows(1))))).toEqual(['r0 accept']);
  await gate.close();
});

test('transform: each is a call of its own in the same round, and `undefined` a malformed record', async () => {
  const gate = await open();
  const first = gate.transform();
  first.write(undefined);
  first.end(row(0));
  const judged: JudgedRecord<unknown>[] = await collect(first);
  expect(judged.map(({verdict}) => verdict)).toEqual(['malformed', 'accept']);
  const second: Judged[] = await collect(Readable.from([{...row(0), id: 'again'}]).pipe(gate.transform()));
  expect(outcomes(second)).toEqual(['again reject']);
  await gate.close();
});

test('transform: a record is out before the next comes', async () => {
  const gate = await open();
  const transform = gate.transform();
  const out = transform[Symbol.asyncIterator]();
  for (const index of [0, 1]) {
    transform.write(row(index));
    expect((await out.next()).value).toMatchObject({record: {id: `r${index}`}, verdict: 'accept'});
  }
  transform.end();
  expect((await out.next()).done).toBe(true);
  await gate.close();
});

test('transform: a slow reader slows the source', async () => {
  const gate = await open();
  const {state, source} = endless();
  const transform = Readable.from(source).pipe(gate.transform());
  await settle(300);
  // What the gate reads ahead, and what streams keep (16 each).
  expect(state.read).toBeLessThan(4096 + 100);
  transform.destroy();
  await gate.close();
});

test('transform: a source that fails destroys it, and the gate goes on', async () => {
  const gate = await open();
  function* broken(): Generator<Row> {
    yield row(0);
    throw new Error('the generator ran out of ink');
  }
  const judged: Judged[] = [];
  await expect(pipeline(Readable.from(broken()), gate.transform(), toArray(judged))).rejects.toThrow(
    'out of ink',
  );
  await settle();
  expect(outcomes(await collect(gate.judge([row(1)])))).toEqual(['r1 accept']);
  expect((await gate.round()).totals.records).toBe(2);
});

test('transform: a sink that fails destroys it, and the gate goes on', async () => {
  const gate = await open();
  const {state, source} = endless();
  await expect(pipeline(Readable.from(source), gate.transform(), toArray([], 3))).rejects.toThrow(
    'disk is full',
  );
  await vi.waitUntil(() => state.closed);
  await settle();
  const [judged] = await collect(gate.judge([{...row(0), id: 'again'}]));
  expect(judged).toMatchObject({verdict: 'reject'});
  expect((await gate.round()).totals.records).toBe(judged!.ref.line);
});

test('transform: a rule that throws fails the pipeline', async () => {
  const gate = await open();
  const {state, source} = endless();
  function* culprit() {
    yield {...row(0), throw: 'record'};
    yield* source;
  }
  await expect(pipeline(Readable.from(culprit()), gate.transform(), toArray([]))).rejects.toThrow(
    'Rule `probe/flags` failed on record `r0`',
  );
  await vi.waitUntil(() => state.closed);
  await expect(gate.round()).rejects.toThrow('Rule `probe/flags` failed');
});

test('transform: close and destroy while it waits', async () => {
  const gate = await open();
  const transform = gate.transform();
  transform.write(row(0));
  await settle();
  const failed = new Promise(resolve => transform.once('error', resolve));
  await gate.close();
  expect(await failed).toMatchObject({message: 'The gate was closed.'});

  const other = await open();
  const quiet = other.transform();
  quiet.write(row(0));
  quiet.destroy();
  await new Promise(resolve => quiet.once('close', resolve));
  expect((await other.round()).totals.records).toBe(1);
});

test('transformStream: a pipe in order, then the round', async () => {
  const gate = await open();
  const given = [...rows(2000), {...row(1), id: 'again'}];
  const judged = await collect(streamOf(given.values()).pipeThrough(gate.transformStream<Row>()));
  expect(outcomes(judged)).toEqual([...rows(2000).map(({id}) => `${id} accept`), 'again reject']);
  expect((await gate.round()).totals).toMatchObject({records: 2001, rejected: 1});
});

test('transformStream: a record is out before the next comes, `undefined` too', async () => {
  const gate = await open();
  const {writable, readable} = gate.transformStream();
  const writer = writable.getWriter();
  const reader = readable.getReader();
  await writer.write(row(0));
  expect((await reader.read()).value).toMatchObject({record: {id: 'r0'}, verdict: 'accept'});
  await writer.write(undefined);
  expect((await reader.read()).value).toMatchObject({verdict: 'malformed'});
  const end = reader.read();
  await writer.close();
  expect((await end).done).toBe(true);
  await gate.close();
});

test('transformStream: a reader that does not read stops the source, a slow one slows it', async () => {
  const gate = await open();
  const {state, source} = endless();
  const reader = streamOf(source).pipeThrough(gate.transformStream<Row>()).getReader();
  await settle();
  expect(state.read).toBeLessThan(50);
  await reader.read();
  await settle(300);
  expect(state.read).toBeLessThan(4096 + 100);
  await reader.cancel('enough');
  await vi.waitUntil(() => state.closed);
  await settle();
  // Cancelled, it is over with: another call may come.
  expect(outcomes(await collect(gate.judge([{...row(0), id: 'again'}])))).toEqual(['again reject']);
  await gate.round();
});

test('transformStream: a source that fails reaches the reader, and the gate goes on', async () => {
  const gate = await open();
  const {writable, readable} = gate.transformStream<Row>();
  const writer = writable.getWriter();
  const reader = readable.getReader();
  await writer.write(row(0));
  await reader.read();
  const pending = reader.read();
  await writer.abort(new Error('the generator ran out of ink'));
  await expect(pending).rejects.toThrow('out of ink');
  expect(outcomes(await collect(gate.judge([row(1)])))).toEqual(['r1 accept']);
  await gate.close();
});

test('transformStream: a rule that throws fails both sides', async () => {
  const gate = await open();
  const {state, source} = endless();
  function* culprit() {
    yield {...row(0), throw: 'record'};
    yield* source;
  }
  const piped = streamOf(culprit())
    .pipeThrough(gate.transformStream<Row>())
    .pipeTo(new WritableStream<Judged>());
  await expect(piped).rejects.toThrow('Rule `probe/flags` failed on record `r0`');
  await vi.waitUntil(() => state.closed);
  await expect(gate.round()).rejects.toThrow('Rule `probe/flags` failed');
  expect(openFolders()).toBe(0);
});

test('transformStream: a sink that fails cancels it', async () => {
  const gate = await open();
  const {state, source} = endless();
  const sink = new WritableStream<Judged>({
    write() {
      throw new Error('the disk is full');
    },
  });
  const piped = streamOf(source).pipeThrough(gate.transformStream<Row>()).pipeTo(sink);
  await expect(piped).rejects.toThrow('the disk is full');
  await vi.waitUntil(() => state.closed);
  await gate.close();
});
