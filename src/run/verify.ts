import {createHash} from 'node:crypto';
import {createReadStream, existsSync, readdirSync, realpathSync, statSync} from 'node:fs';
import {dirname, join, relative, resolve, sep} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {RunError} from './error.js';
import {manifestName, readManifest} from './manifest.js';
import {setNames} from './output-names.js';
import type {WrittenFile} from './sink.js';

/** What was looked at, and why it may not be trained on; no problems: it may. */
export interface Verified {
  readonly path: string;
  /** The run that accepted it. */
  readonly run: string;
  readonly files: number;
  readonly records: number;
  readonly problems: readonly string[];
}

/**
 * Whether a path is exactly what a run accepted: a run folder as a whole, or a file or folder of its accepted
 * records. `run` names the run of files that were copied elsewhere.
 * @throws RunError when there is no run to ask.
 */
export async function verifyPath(path: string, cwd: string, run?: string): Promise<Verified> {
  const target = resolve(cwd, path);
  if (!existsSync(target)) {
    const failed = `${path.replace(/[\\/]+$/, '')}.failed`;
    if (existsSync(join(resolve(cwd, failed), manifestName)))
      return {path, run: resolve(cwd, failed), files: 0, records: 0, problems: [failedRound(failed)]};
    throw new RunError(`There is no \`${path}\` to verify. Check the path.`);
  }
  const folder = run === undefined ? runOf(target) : resolve(cwd, run);
  if (folder === undefined) {
    throw new RunError(
      `\`${path}\` belongs to no run: no folder above it has a ${manifestName}. Name what \`collapse filter --out\` wrote, or the run with \`--run FOLDER\`.`,
    );
  }
  const manifest = readManifest(folder);
  const problems: string[] = [];
  if (manifest.verdict !== 'pass') problems.push(failedRound());
  const whole = target === folder;
  const accepted = manifest.files.filter(file => isAccepted(file.path));
  if (manifest.verdict === 'pass' && manifest.totals.accepted !== sum(accepted)) {
    problems.push(
      `the manifest counts ${manifest.totals.accepted} accepted records and lists files with ${sum(accepted)}`,
    );
  }
  const inRun = target === folder || target.startsWith(folder + sep);
  const checked = inRun
    ? await verifyInRun(folder, target, whole ? manifest.files : accepted, problems)
    : await verifyCopy(target, accepted, problems);
  return {
    path,
    run: folder,
    files: checked.length,
    records: sum(checked.filter(file => isAccepted(file.path))),
    problems,
  };
}

function failedRound(folder?: string): string {
  const where = folder === undefined ? '' : ` (what is left of it is in \`${folder}\`)`;
  return `its round failed, so none of its records may be trained on${where}`;
}

/** The nearest folder, from the path itself upwards, that is a run. */
function runOf(target: string): string | undefined {
  const start = statSync(target).isDirectory() ? target : dirname(target);
  for (let folder = realpathSync(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, manifestName))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function isAccepted(path: string): boolean {
  return path.startsWith(`${setNames.accept}.`) || path.startsWith(`${setNames.accept}/`);
}

async function verifyInRun(
  folder: string,
  target: string,
  listed: readonly WrittenFile[],
  problems: string[],
): Promise<WrittenFile[]> {
  const inside = relative(folder, realpathSync(target)).split(sep).join('/');
  const wanted = listed.filter(({path}) => inside === '' || path === inside || path.startsWith(`${inside}/`));
  if (wanted.length === 0) {
    problems.push(`\`${inside}\` is none of the files that the run accepted`);
    return [];
  }
  for (const file of wanted) await compare(join(folder, file.path), file.path, file, problems);
  // A file that somebody put beside the accepted ones would be trained on with them.
  const known = new Set(listed.map(({path}) => path));
  for (const path of filesIn(folder, inside)) {
    if (isAccepted(path) && !known.has(path))
      problems.push(`\`${path}\` is there, and the run did not write it`);
  }
  return wanted;
}

/** Files that were copied elsewhere: each must be one of the accepted ones, whatever its name. */
async function verifyCopy(
  target: string,
  accepted: readonly WrittenFile[],
  problems: string[],
): Promise<WrittenFile[]> {
  const found: WrittenFile[] = [];
  const files = statSync(target).isDirectory() ? filesIn(target, '') : [''];
  for (const file of files) {
    const digest = await sha256(join(target, file));
    const same = accepted.find(one => one.sha256 === digest);
    if (same === undefined) problems.push(`\`${file || target}\` is none of the files that the run accepted`);
    else found.push(same);
  }
  if (files.length === 0) problems.push('the folder is empty');
  return found;
}

async function compare(file: string, path: string, {bytes, sha256: digest}: WrittenFile, problems: string[]) {
  if (!existsSync(file)) problems.push(`\`${path}\` is missing`);
  else if (statSync(file).size !== bytes || (await sha256(file)) !== digest)
    problems.push(`\`${path}\` is not what the run wrote`);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, {highWaterMark: 1 << 20}), hash);
  return hash.digest('hex');
}

function filesIn(folder: string, inside: string): string[] {
  const start = join(folder, inside);
  if (!statSync(start).isDirectory()) return [];
  return readdirSync(start, {recursive: true, withFileTypes: true})
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function sum(files: readonly WrittenFile[]): number {
  return files.reduce((total, {records = 0}) => total + records, 0);
}
