import {truncateSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {recordReader} from '../../src/corpus/read.js';
import {inputWith} from './folder.js';

describe('recordReader', () => {
  it('reads ranges of many files with few of them open, in any order', () => {
    const inputs = Array.from({length: 10}, (_, i) => inputWith(`{"id":${i}}\n{"text":"né"}\n`));
    const reader = recordReader(3);
    for (const i of [0, 9, 1, 0, 5, 5, 2, 9, 0]) {
      expect(reader.read(inputs[i]!, 0, 8).toString()).toBe(`{"id":${i}}`);
      expect(reader.read(inputs[i]!, 9, 23).toString()).toBe('{"text":"né"}');
    }
    expect(reader.read(inputs[0]!, 4, 4)).toHaveLength(0);
    reader.close();
    expect(reader.read(inputs[3]!, 6, 7).toString()).toBe('3');
    reader.close();
  });

  it('gives memory of its own, to keep or to transfer', () => {
    const reader = recordReader();
    const bytes = reader.read(inputWith('abc\n'), 0, 3);
    reader.close();
    expect(bytes.buffer.byteLength).toBe(3);
  });

  it('says which file is gone or too short', () => {
    const reader = recordReader();
    const input = inputWith('abcdef\n', 'round.jsonl');
    truncateSync(input.file, 2);
    expect(() => reader.read(input, 1, 4)).toThrow('Cannot read `round.jsonl`: it became shorter');
    expect(() => reader.read({...input, file: `${input.file}.gone`}, 0, 1)).toThrow('there is no such file');
    reader.close();
  });
});
