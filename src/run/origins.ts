import {existsSync} from 'node:fs';
import {dirname, join, relative, resolve, sep} from 'node:path';
import type {Croissant} from '../card/croissant.js';
import type {Config, DeclaredOrigin} from '../config/config.js';
import type {Input} from '../corpus/input.js';

/** What Croissant beside the inputs of a run says of them. */
export interface Beside {
  readonly config: Config;
  /** By the absolute path of their folder. */
  readonly croissants: ReadonlyMap<string, Croissant>;
}

/** What reads Croissant is only loaded where a file has its name. */
async function read(folder: string, cwd: string): Promise<Croissant | undefined> {
  if (!['croissant.json', 'metadata.json'].some(name => existsSync(join(folder, name)))) return undefined;
  return (await import('../card/croissant.js')).readCroissant(folder, cwd);
}

/** Folders above a file that are looked into. */
const levels = 3;

/**
 * Looks for Croissant in the folders of the inputs and above them, up to the working folder: what it declares holds
 * for the records of the files that it is about, where they say nothing themselves.
 * @throws InputError for one that cannot be read.
 */
export async function readOrigins(config: Config, inputs: readonly Input[], cwd: string): Promise<Beside> {
  const croissants = new Map<string, Croissant | undefined>();
  const origins = new Map<Croissant, string[]>();
  for (const {path} of inputs) {
    if (path.startsWith('<')) continue;
    const file = resolve(cwd, path);
    let folder = dirname(file);
    for (let level = 0; level < levels; level++, folder = dirname(folder)) {
      if (!croissants.has(folder)) croissants.set(folder, await read(folder, cwd));
      const found = croissants.get(folder);
      const inside = relative(folder, file).split(sep).join('/');
      if (found?.isAbout(inside)) {
        origins.set(found, [...(origins.get(found) ?? []), path]);
        break;
      }
      if (folder === resolve(cwd) || !folder.startsWith(resolve(cwd) + sep)) break;
    }
  }
  const declared: DeclaredOrigin[] = [...origins].flatMap(([{fields}, files]) =>
    Object.keys(fields).length === 0 ? [] : [{files, fields}],
  );
  const known = [...croissants].filter((one): one is [string, Croissant] => one[1] !== undefined);
  return {
    config: declared.length === 0 ? config : {...config, origins: declared},
    croissants: new Map(known),
  };
}
