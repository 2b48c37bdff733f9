import {dirname, isAbsolute, resolve, sep} from 'node:path';

/** Exit codes: a stable contract, the same for every output format. */
export const exitCodes = {
  pass: 0,
  /** Findings at or above `--fail-on`, or a failed round. */
  findings: 1,
  /** Usage, config, or an error of the tool or a plugin. */
  usage: 2,
  /** Nothing was scanned. */
  nothing: 3,
  interrupted: 130,
} as const;

/** A mistake on the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Errors whose message says everything to the user; others are bugs and show their stack. */
const expected = new Set([
  'UsageError',
  'ConfigError',
  'InputError',
  'ProfileError',
  'EngineError',
  'PathError',
  'RunError',
  'FormatError',
  'DecisionsError',
]);

/** The disk is full, a folder is read-only: the message says which file and why. */
function isSystemError(error: Error): boolean {
  return 'code' in error && 'syscall' in error;
}

/** What is wrong, and what to do, where the system only gives its own word for it. */
const systemErrors: Readonly<Record<string, string>> = {
  ENOSPC:
    'The disk is full, and no output was left half-written. Free some space or name another folder; what is kept while it works goes to the folder of TMPDIR.',
  EROFS: 'The file system can only be read. Name another folder.',
  EMFILE: 'Too many files are open. Raise the limit with `ulimit -n 4096`.',
};

function systemMessage(error: Error): string {
  const advice = systemErrors[(error as NodeJS.ErrnoException).code ?? ''];
  return advice === undefined ? error.message : `${advice} (${error.message})`;
}

/** Paths as they were typed, or as one types them in the working folder: the tool works with whole ones. */
function asTyped(message: string): string {
  const typed = process.argv.slice(2).flatMap(argument => [argument.replace(/^[^=]*=/, ''), argument]);
  const names = typed.filter(name => name !== '' && !isAbsolute(name)).map(name => [resolve(name), name]);
  const known = [...names, [process.cwd() + sep, '']] as [string, string][];
  return known
    .filter(([path]) => dirname(path) !== path)
    .sort(([a], [b]) => b.length - a.length)
    .reduce((text, [path, name]) => {
      const escaped = path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      // A path that begins before, or whose name goes on after, is another one.
      const end = name === '' ? '(?=[^\\s`\'")])' : '(?=[\\s`\'"),:;\\\\/]|\\.?$)';
      return text.replace(new RegExp(`(?<=^|[\\s\`'"(\\[=])${escaped}${end}`, 'gm'), () => name);
    }, message);
}

/** Says on stderr what went wrong; returns the exit code. */
export async function fail(error: unknown): Promise<number> {
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('Interrupted. Nothing was written.\n');
    return exitCodes.interrupted;
  }
  if (!(error instanceof Error)) {
    process.stderr.write(`${String(error)}\n`);
    return exitCodes.usage;
  }
  const {visible} = await import('../report/sanitize.js');
  const ofSystem = isSystemError(error);
  const isExpected = expected.has(error.name) || ofSystem;
  const message = ofSystem ? systemMessage(error) : error.message;
  const lines = isExpected ? asTyped(message) : (error.stack ?? message);
  for (const line of lines.split('\n')) process.stderr.write(`${visible(line)}\n`);
  if (!isExpected) {
    process.stderr.write(
      'This is a bug in collapse-gate or in a plugin. Please report it with the lines above.\n',
    );
  } else if (process.env.NODE_DEBUG?.includes('collapse') && error.stack) {
    process.stderr.write(`${visible(error.stack)}\n`);
  }
  return exitCodes.usage;
}
