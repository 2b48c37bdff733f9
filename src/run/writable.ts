import type {Input} from '../corpus/input.js';
import {RunError} from './error.js';
import {canWriteZstd} from './sink.js';

/**
 * The inputs, each with a compression that its sets can be written in. Asked before the scan: nobody wants to
 * hear after an hour that its result cannot be written.
 * @throws RunError for a compression that cannot be written, unless it may be replaced.
 */
export function writable(inputs: readonly Input[], replace: boolean): readonly Input[] {
  if (canWriteZstd) return inputs;
  return inputs.map(input => {
    if (input.codec !== 'zstd') return input;
    if (replace) return {...input, codec: 'gzip'};
    throw new RunError(
      `\`${input.path}\` is zstd, which this version of Node cannot write. Use Node 22.15 or later, or \`--replace-codec\` to write gzip instead.`,
    );
  });
}
