import {appendFileSync, truncateSync, writeFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type FileChunk, type ReadOptions, readChunks, tooLongLine} from '../../src/corpus/chunks.js';
import type {Input} from '../../src/corpus/input.js';
import {splitLines} from '../../src/corpus/lines.js';
import {folderWith, inputWith} from './folder.js';

async function chunksOf(inputs: readonly Input[], options?: ReadOptions): Promise<FileChunk[]> {
  const chunks: FileChunk[] = [];
  for await (const chunk of readChunks(inputs, options)) chunks.push(chunk);
  return chunks;
}

/** All records of the chunks, with their physical lines and their places in the file. */
function recordsOf(chunks: readonly FileChunk[]) {
  let before = 0;
  return chunks.flatMap(chunk => {
    const {starts, ends, lines, physicalLines} = splitLines(chunk.bytes);
    const first = before;
    before += physicalLines;
    return Array.from(starts, (start, i) => ({
      text: Buffer.from(chunk.bytes.subarray(start, ends[i])).toString(),
      line: first + lines[i]!,
      start: chunk.start + start,
      end: chunk.start + ends[i]!,
    }));
  });
}

describe('readChunks', () => {
  it('gives the same records, lines and places at every chunk size', async () => {
    const piece = fc.constantFrom('{"a":1}', '{"text":"né – 𝒳 語"}', '\0', ' ', 'x'.repeat(40), '\ufeff');
    const line = fc.tuple(fc.array(piece, {maxLength: 3}), fc.constantFrom('\n', '\r\n'));
    const file = fc.record({
      mark: fc.boolean(),
      lines: fc.array(line, {maxLength: 12}),
      tail: fc.constantFrom('', '{"b":2}', '\r', ' '),
    });
    const folder = folderWith();
    await fc.assert(
      fc.asyncProperty(file, fc.integer({min: 1, max: 80}), async ({mark, lines, tail}, chunkBytes) => {
        const body = lines.map(([pieces, ending]) => pieces.join('') + ending).join('') + tail;
        const bytes = Buffer.from((mark ? '\ufeff' : '') + body);
        writeFileSync(`${folder}/a.jsonl`, bytes);
        const input: Input = {path: 'a', file: `${folder}/a.jsonl`, codec: 'plain', bytes: bytes.length};
        const seen: Buffer[] = [];
        const onBytes = (_: number, part: Uint8Array) => void seen.push(Buffer.from(part));
        const chunks = await chunksOf([input], {chunkBytes, onBytes});

        // A mark that the body brings belongs to no record either.
        const skipped = bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? 3 : 0;
        const whole = splitLines(bytes.subarray(skipped));
        const records = recordsOf(chunks);
        expect(records.map(record => record.line)).toEqual([...whole.lines]);
        expect(records.map(record => record.start - skipped)).toEqual([...whole.starts]);
        for (const {start, end, text} of records) {
          expect(bytes.subarray(start, end).toString()).toBe(text);
        }
        expect(Buffer.concat(seen)).toEqual(bytes);
        expect(chunks.map(chunk => chunk.last)).toEqual(chunks.map((_, i) => i === chunks.length - 1));
        expect(chunks[0]?.start).toBe(skipped);
      }),
      {numRuns: 300},
    );
  });

  it('cuts after the last newline that fits', async () => {
    const chunks = await chunksOf([inputWith('aa\nbb\ncc\n')], {chunkBytes: 7});
    expect(chunks.map(({start, bytes}) => [start, Buffer.from(bytes).toString()])).toEqual([
      [0, 'aa\nbb\n'],
      [6, 'cc\n'],
    ]);
  });

  it('numbers chunks over all inputs, and gives an empty input one empty chunk', async () => {
    const inputs = [inputWith('a\nb\n'), inputWith(''), inputWith('\ufeff'), inputWith('c')];
    const chunks = await chunksOf(inputs, {chunkBytes: 3});
    const shown = chunks.map(({index, input, start, bytes, last}) => [
      index,
      input,
      start,
      bytes.length,
      last,
    ]);
    expect(shown).toEqual([
      [0, 0, 0, 2, false],
      [1, 0, 2, 2, true],
      [2, 1, 0, 0, true],
      [3, 2, 3, 0, true],
      [4, 3, 0, 1, true],
    ]);
  });

  it('gives each chunk memory of its own, so that it can be transferred', async () => {
    let total = 0;
    for await (const {bytes} of readChunks([inputWith('ab\n'.repeat(50))], {chunkBytes: 16})) {
      total += structuredClone(bytes, {transfer: [bytes.buffer]}).length;
      expect(bytes.length).toBe(0);
    }
    expect(total).toBe(150);
  });

  it('makes one chunk of a long record, of exactly its size', async () => {
    const long = `{"text":"${'x'.repeat(300_000)}"}\n`;
    const chunks = await chunksOf([inputWith(`a\n${long}b\n`)], {chunkBytes: 1000});
    expect(chunks.map(chunk => chunk.bytes.length)).toEqual([2, long.length, 2]);
    expect(chunks[1]?.bytes.buffer.byteLength).toBe(long.length);
  });

  it.each([
    ['\n', 5000],
    ['\r\n', 5000],
    ['', 5000],
  ])('passes over a record that is too long, ended by %j', async (ending, size) => {
    const content = `a\n${'x'.repeat(size)}${ending}${ending && 'b\n'}`;
    let counted = 0;
    const onBytes = (_: number, bytes: Uint8Array) => {
      counted += bytes.length;
    };
    const chunks = await chunksOf([inputWith(content)], {chunkBytes: 100, maxRecordBytes: 4000, onBytes});
    expect(counted).toBe(content.length);
    expect(chunks[1]).toMatchObject({start: 2, tooLong: size});
    expect(chunks[1]?.bytes).toHaveLength(100);
    expect(splitLines(chunks[1]!.bytes).physicalLines).toBe(1);
    expect(tooLongLine(chunks[1]!)).toMatchObject({line: 0, start: 0, end: size});
    expect(tooLongLine(chunks[0]!)).toBeUndefined();
    const rest = chunks.slice(2).map(({start, bytes}) => [start, Buffer.from(bytes).toString()]);
    expect(rest).toEqual(ending ? [[2 + size + ending.length, 'b\n']] : []);
    expect(chunks.at(-1)?.last).toBe(true);
  });

  it('reads what was there when the input was opened', async () => {
    const input = inputWith('a\nb\n');
    appendFileSync(input.file, 'c\n');
    expect(recordsOf(await chunksOf([input])).map(record => record.text)).toEqual(['a', 'b']);
  });

  it('says which file shrank or went away', async () => {
    const input = inputWith('a\nb\nc\n', 'round.jsonl');
    truncateSync(input.file, 3);
    await expect(chunksOf([input])).rejects.toThrow('Cannot read `round.jsonl`: it became shorter');
    await expect(chunksOf([{...input, file: `${input.file}.gone`}])).rejects.toThrow('there is no such file');
  });

  it('takes inputs as they are opened', async () => {
    async function* inputs() {
      yield inputWith('a\n');
      yield inputWith('b\n');
    }
    const texts: string[] = [];
    for await (const {bytes} of readChunks(inputs())) texts.push(Buffer.from(bytes).toString());
    expect(texts).toEqual(['a\n', 'b\n']);
  });
});
