import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import type {Loaded} from '../config/load.js';
import {InputError} from '../corpus/errors.js';
import {readableFormats} from '../corpus/formats.js';
import {passedOver} from '../corpus/passed-over.js';
import {appendSegment, compactProfile, openProfile, requireSameParams} from '../profile/container/index.js';
import {tableMerges} from '../profile/merge.js';
import type {Report} from '../report/report.js';
import type {RunOptions} from './check.js';
import {understand} from './dataset.js';
import {openInputs} from './inputs.js';
import {buildSegment, lintingConfig, profileParams, ruleMerges} from './profile.js';
import {reportOf} from './report.js';
import {threadsFor} from './threads.js';

export interface BuiltProfile {
  /** What linting the new records found: duplicates inside the reference, malformed rows. */
  readonly report: Report;
  readonly extended: boolean;
  /** Sources that were in the profile already, with the same bytes, and were not read again. */
  readonly known: readonly string[];
}

/**
 * Sums up a corpus into a profile, or adds it to the one at `out`.
 * @throws ProfileError for other parameters or a damaged file, InputError; the old profile is then intact.
 */
export async function buildProfile(
  given: Loaded,
  named: readonly string[],
  out: string,
  options: RunOptions,
): Promise<BuiltProfile> {
  const {loaded, patterns} = await understand(given, named, {...options, reading: true});
  const {registry} = loaded;
  const config = lintingConfig(loaded.config);
  const {cwd, signal} = options;
  const path = resolve(cwd, out);
  const params = profileParams(config);
  const extended = existsSync(path);
  const before = extended ? sourcesOf(path, params) : new Set<string>();
  const opened = await openInputs(patterns, {
    ...config,
    cwd,
    stdin: options.stdin,
    stdinName: options.stdinName,
    signal,
  });
  try {
    const {inputs} = opened;
    if (inputs.length === 0) {
      throw new InputError(
        'Cannot build a profile',
        `the paths match nothing that can be read${withFiles(passedOver(patterns, cwd, 3))}`,
        `What can be read is ${readableFormats}. Name such files, or folders or patterns that hold some`,
      );
    }
    const bytes = inputs.reduce((sum, input) => sum + input.bytes, 0);
    const threads = threadsFor(bytes, options.concurrency);
    options.onStart?.(bytes);
    const {draft, outcome, release} = await buildSegment(path, {
      config,
      registry,
      inputs,
      cwd,
      threads,
      signal,
      ...(options.onProgress && {onProgress: options.onProgress}),
    });
    try {
      if (draft.records === 0) {
        throw new InputError(
          'Cannot build a profile',
          'no record in these paths can be read',
          'Check them with `collapse check`, and how their fields are mapped',
        );
      }
      const known = draft.sources.filter(source => before.has(source.sha256)).map(source => source.path);
      if (known.length > 0) {
        throw new InputError(
          `\`${out}\` holds ${known.map(source => `\`${source}\``).join(', ')} already`,
          'its records would count twice',
          'Name only what is new, or delete the profile and build it from all sources',
        );
      }
      await appendSegment(path, params, draft);
      return {report: reportOf({...loaded, config}, inputs, outcome, cwd), extended, known};
    } finally {
      release();
    }
  } finally {
    opened.close();
  }
}

function withFiles(files: readonly string[]): string {
  return files.length === 0 ? '' : ` (passed over: ${files.map(file => `\`${file}\``).join(', ')})`;
}

/** Digests of what a profile holds; refuses other parameters before the long part. */
function sourcesOf(path: string, params: ReturnType<typeof profileParams>): Set<string> {
  const profile = openProfile(path);
  try {
    requireSameParams(profile, params);
    return new Set(profile.segments.flatMap(segment => segment.sources.map(source => source.sha256)));
  } finally {
    profile.close();
  }
}

/** Merges all segments of a profile into one: opens faster, holds the same. */
export async function compact(
  {registry}: Loaded,
  path: string,
): Promise<{merged: readonly string[]; kept: readonly string[]}> {
  return compactProfile(path, {...tableMerges, ...ruleMerges(registry)});
}
