import {type Loaded, loadConfig} from '../config/load.js';
import {visible} from '../report/sanitize.js';
import type {RunOptions} from '../run/check.js';
import {parseReference, wholeNumber} from './args.js';
import {exitCodes} from './exit.js';
import {createProgress} from './terminal/progress.js';

interface ConfigFlags {
  readonly config?: string;
  readonly 'no-config'?: boolean;
  readonly rule?: readonly string[];
  readonly gate?: readonly string[];
  readonly field?: readonly string[];
  readonly record?: readonly string[];
  readonly ignore?: readonly string[];
  readonly reference?: readonly string[];
  readonly machine?: readonly string[];
  readonly 'max-malformed'?: string;
  readonly 'max-findings'?: string;
  readonly 'sample-above'?: string;
  readonly 'fail-on'?: string;
}

/** The config of a command, from its flags. Throws ConfigError. */
export function loadFromFlags(flags: ConfigFlags): Promise<Loaded> {
  return loadConfig({
    cwd: process.cwd(),
    file: flags.config,
    noConfig: flags['no-config'],
    cli: {
      rules: flags.rule,
      gates: flags.gate,
      fields: flags.field,
      records: flags.record,
      ignore: flags.ignore,
      references: referencesFrom(flags),
      maxMalformed: flags['max-malformed'],
      maxFindings: flags['max-findings'],
      sampleAbove: flags['sample-above'],
      failOn: flags['fail-on'],
    },
  });
}

/** Undefined where none is named: then those of the config hold. */
function referencesFrom({reference, machine}: ConfigFlags) {
  if (reference === undefined && machine === undefined) return undefined;
  return [
    ...(reference ?? []).map(parseReference),
    ...(machine ?? []).map(path => ({path, role: 'machine'})),
  ];
}

interface RunFlags {
  readonly concurrency?: string;
  readonly 'no-cache'?: boolean;
  readonly 'stdin-filename'?: string;
  readonly quiet?: boolean;
  readonly subset?: string;
}

/** Progress on stderr, and Ctrl-C that ends the run in order. Call `done` before anything else is printed. */
export function runFromFlags(flags: RunFlags): {options: RunOptions; done(): void} {
  const abort = new AbortController();
  const interrupt = () => {
    abort.abort();
    // A second time means now.
    process.once('SIGINT', () => process.exit(exitCodes.interrupted));
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  let progress: ReturnType<typeof createProgress> | undefined;
  const quiet = flags.quiet ?? false;
  const options: RunOptions = {
    cwd: process.cwd(),
    concurrency: wholeNumber('concurrency', flags.concurrency, 1),
    cache: !flags['no-cache'],
    stdinName: flags['stdin-filename'],
    subset: flags.subset,
    onNote: note => void (quiet || process.stderr.write(`${visible(note)}\n`)),
    signal: abort.signal,
    onStart(total) {
      const {stderr, env} = process;
      progress = createProgress({stream: stderr, total, quiet, env, now: () => performance.now()});
    },
    onProgress: (bytes, records) => progress?.update(bytes, records),
    onBuild(name) {
      if (!quiet && process.stderr.isTTY)
        process.stderr.write(`Summing up the reference ${visible(name)} …\n`);
    },
  };
  return {
    options,
    done() {
      progress?.done();
      process.removeListener('SIGINT', interrupt);
      process.removeListener('SIGTERM', interrupt);
    },
  };
}
