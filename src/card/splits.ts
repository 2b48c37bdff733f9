import {basename, dirname} from 'node:path/posix';
import {compileGlob} from '../config/glob.js';
import {InputError, visible} from '../corpus/errors.js';
import type {Card} from './read.js';

/** Files of a split, by paths relative to the folder of the card. */
export interface Split {
  readonly name: string;
  readonly files: readonly string[];
}

/** A configuration of a card: which files make which splits. */
export interface CardConfig {
  readonly name: string;
  readonly isDefault: boolean;
  /** The splits of some files. */
  readonly splits: (files: readonly string[]) => Split[];
  /** Where the card says so. */
  readonly at: string;
}

/**
 * The configurations of a card, in its order; none where it has no `configs`.
 * @throws InputError with line and column for what is none, and for patterns that lead out of the folder.
 */
export function configsOf(card: Card): CardConfig[] {
  const {configs} = card.fields;
  if (configs === undefined || configs === null) return [];
  if (!Array.isArray(configs)) throw invalid(card.at('configs'), '`configs` is no list');
  return configs.map((entry: unknown, index) => {
    const at = card.at('configs', index);
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      throw invalid(at, 'an entry of `configs` is no mapping with `config_name` and `data_files`');
    const {
      config_name: given = 'default',
      data_files: files,
      data_dir: dir,
      default: marked,
    } = entry as Entry;
    if (typeof given !== 'string' && typeof given !== 'number')
      throw invalid(card.at('configs', index, 'config_name'), '`config_name` is no text');
    const name = String(given);
    const folder = dir === undefined ? '' : folderOf(dir, card.at('configs', index, 'data_dir'));
    const patterns = files === undefined ? undefined : patternsOf(files, card, index);
    const splits =
      patterns === undefined
        ? (all: readonly string[]) => within(all, folder, inferred)
        : (all: readonly string[]) => within(all, folder, inside => matched(inside, patterns));
    return {name, isDefault: marked === true, splits, at};
  });
}

interface Entry {
  readonly config_name?: unknown;
  readonly data_files?: unknown;
  readonly data_dir?: unknown;
  readonly default?: unknown;
}

/** What is taken where nobody says: the one called `default` or marked as it, or the first. */
export function defaultConfig(configs: readonly CardConfig[]): CardConfig | undefined {
  return configs.find(({name, isDefault}) => isDefault || name === 'default') ?? configs[0];
}

/** What `datasets` takes of files whose card does not say: by names of shards, of folders, of files. */
export function inferred(files: readonly string[]): Split[] {
  const known = files.filter(file => !ignored.has(basename(file)));
  const shards = bySplit(known, file => /^data\/([^/]+)-\d{5}-of-\d{5}[^/]*\.[^/]*$/.exec(file)?.[1]);
  if (shards.length > 0) return inOrder(shards);
  for (const isIn of [inFolder, inName]) {
    const found = Object.entries(keywords).map(([name, words]) => ({
      name,
      files: known.filter(file => isIn(file, words)),
    }));
    if (found.some(split => split.files.length > 0)) return found.filter(split => split.files.length > 0);
  }
  return known.length === 0 ? [] : [{name: 'train', files: known}];
}

/** Splits that are for evaluation: what they hold must not be trained on. */
export function isEvaluation(split: string): boolean {
  const words = split.toLowerCase().split(/[^a-z]+/);
  return words.some(word => evaluation.has(word)) && !words.some(word => word.startsWith('train'));
}

const evaluation = new Set([
  ...['test', 'tests', 'testing', 'eval', 'evaluation', 'validation', 'valid', 'val', 'dev'],
  ...['benchmark', 'heldout', 'holdout'],
]);
const keywords: Readonly<Record<string, readonly string[]>> = {
  train: ['train', 'training'],
  validation: ['validation', 'valid', 'dev', 'val'],
  test: ['test', 'testing', 'eval', 'evaluation'],
};
/** About the data, beside it. */
const ignored = new Set([
  ...['README.md', 'config.json', 'dataset_info.json', 'dataset_infos.json', 'dataset_dict.json'],
  ...['croissant.json', 'metadata.json', 'package.json', 'package-lock.json'],
]);

const separator = '[-._ 0-9]';
const folderPattern = (word: string) => new RegExp(`^(?:.*${separator})?${word}(?:${separator}.*)?$`, 's');
const namePattern = (word: string) => new RegExp(`^(?:.*${separator})?${word}${separator}`, 's');
const folderPatterns = new Map(
  Object.values(keywords)
    .flat()
    .map(word => [word, folderPattern(word)]),
);
const namePatterns = new Map(
  Object.values(keywords)
    .flat()
    .map(word => [word, namePattern(word)]),
);

function inFolder(file: string, words: readonly string[]): boolean {
  const folders = dirname(file).split('/');
  return folders.some(folder => words.some(word => folderPatterns.get(word)!.test(folder)));
}

function inName(file: string, words: readonly string[]): boolean {
  return words.some(word => namePatterns.get(word)!.test(basename(file)));
}

function bySplit(files: readonly string[], nameOf: (file: string) => string | undefined): Split[] {
  const splits = new Map<string, string[]>();
  for (const file of files) {
    const name = nameOf(file);
    if (name !== undefined) splits.set(name, [...(splits.get(name) ?? []), file]);
  }
  return [...splits].map(([name, own]) => ({name, files: own}));
}

function inOrder(splits: readonly Split[]): Split[] {
  const known = Object.keys(keywords);
  const rank = ({name}: Split) => (known.includes(name) ? known.indexOf(name) : known.length);
  return splits.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** Of the files in a folder, by their paths in it. */
function within(
  files: readonly string[],
  folder: string,
  splitsOf: (files: readonly string[]) => Split[],
): Split[] {
  if (folder === '') return splitsOf(files);
  const start = `${folder}/`;
  const inside = files.filter(file => file.startsWith(start)).map(file => file.slice(start.length));
  return splitsOf(inside).map(({name, files: own}) => ({name, files: own.map(file => start + file)}));
}

interface SplitPatterns {
  readonly name: string;
  readonly tests: readonly ((file: string) => boolean)[];
}

function matched(files: readonly string[], patterns: readonly SplitPatterns[]): Split[] {
  return patterns.map(({name, tests}) => ({
    name,
    files: files.filter(file => !ignored.has(basename(file)) && tests.some(test => test(file))),
  }));
}

/** `data_files` in all its forms: a pattern, a list of them, or patterns by split. */
function patternsOf(files: unknown, card: Card, index: number): SplitPatterns[] {
  const at = (...path: (string | number)[]) => card.at('configs', index, 'data_files', ...path);
  const tests = (value: unknown, ...path: (string | number)[]) =>
    (Array.isArray(value) ? value : [value]).map((pattern, one) =>
      patternTest(pattern, Array.isArray(value) ? at(...path, one) : at(...path)),
    );
  const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMapping(files))
    return Object.entries(files).map(([name, value]) => ({name, tests: tests(value, name)}));
  if (!Array.isArray(files) || !files.some(isMapping)) return [{name: 'train', tests: tests(files)}];
  const splits = files.map((entry: unknown, one) => {
    if (!isMapping(entry) || entry.path === undefined || entry.split === undefined)
      throw invalid(at(one), 'an entry of `data_files` needs `split` and `path`');
    return {name: String(entry.split), tests: tests(entry.path, one, 'path')};
  });
  const twice = splits.findIndex(({name}, one) => splits.findIndex(other => other.name === name) !== one);
  if (twice >= 0) throw invalid(at(twice), `the split \`${visible(splits[twice]!.name)}\` is there twice`);
  return splits;
}

function patternTest(pattern: unknown, at: string): (file: string) => boolean {
  if (typeof pattern !== 'string') throw invalid(at, 'a pattern of `data_files` is no text');
  // Elsewhere: what is not in the folder is not read.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(pattern)) return () => false;
  const plain = inFolderOnly(pattern, at);
  try {
    return compileGlob(plain.replaceAll('{', '\\{').replaceAll('}', '\\}'));
  } catch (error) {
    throw invalid(at, (error as Error).message.replace(/\.$/, ''));
  }
}

function folderOf(dir: unknown, at: string): string {
  if (typeof dir !== 'string') throw invalid(at, '`data_dir` is no text');
  return inFolderOnly(dir, at).replace(/\/+$/, '');
}

/** A card must not name files that are none of the data set. */
function inFolderOnly(path: string, at: string): string {
  const plain = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (/^(?:\/|~|[A-Za-z]:\/)/.test(plain) || plain.split('/').includes('..'))
    throw invalid(at, `\`${visible(path, 80)}\` leads out of the folder`);
  return plain === '.' ? '' : plain;
}

function invalid(at: string, why: string): InputError {
  return new InputError(
    `Cannot read the card \`${visible(at, 220)}\``,
    why,
    'Mend it, or name the data files instead of the folder.',
  );
}
