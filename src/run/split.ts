import {createHash} from 'node:crypto';
import type {Input} from '../corpus/input.js';
import {type Rows, type RowVerdict, rowVerdicts} from '../engine/rows.js';
import type {InputFacts} from '../engine/tasks.js';
import {RunError} from './error.js';
import {outputNames, outputPath} from './output-names.js';
import {createSink, type Sink, type WrittenFile} from './sink.js';
import {openStretches, stretchesOf} from './stretches.js';

export interface SplitRequest {
  readonly folder: string;
  readonly inputs: readonly Input[];
  /** Digests of what was scanned, by input. */
  readonly facts: readonly InputFacts[];
  readonly rows: Rows;
  /** False for a set that is not to be written. */
  readonly wanted: (verdict: RowVerdict) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Copies every row, byte for byte and in input order, into the set of its verdict: from its first byte to the
 * first of the next row, so line endings stay as they are. Returns the files; sets without a row have none.
 * @throws RunError when an input is no longer what was scanned: what was not judged is not released.
 */
export async function splitInputs(request: SplitRequest): Promise<WrittenFile[]> {
  const {inputs, rows} = request;
  const names = outputNames(inputs);
  const files: WrittenFile[] = [];
  let row = 0;
  for (const [index, name] of names.entries()) {
    const first = row;
    while (row < rows.count && rows.input(row) === index) row++;
    if (inputs[index]!.origin === undefined) {
      files.push(...(await splitInput(request, index, name, [first, row])));
      continue;
    }
    const {splitOrigin} = await import('./split-origin.js');
    files.push(...(await splitOrigin(request, index, name, [first, row])));
  }
  return files;
}

async function splitInput(
  {folder, inputs, facts, rows, wanted, signal}: SplitRequest,
  index: number,
  name: string,
  range: readonly [first: number, end: number],
): Promise<WrittenFile[]> {
  const input = inputs[index]!;
  const hash = createHash('sha256');
  const complete = rowVerdicts.every(wanted);
  const sinks = new Map<RowVerdict, {sink: Sink; records: number}>();
  const reader = await openStretches(input);
  try {
    // What stands before the first row (a byte order mark, blank lines) is in no set.
    const stretches = [...stretchesOf(input, rows, range)];
    const head = stretches[0]?.start ?? input.bytes;
    if (complete) for await (const bytes of reader.read(0, head)) hash.update(bytes);
    for (const {verdict, start, end, records} of stretches) {
      signal?.throwIfAborted();
      if (!wanted(verdict)) continue;
      let output = sinks.get(verdict);
      if (output === undefined) {
        const path = outputPath(verdict, name, inputs.length);
        output = {sink: await createSink(folder, path, input.codec), records: 0};
        sinks.set(verdict, output);
      }
      output.records += records;
      for await (const bytes of reader.read(start, end)) {
        if (complete) hash.update(bytes);
        await output.sink.write(bytes);
      }
    }
    if (complete && hash.digest('hex') !== facts[index]!.sha256) throw changed(input.path);
    const files: WrittenFile[] = [];
    for (const verdict of rowVerdicts) {
      const output = sinks.get(verdict);
      if (output !== undefined) files.push({...(await output.sink.end()), records: output.records});
    }
    return files;
  } catch (error) {
    for (const {sink} of sinks.values()) sink.abort();
    throw error;
  } finally {
    await reader.close();
  }
}

export function changed(path: string): RunError {
  return new RunError(
    `\`${path}\` changed while it was judged. Nothing was written. Let the program that writes it finish, then run again.`,
  );
}
