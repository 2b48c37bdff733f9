import {type ChildProcess, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll} from 'vitest';

/** The program as `npm run build` made it: what a user types. */
const program = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
/** The test plugin as a config names it. */
export const plugin = fileURLToPath(new URL('../engine/probe.mjs', import.meta.url));

const cache = mkdtempSync(join(tmpdir(), 'collapse-cache-'));
afterAll(() => rmSync(cache, {recursive: true, force: true}));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the program. Its standard input stays open unless `input` is given. */
export function start(
  args: readonly string[],
  {cwd, input, env}: Options,
): ChildProcess & {ended: Promise<Ran>} {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: {...process.env, NO_COLOR: '1', COLLAPSE_CACHE_DIR: cache, CI: '', ...env},
  });
  if (input !== undefined) {
    // The program may end without reading all of it.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  }
  const ended = new Promise<Ran>((done, fail) => {
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', chunk => stdout.push(chunk));
    child.stderr.on('data', chunk => stderr.push(chunk));
    child.on('error', fail);
    child.on('close', (code, signal) => {
      done({
        code,
        signal,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
  return Object.assign(child, {ended});
}

/** Runs the program to its end. */
export function collapse(args: readonly string[], options: Options): Promise<Ran> {
  return start(args, {input: '', ...options}).ended;
}

/** All files under a folder, by relative path; dot files too. */
export function filesIn(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(folder, {recursive: true}).map(String).sort()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) files.set(relative(folder, path).split(sep).join('/'), readFileSync(path));
  }
  return files;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
