import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {pipeline} from 'node:stream/promises';
import type {Origin} from '../corpus/input.js';
import {type RowVerdict, rowVerdicts} from '../engine/rows.js';
import {outputPath} from './output-names.js';
import {openSetWriters, runsOf, type SetWriter} from './set-writers.js';
import {createSink, type Sink, type WrittenFile} from './sink.js';
import {changed, type SplitRequest} from './split.js';

/** Writes the sets of a file that is not JSON Lines, each in the format of that file. */
export async function splitOrigin(
  {folder, inputs, rows, wanted, signal}: SplitRequest,
  index: number,
  name: string,
  range: readonly [first: number, end: number],
): Promise<WrittenFile[]> {
  const input = inputs[index]!;
  const origin = input.origin!;
  await requireUnchanged(origin, input.path);
  const outputs = new Map<RowVerdict, {sink: Sink; writer: SetWriter; records: number}>();
  const writers = await openSetWriters(input, origin);
  try {
    for (const {verdict, first, end} of runsOf(rows, range)) {
      signal?.throwIfAborted();
      if (!wanted(verdict)) continue;
      let output = outputs.get(verdict);
      if (output === undefined) {
        const sink = await createSink(folder, outputPath(verdict, name, inputs.length), input.codec);
        output = {sink, writer: await writers.open(bytes => sink.write(bytes)), records: 0};
        outputs.set(verdict, output);
      }
      output.records += end - first;
      await output.writer.write(first - range[0], end - range[0]);
    }
    const files: WrittenFile[] = [];
    for (const verdict of rowVerdicts) {
      const output = outputs.get(verdict);
      if (output === undefined) continue;
      await output.writer.end();
      files.push({...(await output.sink.end()), records: output.records});
    }
    await requireUnchanged(origin, input.path);
    return files;
  } catch (error) {
    for (const {sink} of outputs.values()) sink.abort();
    throw error;
  } finally {
    await writers.close();
  }
}

async function requireUnchanged(origin: Origin, path: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(origin.file, {highWaterMark: 1 << 20}), hash);
  if (hash.digest('hex') !== origin.sha256) throw changed(path);
}
