/**
 * What is wrong with a profile and what to do about it, in the message. Thrown for everything that the
 * file's content, its place or another process can cause; the error of the system, if any, is the `cause`.
 */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  /** The profile, as the caller named it. */
  readonly path: string | undefined;

  constructor(message: string, path?: string, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/** Paths come from files that others wrote: control and bidi characters must not reach a terminal. */
export function shown(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}

const sourcesShown = 5;

/** The command that makes the profile anew, with its sources where they are known and not too many. */
export function rebuildCommand(path: string, sources: readonly string[] = []): string {
  const named = [...new Set(sources)];
  const list = named.length === 0 ? ['<sources…>'] : named.slice(0, sourcesShown).map(quoted);
  if (named.length > sourcesShown) list.push('…');
  return `collapse profile ${list.join(' ')} --out ${quoted(path)}`;
}

/** The bytes are not those that were written. `what` reads "section `x` …" or "its directory …". */
export function damaged(path: string, what: string, sources?: readonly string[]): ProfileError {
  return new ProfileError(
    `Profile \`${shown(path)}\` is damaged: ${what}. Restore it from a copy, or delete it and rebuild it: ` +
      `\`${rebuildCommand(path, sources)}\`.`,
    path,
  );
}

/** Gives an error of the file system the profile's name; lets every other error through. */
export function fromSystem(path: string, action: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const advice = adviceFor[String(error.code)] ?? 'Check the file and its folder, then run again';
  const message = `Cannot ${action} profile \`${shown(path)}\`: ${shown(error.message)}. ${advice}.`;
  return new ProfileError(message, path, {cause: error});
}

const adviceFor: Readonly<Record<string, string>> = {
  ENOENT: 'Check the path; the folder must exist',
  EACCES: 'Check the permissions of the file and its folder',
  EPERM: 'Check the permissions, and that no other program holds the file open',
  EROFS: 'The file system is read-only: name another place with `--out`',
  ENOSPC: 'Free some space: extending a profile needs room for a second copy of it',
  EISDIR: 'It is a folder: name the profile file itself',
};

function quoted(argument: string): string {
  const harmless = shown(argument);
  return /^[\w@%+=:,./-]+$/.test(harmless) ? harmless : `'${harmless.replaceAll("'", "'\\''")}'`;
}
