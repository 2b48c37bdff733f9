import type {Input} from '../corpus/input.js';
import {RunError} from './error.js';
import {canWriteZstd, writableCodecs} from './sink.js';

/**
 * The inputs, each with a compression that its sets can be written in. Asked before the scan: nobody wants to
 * hear after an hour that its result cannot be written.
 * @throws RunError for a compression that cannot be written, unless it may be replaced.
 */
export function writable(inputs: readonly Input[], replace: boolean): readonly Input[] {
  return inputs.map(input => {
    const type = input.origin?.unwritable;
    if (type !== undefined) {
      throw new RunError(
        `\`${input.path}\` has ${type}, which cannot be written again exactly. \`collapse check\` reads it; for \`filter\`, change the column first: maps to lists of structs, INT96 to timestamps of 64 bits.`,
      );
    }
    const codec = input.origin?.codecs?.find(name => !writableCodecs.has(name));
    if (codec !== undefined && !replace) {
      throw new RunError(
        `\`${input.path}\` is compressed with ${codec}, which cannot be written here (${[...writableCodecs].join(', ')} can). Use \`--replace-codec\` to write Snappy instead${codec === 'ZSTD' ? ', or Node 22.15 or later' : ''}.`,
      );
    }
    if (input.codec !== 'zstd' || canWriteZstd) return input;
    if (replace) return {...input, codec: 'gzip'};
    throw new RunError(
      `\`${input.path}\` is zstd, which this version of Node cannot write. Use Node 22.15 or later, or \`--replace-codec\` to write gzip instead.`,
    );
  });
}
