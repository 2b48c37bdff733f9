import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import {dirname} from 'node:path';
import {type Decision, formatDecision, parseDecision} from './decision.js';

/** A file of decisions that cannot be used: which line, what is wrong, what to do. */
export class DecisionsError extends Error {
  override readonly name = 'DecisionsError';
}

/**
 * All decisions of a file, in its order; none when there is no such file.
 * @throws DecisionsError for a line that is none: a decision that is not understood must not be passed over.
 */
export function readDecisions(file: string): Decision[] {
  if (!existsSync(file)) return [];
  const decisions: Decision[] = [];
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      decisions.push(parseDecision(line));
    } catch (error) {
      throw new DecisionsError(
        `${file}:${index + 1} This line is no decision: ${(error as Error).message}. ` +
          'Mend it, or delete the line and review that record again.',
      );
    }
  }
  return decisions;
}

/**
 * Appends decisions, on the disk when it returns. One write for all of them, so that a crash leaves no half
 * line behind another program's back; a file that ends without a line end, by a crash or an editor, gets one.
 */
export function appendDecisions(file: string, decisions: readonly Decision[]): void {
  mkdirSync(dirname(file), {recursive: true});
  const handle = openSync(file, 'a+');
  try {
    const {size} = fstatSync(handle);
    const last = Buffer.alloc(1);
    const torn = size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 10;
    const bytes = Buffer.from(`${torn ? '\n' : ''}${decisions.map(formatDecision).join('')}`);
    for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
