import {lstatSync, readlinkSync} from 'node:fs';
import {InputError, quoted} from './errors.js';

/**
 * What to say of a link that leads nowhere; undefined for what is no link. It is an error and not passed over:
 * git-annex, DVC and model caches keep data behind links, and a check that skips them would be green for nothing.
 */
export function brokenLink(path: string): InputError | undefined {
  if (!lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink()) return undefined;
  const target = readlinkSync(path);
  const fetch = /(?:^|[\\/])\.git[\\/]annex[\\/]/.test(target)
    ? 'Run `git annex get` on it'
    : 'Fetch what it stands for, mend or remove the link';
  return new InputError(
    `Cannot read ${quoted(path)}`,
    `it is a link to ${quoted(target)}, and there is nothing`,
    `${fetch}, or leave it out with \`ignore\` or \`--ignore\`.`,
  );
}
