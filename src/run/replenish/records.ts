import {existsSync} from 'node:fs';
import type {FieldMap} from '../../config/config.js';
import {tooLongLine} from '../../corpus/chunks.js';
import type {Input} from '../../corpus/input.js';
import {encodingOf} from '../../corpus/jsonl.js';
import {splitLines} from '../../corpus/lines.js';
import {type OpenOptions, openInput} from '../../corpus/open.js';
import {displayPath} from '../../corpus/place.js';
import {createRecordParser, ScannedRecord} from '../../engine/record.js';
import {createTaskReader, type InputFacts} from '../../engine/tasks.js';
import type {Reference} from '../../profile/reference.js';
import {RunError} from '../error.js';

/** Shows all records of some inputs, in order; returns what was read, to be held against what was expected. */
export async function eachRecord(
  inputs: readonly Input[],
  fields: FieldMap,
  signal: AbortSignal | undefined,
  onRecord: (record: ScannedRecord, input: number) => void,
  onMalformed?: () => void,
): Promise<InputFacts[]> {
  const parse = createRecordParser(fields);
  const reader = createTaskReader(inputs);
  for await (const task of reader.tasks()) {
    signal?.throwIfAborted();
    if (tooLongLine(task) !== undefined) {
      onMalformed?.();
      continue;
    }
    const {starts, ends, lines, count} = splitLines(task.bytes);
    const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength);
    const encoding = encodingOf(task.bytes);
    const {path} = inputs[task.input]!;
    for (let row = 0; row < count; row++) {
      const [start, end] = [starts[row]!, ends[row]!];
      const line = task.numbers?.[lines[row]!] ?? task.firstLine + lines[row]! + 1;
      const place = {path, line, bytes: [task.start + start, task.start + end] as const};
      const record = parse(bytes, start, end, encoding, place);
      if (record instanceof ScannedRecord) onRecord(record, task.input);
      else onMalformed?.();
    }
  }
  return reader.facts();
}

/** Opens the files that a reference was made of. Throws RunError for one that is gone. */
export async function openSources(
  {path, sources}: Reference,
  options: OpenOptions & {readonly cwd: string},
): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const {file, excluded} of sources) {
    // The round's own records are no help to it.
    if (excluded) continue;
    if (!existsSync(file)) {
      throw new RunError(
        `\`${displayPath(file, options.cwd)}\`, which the reference \`${path}\` was made of, is gone: there is nothing to take ` +
          'records from. Put it back (a profile finds its files relative to its own folder), or name another reference: one ' +
          'that was read from standard input has no file to take from.',
      );
    }
    inputs.push(await openInput(file, options));
  }
  return inputs;
}

/** Throws RunError where a file is no longer what the profile knows. */
export function requireUnchanged(
  {path, sources}: Reference,
  inputs: readonly Input[],
  facts: InputFacts[],
): void {
  for (const [index, {sha256}] of sources.filter(({excluded}) => !excluded).entries()) {
    if (facts[index]!.sha256 === sha256) continue;
    throw new RunError(
      `\`${inputs[index]!.path}\` has changed since the reference \`${path}\` was made of it: its records are no ` +
        'longer those that the profile knows. Nothing was written. Put the file back as it was, or delete the profile and build it again.',
    );
  }
}
