import {mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {expandInputs} from '../corpus/expand.js';
import type {Input} from '../corpus/input.js';
import {type OpenOptions, openInput} from '../corpus/open.js';
import type {RecordUnits} from '../corpus/units.js';
import type {DatasetRead} from './dataset.js';

export interface InputOptions {
  readonly cwd: string;
  readonly root: string;
  readonly ignore: readonly string[];
  readonly records?: RecordUnits | undefined;
  readonly stdin?: OpenOptions['stdin'];
  readonly stdinName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The inputs of a run, opened. `close` removes the plain copies of standard input and compressed files. */
export interface OpenedInputs {
  readonly inputs: readonly Input[];
  /** Real paths of the originals, to keep a reference from matching the candidates themselves. */
  readonly realPaths: ReadonlySet<string>;
  /** The data set folder that they are of, where one was named. */
  readonly dataset?: DatasetRead | undefined;
  close(): void;
}

/** Throws InputError for what cannot be read; matches of no pattern give no inputs. */
export async function openInputs(patterns: readonly string[], options: InputOptions): Promise<OpenedInputs> {
  const files = await expandInputs(patterns, options);
  const spoolDir = mkdtempSync(join(tmpdir(), 'collapse-'));
  const close = () => rmSync(spoolDir, {recursive: true, force: true});
  try {
    const inputs: Input[] = [];
    for (const file of files) {
      inputs.push(
        await openInput(file, {
          spoolDir,
          cwd: options.cwd,
          signal: options.signal,
          units: options.records,
          ...(options.stdin && {stdin: options.stdin}),
          ...(options.stdinName !== undefined && {stdinName: options.stdinName}),
        }),
      );
    }
    const realPaths = new Set(
      files.filter(file => file !== '-').map(file => realpathSync(resolve(options.cwd, file))),
    );
    return {inputs, realPaths, close};
  } catch (error) {
    close();
    throw error;
  }
}
