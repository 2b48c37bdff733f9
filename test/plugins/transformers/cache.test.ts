import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {keyOf, openCache} from '../../../plugins/transformers/cache.js';
import {decodeSegment, encodeSegment} from '../../../plugins/transformers/segment.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'collapse-answers-'));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

const entries = (...texts: string[]) =>
  texts.map(text => ({key: keyOf(text), values: Float32Array.of(text.length, 0.5)}));
const files = () =>
  readdirSync(root, {recursive: true})
    .map(name => join(root, String(name)))
    .filter(name => statSync(name).isFile());

test('answers are there for this run, for one that runs beside it, and for the next; by model', () => {
  const [one, other] = [openCache(root, ['m', 1], 1), openCache(root, ['m', 1], 1)];
  expect(one.get(keyOf('a'))).toBeUndefined();
  one.put(entries('a', 'bb'));
  expect(one.get(keyOf('bb'))).toEqual(Float32Array.of(2, 0.5));
  expect(other.get(keyOf('a'))).toEqual(Float32Array.of(1, 0.5));
  expect(openCache(root, ['m', 1], 1).get(keyOf('a'))).toEqual(Float32Array.of(1, 0.5));
  expect(openCache(root, ['m', 2], 1).get(keyOf('a'))).toBeUndefined();
});

test('a damaged segment is removed, and the others stay', () => {
  const cache = openCache(root, [], 1);
  cache.put(entries('a'));
  const [first] = files();
  cache.put(entries('b'));
  const bytes = readFileSync(first!);
  bytes[bytes.length - 20]! ^= 1;
  writeFileSync(first!, bytes);
  const again = openCache(root, [], 1);
  expect(again.get(keyOf('a'))).toBeUndefined();
  expect(again.get(keyOf('b'))).toBeDefined();
  expect(files()).toHaveLength(1);
});

test('a segment that goes away under a run is no answer, and no error', () => {
  const cache = openCache(root, [], 1);
  cache.put(entries('a'));
  rmSync(root, {recursive: true});
  expect(cache.get(keyOf('a'))).toBeUndefined();
  cache.put(entries('a'));
  expect(cache.get(keyOf('a'))).toBeDefined();
});

test('it is bounded: the oldest answers go', () => {
  const cache = openCache(root, [], 1);
  const long = (text: string) => [{key: keyOf(text), values: new Float32Array(50_000)}];
  for (let at = 0; at < 20; at++) cache.put(long(`t${at}`));
  const bytes = files().reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeLessThanOrEqual(1.1e6);
  expect(cache.get(keyOf('t0'))).toBeUndefined();
  expect(cache.get(keyOf('t19'))).toBeDefined();
});

test('many segments become one', () => {
  const cache = openCache(root, [], 1);
  for (let at = 0; at < 70; at++) cache.put(entries(`text ${at}`));
  expect(files()).toHaveLength(70);
  const again = openCache(root, [], 1);
  expect(files()).toHaveLength(1);
  expect(again.get(keyOf('text 7'))).toEqual(Float32Array.of(6, 0.5));
  expect(again.get(keyOf('text 69'))).toEqual(Float32Array.of(7, 0.5));
});

const segment = fc.array(fc.tuple(fc.string(), fc.float32Array({maxLength: 5})), {maxLength: 5});

test('a segment gives back what was written, and nothing when a bit of it has changed', () => {
  fc.assert(
    fc.property(segment, fc.nat(), fc.nat(7), (list, at, bit) => {
      const written = list.map(([text, values]) => ({key: keyOf(text), values}));
      const {bytes, places} = encodeSegment(written);
      expect(decodeSegment(bytes)).toEqual(places);
      const read = places.map(({key, offset, length}) => ({
        key,
        values: new Float32Array(new Uint8Array(bytes.subarray(offset, offset + length * 4)).buffer),
      }));
      expect(read).toEqual(written);
      bytes[at % bytes.length]! ^= 1 << bit;
      expect(decodeSegment(bytes)).toBeUndefined();
    }),
  );
});
