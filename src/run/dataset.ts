import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Declaration} from '../api.js';
import type {DataFolder} from '../card/folder.js';
import type {Config, ReferenceSetting} from '../config/config.js';
import type {Loaded} from '../config/load.js';
import {InputError, visible} from '../corpus/errors.js';
import {displayPath} from '../corpus/place.js';
import type {ScannedDataset} from '../engine/dataset.js';

export interface DatasetOptions {
  readonly cwd: string;
  /** Configuration of the card that is wanted, where not the default. */
  readonly subset?: string | undefined;
  /** What a person should know and no report says. */
  readonly onNote?: ((note: string) => void) | undefined;
  /** Nothing is judged, so nothing is held against anything. */
  readonly reading?: boolean;
}

/** What a run is to read where it was given a data set folder. */
export interface Understood {
  readonly loaded: Loaded;
  readonly patterns: readonly string[];
  readonly dataset: DatasetRead | undefined;
}

/** A data set folder in a run: which of its files are which split, as inputs and references are named. */
export interface DatasetRead {
  readonly folder: DataFolder;
  readonly splits: readonly SplitRead[];
}

export interface SplitRead {
  readonly name: string;
  /** Displayed paths of the inputs that it is made of. */
  readonly inputs: readonly string[];
  /** Name of the reference that it is; undefined where it is a candidate. */
  readonly reference?: string;
}

/**
 * Takes a folder with a data set card as what it is: the splits to train on are read, those for evaluation are
 * references in the role `benchmark`, unless the user named a benchmark. Anything else that is named stays as it is.
 * @throws InputError for a card that cannot be read, and for `subset` where there is none.
 */
export async function understand(
  loaded: Loaded,
  patterns: readonly string[],
  options: DatasetOptions,
): Promise<Understood> {
  const folder = await folderOf(loaded, patterns, options);
  if (folder === undefined) {
    if (options.subset !== undefined) throw noCard(patterns);
    return {loaded, patterns, dataset: undefined};
  }
  const {config} = loaded;
  const why = options.reading
    ? 'for evaluation'
    : config.references.some(({role}) => role === 'benchmark')
      ? 'a benchmark was named'
      : undefined;
  const {train, evaluation} = folder.sort(folder.splits.flatMap(({files}) => files));
  const shown = (file: string) => displayPath(join(folder.folder, file), options.cwd);
  const references: ReferenceSetting[] = [];
  const splits = folder.splits.map(({name, files}): SplitRead => {
    const own = files.filter(file => !train.has(file));
    const reference = why !== undefined || own.length === 0 ? undefined : benchmarkOf(folder.folder, own);
    if (reference !== undefined) references.push(reference);
    return {
      name,
      inputs: files.filter(file => train.has(file)).map(shown),
      ...(reference && {reference: referenceName(reference, options.cwd)}),
    };
  });
  for (const note of notesOf(folder, splits, why)) options.onNote?.(note);
  return {
    loaded: {...loaded, config: {...config, references: [...config.references, ...references]}},
    patterns:
      train.size + evaluation.size === 0 ? patterns : [...train].map(file => join(folder.folder, file)),
    dataset: {folder, splits},
  };
}

/** The data set as a scan is told of it. */
export function scannedDataset(
  {folder, splits}: DatasetRead,
  whole: boolean,
  croissants: ReadonlyMap<string, Declaration>,
): ScannedDataset {
  const {card, config} = folder;
  const croissant = croissants.get(folder.folder);
  return {card, ...(croissant && {croissant}), ...(config && {config: config.name}), splits, whole};
}

/** How a reference of several files is called in reports. */
export function referenceName({path, files = []}: ReferenceSetting, cwd: string): string {
  const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
  return `${displayPath(path, cwd)}${more}`;
}

/**
 * The paths of a reference: of a data set folder the files of its splits, for a benchmark those for evaluation and
 * else those to train on, as when the folder is checked itself.
 */
export async function filesOf(
  {path, role, files}: ReferenceSetting,
  config: Config,
  cwd: string,
): Promise<readonly string[]> {
  if (files !== undefined || !existsSync(join(path, 'README.md'))) return files ?? [path];
  const {openFolder} = await import('../card/folder.js');
  const folder = await openFolder(path, {cwd, ignore: config.ignore, root: config.root});
  const sorted = folder?.sort(folder.splits.flatMap(split => split.files));
  const wanted = role === 'benchmark' && sorted?.evaluation.size ? sorted.evaluation : sorted?.train;
  return wanted?.size ? [...wanted].map(file => join(path, file)) : [path];
}

async function folderOf(
  {config}: Loaded,
  patterns: readonly string[],
  {cwd, subset}: DatasetOptions,
): Promise<DataFolder | undefined> {
  const [pattern] = patterns;
  if (patterns.length !== 1 || pattern === undefined || pattern === '-') return undefined;
  const folder = resolve(cwd, pattern);
  // Cards are only read, and what reads them loaded, where there is one.
  if (!existsSync(join(folder, 'README.md'))) return undefined;
  const {openFolder} = await import('../card/folder.js');
  return openFolder(folder, {cwd, subset, ignore: config.ignore, root: config.root});
}

function benchmarkOf(folder: string, files: readonly string[]): ReferenceSetting {
  const paths = files.map(file => join(folder, file));
  return {path: paths[0]!, role: 'benchmark', ...(paths.length > 1 && {files: paths})};
}

/** Said on every run: what was read is not all that is there. */
function notesOf(
  {card, config, others, unused, outside, splits: all}: DataFolder,
  splits: readonly SplitRead[],
  why: string | undefined,
): string[] {
  const held = splits.filter(({reference}) => reference !== undefined);
  const read = splits.filter(({inputs}) => inputs.length > 0);
  const dropped = splits.filter(({inputs, reference}) => inputs.length === 0 && reference === undefined);
  const list = (names: readonly string[]) => {
    const few = names.slice(0, 5).map(name => `\`${visible(name, 60)}\``);
    return names.length > 5 ? `${few.join(', ')} and ${names.length - 5} more` : few.join(', ');
  };
  const files = (name: string) => all.find(split => split.name === name)!.files.length;
  const named = (some: readonly SplitRead[]) =>
    some
      .map(({name}) => `\`${visible(name, 60)}\` (${files(name)} ${files(name) === 1 ? 'file' : 'files'})`)
      .join(', ');
  const left = [
    ...(others.length > 0
      ? [`the ${others.length === 1 ? 'configuration' : `${others.length} configurations`} ${list(others)}`]
      : []),
    ...(dropped.length > 0 ? [`${list(dropped.map(({name}) => name))} (${why})`] : []),
    ...(unused.length > 0 ? [list(unused)] : []),
  ];
  const taken = config === undefined ? '' : `, configuration \`${visible(config.name, 60)}\``;
  const benchmark = held.length > 0 ? `; held out as benchmark: ${named(held)}` : '';
  const choose = others.length > 0 ? '`--subset NAME` takes another configuration; name' : 'Name';
  return [
    ...(held.length > 0 || left.length > 0
      ? [`Data set by ${visible(card.path, 200)}${taken}: reads ${named(read)}${benchmark}.`]
      : []),
    ...(left.length > 0 ? [`Left out: ${left.join('; ')}. ${choose} files to read just these.`] : []),
    ...(outside.length > 0
      ? [`Not read: ${list(outside)}, links that lead out of the folder. Name them to read them.`]
      : []),
  ];
}

function noCard(patterns: readonly string[]): InputError {
  const shown = patterns.map(pattern => `\`${visible(pattern, 80)}\``).join(', ');
  return new InputError(
    '`--subset` takes a configuration of a data set card',
    `${shown} ${patterns.length === 1 ? 'is no folder' : 'are not one folder'} whose README.md has one`,
    'Name such a folder, or leave `--subset` out.',
  );
}
