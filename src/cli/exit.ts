import {dirname} from 'node:path';

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
]);

/** The disk is full, a folder is read-only: the message says which file and why. */
function isSystemError(error: Error): boolean {
  return 'code' in error && 'syscall' in error;
}

/** Paths in the working folder as one types them there; the system names them whole. */
function relativePaths(message: string): string {
  const folder = process.cwd();
  // All of `/` is in the root folder, and a path that goes on before the folder is another one.
  if (dirname(folder) === folder) return message;
  const escaped = folder.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return message.replace(new RegExp(`(?<=^|[\\s\`'"(\\[=])${escaped}[\\\\/](?=[^\\s\`'")])`, 'gm'), '');
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
  const lines = isExpected ? relativePaths(error.message) : (error.stack ?? error.message);
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
