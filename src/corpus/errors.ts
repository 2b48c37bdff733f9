/** An input that cannot be read as a whole: what cannot be done, why, and what to do about it. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    readonly what: string,
    readonly why: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(`${what}: ${why}. ${advice}`, options);
  }
}

const fileErrors: Readonly<Record<string, readonly [why: string, advice: string]>> = {
  ENOENT: ['there is no such file', 'Check the spelling and the working folder'],
  EACCES: ['permission denied', 'Give yourself read permission on it'],
  EPERM: ['permission denied', 'Give yourself read permission on it'],
  EMFILE: ['too many files are open', 'Raise the limit with `ulimit -n 4096`'],
  ENOSPC: ['the disk is full', 'Free some space, or set `TMPDIR` to a folder on a larger disk'],
};

/** Words an error of the file system; an InputError passes unchanged, and so does an interrupt. */
export function inputError(what: string, error: unknown): Error {
  if (error instanceof InputError) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  const {code, message} = error as NodeJS.ErrnoException;
  const [why, advice] = fileErrors[code ?? ''] ?? [message, 'Check that it can be read'];
  return new InputError(what, why, `${advice}.`, {cause: error});
}

/** The file was cut while the run was reading it. */
export function shrunk(path: string): InputError {
  return new InputError(
    `Cannot read ${quoted(path)}`,
    'it became shorter while it was being read',
    'Let the program that writes it finish, then run again.',
  );
}

/** A file name for a message: control and bidi characters in it are made visible. */
export function quoted(path: string): string {
  return `\`${visible(path, 200)}\``;
}

/** At most `limit` code points of hostile text, on one line, with nothing in it that a terminal would obey. */
export function visible(text: string, limit = 20): string {
  const head = [...text.slice(0, 2 * limit)];
  const shown = head
    .slice(0, limit)
    .join('')
    .replace(
      /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu,
      character => `\\u{${character.codePointAt(0)!.toString(16)}}`,
    );
  return head.length > limit || text.length > 2 * limit ? `${shown}…` : shown;
}
