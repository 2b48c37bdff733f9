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
  const isExpected = expected.has(error.name) || isSystemError(error);
  const lines = isExpected ? asTyped(error.message) : (error.stack ?? error.message);
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
