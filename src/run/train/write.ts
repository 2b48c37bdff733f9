import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import type {Loaded} from '../../config/load.js';
import {displayPath} from '../../corpus/place.js';
import {isWeights} from '../../detector/weights.js';
import {RunError} from '../error.js';

const defaultName = 'style.detector';

/**
 * Where a detector goes, asked before the long part. Beside the profile that it will be used with.
 * @throws RunError where something else is, or without `overwrite` an earlier detector.
 */
export function freePlace(
  {config}: Loaded,
  {
    cwd,
    out,
    overwrite = false,
  }: {readonly cwd: string; readonly out?: string | undefined; readonly overwrite?: boolean | undefined},
): {readonly path: string; readonly shown: string} {
  const profile = config.references.find(({role, path}) => role === 'trusted' && path.endsWith('.profile'));
  const path =
    out === undefined ? join(profile ? dirname(profile.path) : config.root, defaultName) : resolve(cwd, out);
  const shown = displayPath(path, cwd);
  if (!existsSync(path)) return {path, shown};
  if (!statSync(path).isFile() || !isWeights(readFileSync(path))) {
    throw new RunError(`\`${shown}\` is there already and is no detector. Name another file with \`--out\`.`);
  }
  if (overwrite) return {path, shown};
  throw new RunError(
    `\`${shown}\` is there already. Name another file with \`--out\`, or replace it with \`--overwrite\`.`,
  );
}

/** Under another name first, and on the disk before it has its own: there is never half a file. */
export function writeAtomically(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), {recursive: true});
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const handle = openSync(temporary, 'w');
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}
