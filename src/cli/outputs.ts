import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {parseOutput} from './args.js';
import {UsageError} from './exit.js';

/** A file that `--output NAME=PATH` asks for. */
export interface Output {
  /** Name of the format. */
  readonly name: string;
  /** Whole path. */
  readonly path: string;
}

/**
 * Reads `--output` and makes sure that each file can be written, before a scan that may take hours and not
 * after it. Folders that are missing are made later, with the file.
 */
export function parseOutputs(texts: readonly string[], inputs: readonly string[]): Output[] {
  const taken = new Set<string>();
  return texts.map(text => {
    const {name, path: typed} = parseOutput(text);
    const path = resolve(typed);
    requireWritable(path, typed, text);
    if (inputs.some(input => isSame(resolve(input), path))) {
      throw new UsageError(`\`--output ${text}\`: \`${typed}\` is what is to be checked. Name another file.`);
    }
    if (taken.has(path))
      throw new UsageError(`\`--output ${text}\`: \`${typed}\` is named twice. Name two files.`);
    taken.add(path);
    return {name, path};
  });
}

function requireWritable(path: string, typed: string, text: string): void {
  if (nearest(path) === path && statSync(path).isDirectory()) {
    throw new UsageError(`\`--output ${text}\`: \`${typed}\` is a folder. Name a file in it.`);
  }
  const folder = nearest(dirname(path));
  if (!statSync(folder).isDirectory()) {
    throw new UsageError(`\`--output ${text}\`: \`${folder}\` is a file, so nothing can be written into it.`);
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`\`--output ${text}\`: the folder \`${folder}\` cannot be written to.`);
  }
}

/** The path itself, or the first above it that is there. `a.jsonl/b` is not there, and `a.jsonl` is a file. */
function nearest(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    try {
      statSync(at);
      return at;
    } catch {
      if (dirname(at) === at) return at;
    }
  }
}

/** Whether two paths lead to one file, also through links. */
function isSame(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return a === b;
  }
}

/**
 * Writes under another name and renames, so that nobody ever reads half a report. A link stays one, and a
 * device or pipe (`/dev/null`, `/dev/fd/3`) is written to: a file must not take its place.
 */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  const target = existsSync(path) ? realpathSync(path) : path;
  if (existsSync(target) && !statSync(target).isFile()) {
    writeFileSync(target, text);
    return;
  }
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}
