import {expect, test} from 'vitest';
import {ask} from '../../../plugins/transformers/ask.js';
import type {Loaded} from '../../../plugins/transformers/load.js';

class Tensor {
  constructor(
    readonly type: string,
    readonly data: BigInt64Array,
    readonly dims: readonly number[],
  ) {}
}

/** Asks a model that is no model: what it is given is what it gives. */
function askFor(padTo: number, model: (inputs: Record<string, Tensor>) => object) {
  const loaded = {
    name: 'lab',
    batch: 2,
    padTo,
    encoder: {pad: 9, typed: false},
    library: {Tensor},
    model: async () => async (inputs: Record<string, Tensor>) => model(inputs),
  } as unknown as Loaded;
  const texts = [[1], [1, 2, 3], [1, 2]].map(ids => ({ids, types: ids.map(() => 0), read: 1}));
  return ask(loaded, texts, ({rows}) => Array.from({length: rows}, () => Float32Array.of(1)));
}

test('batches are as long as their longest text, or all of one length', async () => {
  const seen: unknown[] = [];
  const look = ({input_ids: ids, attention_mask: mask}: Record<string, Tensor>) => {
    seen.push([ids!.dims, [...ids!.data].map(Number), [...mask!.data].map(Number)]);
    return {};
  };
  await askFor(0, look);
  await askFor(4, look);
  expect(seen).toEqual([
    [
      [2, 3],
      [1, 2, 3, 1, 2, 9],
      [1, 1, 1, 1, 1, 0],
    ],
    [[1, 1], [1], [1]],
    [
      [2, 4],
      [1, 2, 3, 9, 1, 2, 9, 9],
      [1, 1, 1, 0, 1, 1, 0, 0],
    ],
    [
      [1, 4],
      [1, 9, 9, 9],
      [1, 0, 0, 0],
    ],
  ]);
});

test('a graph of one length says which', async () => {
  const fail = () => {
    throw new Error('Got invalid dimensions for input: input_ids\n index: 1 Got: 3 Expected: 160\n');
  };
  await expect(askFor(0, fail)).rejects.toThrow(
    /`lab` failed on a batch of 2: .*Its graph reads texts of 160 tokens alone: set `maxTokens: 160` and `padded: true`/s,
  );
});
