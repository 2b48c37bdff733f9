import {setTimeout as wait} from 'node:timers/promises';
import {expect, test, vi} from 'vitest';
import {mapOrdered} from '../../src/engine/ordered.js';
import {scan} from '../../src/engine/scan.js';
import {createTaskReader} from '../../src/engine/tasks.js';
import {openInputs} from '../../src/run/inputs.js';
import {folder, load} from './rounds.js';

const rows = Array.from({length: 2000}, (_, id) => ({text: `a${id} b${id} c${id} d${id}`}));

/** Scans with a sink that waits; gives the most chunks that were read and not yet judged at any moment. */
async function mostAhead(slow: (row: number) => Promise<void>) {
  const cwd = folder({'a.jsonl': rows});
  const {config, registry} = await load(cwd);
  const {inputs} = await openInputs(['.'], {cwd, root: cwd, ignore: []});
  const chunkBytes = 500;
  const reader = createTaskReader(inputs, undefined, true, chunkBytes);
  let [read, judged, most] = [0, 0, 0];
  const outcome = await scan({
    config,
    registry,
    inputs,
    references: [],
    cwd,
    threads: 0,
    chunkBytes,
    source: {
      facts: reader.facts,
      async *tasks() {
        for await (const task of reader.tasks()) {
          read++;
          most = Math.max(most, read - judged);
          yield task;
        }
      },
    },
    onChunk: () => void judged++,
    onRow: ({evidence}) => slow(evidence.row),
  });
  expect(outcome.tally.totals).toMatchObject({records: rows.length, accepted: rows.length});
  return {most, read};
}

test('a slow sink slows the reading: few chunks are in flight', async () => {
  const {most, read} = await mostAhead(async row => {
    if (row % 50 === 0) await wait(1);
  });
  expect(read).toBeGreaterThan(100);
  expect(most).toBeLessThan(50);
});

test('reads ahead at most as far as it may, keeps the order, and gives errors in their place', async () => {
  let taken = 0;
  async function* source() {
    for (; taken < 100; taken++) yield taken;
  }
  const given: number[] = [];
  const slowFirst = async (item: number) => {
    await wait(item % 5 === 0 ? 3 : 0);
    if (item === 40) throw new Error('the fortieth');
    return item;
  };
  const run = async () => {
    for await (const item of mapOrdered(source(), 6, slowFirst)) {
      expect(taken - given.length).toBeLessThanOrEqual(7);
      given.push(item);
    }
  };
  await expect(run()).rejects.toThrow('the fortieth');
  expect(given).toEqual(Array.from({length: 40}, (_, item) => item));
});

test('a sink that fails ends the scan, and closes what it reads from', async () => {
  const cwd = folder({'a.jsonl': rows});
  const {config, registry} = await load(cwd);
  const {inputs} = await openInputs(['.'], {cwd, root: cwd, ignore: []});
  const reader = createTaskReader(inputs, undefined, true, 500);
  let closed = false;
  const failed = scan({
    config,
    registry,
    inputs,
    references: [],
    cwd,
    threads: 0,
    source: {
      facts: reader.facts,
      async *tasks() {
        try {
          yield* reader.tasks();
        } finally {
          closed = true;
        }
      },
    },
    onRow({evidence}) {
      if (evidence.row === 700) throw new Error('the disk is full');
    },
  });
  await expect(failed).rejects.toThrow('the disk is full');
  await vi.waitFor(() => expect(closed).toBe(true));
});
