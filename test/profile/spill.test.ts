import {readdirSync} from 'node:fs';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {appendSegment, writeProfile} from '../../src/profile/container/index.js';
import {encodeTable, type Streamed, streamTable, textColumn} from '../../src/profile/container/table.js';
import {createSpill} from '../../src/profile/spill.js';
import {contentOf, draft, emptyFolder, params} from './profiles.js';

/** Pieces are valid until the next is asked for. */
function bytesOf(streamed: Streamed): Buffer {
  const parts: Buffer[] = [];
  for (const piece of streamed.pieces()) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

test('a column gives back what was added, from memory and from its file', () => {
  const folder = emptyFolder();
  const spill = createSpill(folder);
  const [small, large] = [spill.column(), spill.column()];
  const parts = Array.from({length: 3000}, (_, at) => new Uint32Array(at % 700).fill(at));
  for (const part of parts) large.append(part);
  small.append(Uint8Array.of(1, 2, 3));
  small.append(new Float64Array(0));
  const all = Buffer.concat(parts.map(part => Buffer.from(part.buffer)));
  expect(large.length).toBe(all.length);
  expect(Buffer.compare(bytesOf(large), all)).toBe(0);
  // It can be read more than once, and goes on.
  large.append(Uint32Array.of(7));
  expect(bytesOf(large).subarray(-4)).toEqual(Buffer.from(Uint32Array.of(7).buffer));
  expect([...bytesOf(small)]).toEqual([1, 2, 3]);
  // Only what is large is in a file.
  expect(readdirSync(folder)).toHaveLength(1);
  spill.close();
});

test('a table that is streamed has the bytes of one that is not', () => {
  const streamed = (values: Uint8Array | Uint32Array | Float64Array): Streamed => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const middle = bytes.length >> 1;
    return {length: bytes.length, pieces: () => [bytes.subarray(0, middle), bytes.subarray(middle)]};
  };
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.uint32Array(),
      fc.float64Array(),
      fc.array(fc.string({unit: 'grapheme'})),
      (bytes, words, numbers, strings) => {
        const text = textColumn(strings);
        const table = streamTable({
          bytes: {type: 'u8', values: streamed(bytes)},
          words: {type: 'u32', values: streamed(words)},
          text: {type: 'text', offsets: streamed(text.offsets), utf8: streamed(text.utf8)},
          numbers: {type: 'f64', values: streamed(numbers)},
        });
        const whole = encodeTable({bytes, words, text: strings, numbers});
        expect(table.length).toBe(whole.length);
        expect(Buffer.compare(bytesOf(table), whole)).toBe(0);
      },
    ),
  );
});

test('a section in pieces is written as one that is whole', async () => {
  const folder = emptyFolder();
  const bytes = Uint8Array.from({length: 1001}, (_, at) => at % 251);
  const whole = draft('a', 3, {'x@1': bytes});
  const pieces = {length: bytes.length, pieces: () => [bytes.subarray(0, 10), bytes.subarray(10)]};
  const inPieces = {...whole, sections: [{name: 'x', version: 1, bytes: pieces}]};
  await writeProfile(`${folder}/whole`, params, [whole, whole]);
  await writeProfile(`${folder}/pieces`, params, [inPieces]);
  await appendSegment(`${folder}/pieces`, params, inPieces);
  expect(contentOf(`${folder}/pieces`)).toEqual(contentOf(`${folder}/whole`));
});

test('what cannot be read again leaves the profile as it was', async () => {
  const folder = emptyFolder();
  const path = `${folder}/profile`;
  const whole = draft('a', 3, {'x@1': Uint8Array.of(1)});
  await writeProfile(path, params, [whole]);
  const before = contentOf(path);
  const failing = {
    length: 5,
    *pieces() {
      yield Uint8Array.of(1, 2);
      throw new Error('gone');
    },
  };
  const broken = {...whole, sections: [{name: 'x', version: 1, bytes: failing}]};
  await expect(appendSegment(path, params, broken)).rejects.toThrow('gone');
  expect(contentOf(path)).toEqual(before);
  expect(readdirSync(folder)).toEqual(['profile']);
});
