import {createHash} from 'node:crypto';
import {createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pipeline} from 'node:stream/promises';
import type {Config, ReferenceSetting} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import {InputError} from '../corpus/errors.js';
import {createPlan} from '../engine/plan.js';
import type {PendingReference} from '../engine/scan.js';
import {isProfile, ProfileError, writeProfile} from '../profile/container/index.js';
import {openReference, type Reference, type ReferenceOptions} from '../profile/reference.js';
import {filesOf, referenceName} from './dataset.js';
import {openInputs} from './inputs.js';
import {buildSegment, cacheKey, lintingConfig, profileParams} from './profile.js';

export interface ReferencesOptions {
  readonly config: Config;
  readonly registry: Registry;
  readonly cwd: string;
  readonly threads: number;
  /** Real paths of the candidates' files. */
  readonly exclude: ReadonlySet<string>;
  /** Folder for profiles of plain references; undefined: build them anew each time. */
  readonly cacheDir: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is being built, since it may take a while. */
  readonly onBuild?: ((name: string) => void) | undefined;
}

/** Where profiles of plain references are kept between runs. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return env.COLLAPSE_CACHE_DIR || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'collapse-gate');
}

/**
 * The references of a config, to be opened one after the other; plain files and folders are then summed up
 * first, or taken from the cache.
 */
export function pendingReferences(options: ReferencesOptions): PendingReference[] {
  return options.config.references.map(setting => ({role: setting.role, open: () => open(setting, options)}));
}

async function open(setting: ReferenceSetting, options: ReferencesOptions): Promise<Reference> {
  const {cwd, exclude, config, registry} = options;
  const {parts} = createPlan(config, registry, cwd);
  const name = referenceName(setting, cwd);
  const named = {name, role: setting.role, cwd, exclude, parts: parts.map(({part}) => part)};
  if (isProfile(setting.path)) return openReference(setting.path, named);
  const opened = await openInputs(await filesOf(setting, config, cwd), {
    cwd,
    root: config.root,
    ignore: config.ignore,
    records: config.records,
    signal: options.signal,
  });
  let temporary: string | undefined;
  try {
    const {inputs} = opened;
    if (inputs.length === 0) throw empty(name, 'nothing there can be read');
    const linting = lintingConfig(config);
    const params = profileParams(linting);
    const sources = [];
    for (const {path, file} of inputs) sources.push({path: resolve(cwd, path), sha256: await digest(file)});
    if (options.cacheDir === undefined) temporary = mkdtempSync(join(tmpdir(), 'collapse-profile-'));
    const folder = options.cacheDir ?? temporary!;
    mkdirSync(folder, {recursive: true});
    const path = join(folder, `${cacheKey(params, createPlan(linting, registry, cwd), sources)}.profile`);
    const known = existsSync(path) ? openCached(path, named) : undefined;
    if (known !== undefined) return known;
    options.onBuild?.(name);
    const {threads, signal} = options;
    const {draft, release} = await buildSegment(path, {
      config: linting,
      registry,
      inputs,
      cwd,
      threads,
      signal,
    });
    try {
      // Everything is new beside a reference that says nothing: a wrong field mapping must not pass for that.
      if (draft.records === 0) throw empty(name, 'no record there can be read');
      await writeProfile(path, params, [draft]);
    } finally {
      release();
    }
    return openReference(path, named);
  } finally {
    opened.close();
    if (temporary !== undefined) rmSync(temporary, {recursive: true, force: true});
  }
}

/** A damaged file in the cache is nobody's loss: it is built again. */
function openCached(path: string, options: ReferenceOptions): Reference | undefined {
  try {
    return openReference(path, options);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    rmSync(path, {force: true});
    return undefined;
  }
}

function empty(name: string, why: string): InputError {
  return new InputError(
    `Reference \`${name}\``,
    why,
    'Name a profile, a JSONL file, or a folder or pattern that holds some, and check how its fields are mapped.',
  );
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, {highWaterMark: 1 << 20}), hash);
  return hash.digest('hex');
}
