import {existsSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import type {Loaded} from '../config/load.js';
import {type ColorFlag, wantsColor} from '../report/color.js';
import type {Exhibition} from '../report/exhibit.js';
import {exhibiting, listings, loadFormat, type RenderReport, shortened} from '../report/index.js';
import type {Report} from '../report/report.js';
import {supportsUnicode} from '../report/style.js';
import {UsageError} from './exit.js';
import {parseOutputs, writeWhole} from './outputs.js';

interface DisplayFlags {
  readonly color?: string;
  readonly format?: string;
  readonly output?: readonly string[];
  readonly excerpts?: boolean;
  readonly statistics?: boolean;
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

export interface Printer {
  /** Findings of each rule that a format wants listed; undefined: as many as the config says. */
  readonly maxFindings: number | undefined;
  /** Given to the run where a format shows single records: what it is told is printed with the report. */
  readonly onExhibits: ((exhibition: Exhibition) => void) | undefined;
  (report: Report, stream?: NodeJS.WriteStream): Promise<void>;
}

/**
 * Checks formats and files before a long scan, and gives the function that prints and writes the report after
 * it. `inputs` are what is to be read: no report may take their place.
 */
export async function prepareOutput(
  flags: DisplayFlags,
  {config, registry, origins}: Loaded,
  inputs: readonly string[] = [],
): Promise<Printer> {
  const {rules, gates} = registry;
  const toStdout = await format(flags.format ?? (flags.statistics ? 'statistics' : 'stylish'));
  const outputs = await Promise.all(
    parseOutputs(flags.output ?? [], inputs).map(async ({name, path}) => ({path, ...(await format(name))})),
  );
  displayFor(process.stdout, flags.color);
  let exhibition: Exhibition | undefined;
  const onExhibits = (found: Exhibition) => {
    exhibition = found;
  };
  const about = {rules, gates, origins, prefix: prefixOf(process.cwd()), excerpts: flags.excerpts ?? false};
  const wanted = Math.max(...[toStdout, ...outputs].map(({listing}) => listing));
  const print = async (report: Report, stream: NodeJS.WriteStream = process.stdout) => {
    const short = shortened(report, config.maxFindings);
    const known = {...about, exhibition};
    const as = ({listing}: Format) => (listing > config.maxFindings ? report : short);
    for (const output of outputs) {
      const text = output.render(as(output), {color: false, width: 100, unicode: true, ...known});
      writeWhole(output.path, text);
    }
    await write(stream, toStdout.render(as(toStdout), {...displayFor(stream, flags.color), ...known}));
  };
  return Object.assign(print, {
    maxFindings: wanted > config.maxFindings ? wanted : undefined,
    onExhibits: [toStdout, ...outputs].some(({exhibits}) => exhibits) ? onExhibits : undefined,
  });
}

/** Paths in reports for a code host start at the top of the repository. */
function prefixOf(cwd: string): string {
  for (let top = cwd; ; top = dirname(top)) {
    if (existsSync(join(top, '.git'))) {
      const inside = relative(top, cwd).replaceAll('\\', '/');
      return inside === '' ? '' : `${inside}/`;
    }
    if (top === dirname(top)) return '';
  }
}

interface Format {
  readonly render: RenderReport;
  readonly listing: number;
  readonly exhibits: boolean;
}

async function format(name: string): Promise<Format> {
  try {
    return {
      render: await loadFormat(name),
      listing: listings[name] ?? 0,
      exhibits: exhibiting.includes(name),
    };
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
