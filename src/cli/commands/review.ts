import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join, resolve} from 'node:path';
import type {Loaded} from '../../config/load.js';
import {decisionsPath} from '../../decisions/decision.js';
import {visible} from '../../report/sanitize.js';
import {filter} from '../../run/filter.js';
import {manifestName, readRun, type SavedRun} from '../../run/manifest.js';
import {version} from '../../run/version.js';
import {parse, wholeNumber} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {reviewOptions} from '../options-commands.js';
import {displayFor, write} from '../print.js';
import {loadFromFlags, runFromFlags} from '../setup.js';
import {nothing} from './check.js';

/** `collapse review`: a person decides, one flagged record after the other. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('review', args, reviewOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('review'));
    return exitCodes.pass;
  }
  const asks = values.plain ?? false;
  if (!asks && !values.stats && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new UsageError(
      '`collapse review` needs a terminal. Use `--plain` to be asked line by line, or read `report.html` of the run.',
    );
  }
  const size = wholeNumber('sample', values.sample, 2) ?? 50;
  const loaded = await loadFromFlags(values);
  const opened = await openRun(loaded, positionals, values);
  if (opened === undefined) return nothing(positionals);
  const {saved, close} = opened;
  const file = resolve(values.decisions ?? join(loaded.config.root, decisionsPath));
  try {
    const {openReview, reviewStats} = await import('../../review/index.js');
    if (values.stats) {
      await write(process.stdout, await reviewStats(saved, file, loaded.registry));
      return exitCodes.pass;
    }
    const who = values.as ?? reviewerName();
    const tool = `collapse-gate ${version}`;
    const review = await openReview(saved, {
      reviewer: {who, tool, file, now: () => new Date()},
      folders: [process.cwd(), loaded.config.root],
      blind: values.blind ? {size, seed: values.seed ?? '0'} : undefined,
    });
    try {
      if (review.cases.length === 0) {
        await write(process.stderr, `There is nothing to review: ${review.records} records, none flagged.\n`);
        return exitCodes.pass;
      }
      if (asks) await plainly(review);
      else await onScreen(review, values.color);
      if (existsSync(file)) await write(process.stderr, `Decisions are in ${visible(file)}\n`);
      return exitCodes.pass;
    } finally {
      review.close();
    }
  } finally {
    close();
  }
}

type Review = Awaited<ReturnType<typeof import('../../review/index.js').openReview>>;

async function plainly(review: Review): Promise<void> {
  const {reviewPlain} = await import('../../review/plain.js');
  const width = Math.min(100, process.stdout.columns ?? 80);
  await reviewPlain({
    ...review,
    load: review.loader.load,
    input: process.stdin,
    output: process.stdout,
    width,
  });
}

async function onScreen(review: Review, color: string | undefined): Promise<void> {
  // React draws three times as fast without its checks; all of these are read when Ink is loaded.
  process.env.NODE_ENV ??= 'production';
  // Ink draws nothing but the end where CI is set. Here is a terminal, so somebody is looking.
  process.env.CI = 'false';
  process.env.CONTINUOUS_INTEGRATION = 'false';
  const {reviewInteractive} = await import('../../review/interactive.js');
  await reviewInteractive({...review, color: displayFor(process.stdout, color).color});
}

/** A saved run, or one that is made of the paths now, in a folder that goes when the review is over. */
export async function openRun(
  loaded: Loaded,
  paths: readonly string[],
  values: Parameters<typeof runFromFlags>[0],
): Promise<{saved: SavedRun; close(): void} | undefined> {
  const [first] = paths;
  if (paths.length === 1 && first !== undefined && existsSync(join(first, manifestName))) {
    return {saved: readRun(first), close: () => {}};
  }
  const folder = mkdtempSync(join(tmpdir(), 'collapse-review-'));
  const close = () => rmSync(folder, {recursive: true, force: true});
  try {
    const {options, done} = runFromFlags(values);
    const out = join(folder, 'run');
    const {folder: made} = await filter(loaded, paths.length > 0 ? paths : ['.'], {...options, out}).finally(
      done,
    );
    if (made !== undefined) return {saved: readRun(made), close};
  } catch (error) {
    close();
    throw error;
  }
  close();
  return undefined;
}

/** The name that git signs commits with; else that of the account. */
function reviewerName(): string {
  try {
    const name = execFileSync('git', ['config', 'user.name'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    if (name !== '') return name;
  } catch {
    // No git here, or no name in it.
  }
  return userInfo().username;
}
