import type {Registry} from '../config/registry.js';
import {type ColorFlag, wantsColor} from '../report/color.js';
import {loadFormat} from '../report/index.js';
import type {Report} from '../report/report.js';
import {supportsUnicode} from '../report/style.js';
import {UsageError} from './exit.js';
import {parseOutputs, writeWhole} from './outputs.js';

interface DisplayFlags {
  readonly color?: string;
  readonly format?: string;
  readonly output?: readonly string[];
}

/** Colour, width and symbols that suit a stream. */
export function displayFor(stream: NodeJS.WriteStream, color: string | undefined) {
  if (color !== undefined && !['auto', 'always', 'never'].includes(color)) {
    throw new UsageError(`\`--color\` must be auto, always or never, found \`${color}\`.`);
  }
  return {
    color: wantsColor((color ?? 'auto') as ColorFlag, process.env, stream.isTTY ?? false),
    width: stream.columns ?? 100,
    unicode: supportsUnicode(process.env),
  };
}

/**
 * Checks formats and files before a long scan, and gives the function that prints and writes the report after
 * it. `inputs` are what is to be read: no report may take their place.
 */
export async function prepareOutput(
  flags: DisplayFlags,
  registry: Registry,
  inputs: readonly string[] = [],
): Promise<(report: Report, stream?: NodeJS.WriteStream) => Promise<void>> {
  const {rules, gates} = registry;
  const toStdout = await format(flags.format ?? 'stylish');
  const outputs = await Promise.all(
    parseOutputs(flags.output ?? [], inputs).map(async ({name, path}) => ({
      path,
      render: await format(name),
    })),
  );
  displayFor(process.stdout, flags.color);
  return async (report, stream = process.stdout) => {
    for (const {path, render} of outputs) {
      writeWhole(path, render(report, {color: false, width: 100, unicode: true, rules, gates}));
    }
    await write(stream, toStdout(report, {...displayFor(stream, flags.color), rules, gates}));
  };
}

async function format(name: string) {
  try {
    return await loadFormat(name);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Waits until it is written. A reader that has gone away is no error: the rest is for nobody. */
export function write(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    if (stream.destroyed) return done();
    stream.write(text, error => (error && !isClosed(error) ? fail(error) : done()));
  });
}

function isClosed(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
}
