import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {InputError, visible} from '../corpus/errors.js';
import {hasReadableName} from '../corpus/formats.js';
import {displayPath} from '../corpus/place.js';
import {type ListOptions, listFiles, staysInside} from './files.js';
import {type Card, readCard} from './read.js';
import {type CardConfig, configsOf, defaultConfig, inferred, isEvaluation, type Split} from './splits.js';

/** A data set folder: its card, and the splits of the configuration that is taken. */
export interface DataFolder {
  /** Absolute. */
  readonly folder: string;
  readonly card: Card;
  readonly config: CardConfig | undefined;
  /** Names of the configurations that are not. */
  readonly others: readonly string[];
  /** Splits that have files; none where `datasets` would find none that can be read here. */
  readonly splits: readonly Split[];
  /** Readable files that are in no split of any configuration. */
  readonly unused: readonly string[];
  /** Links that lead out of the folder. */
  readonly outside: readonly string[];
  /** Which of some files, by their paths in the folder, are in splits to train on, and which for evaluation. */
  readonly sort: (files: readonly string[]) => Sorted;
}

export interface Sorted {
  readonly train: ReadonlySet<string>;
  readonly evaluation: ReadonlySet<string>;
}

export interface FolderOptions extends ListOptions {
  readonly cwd: string;
  /** Name of the configuration that is wanted, where not the default. */
  readonly subset?: string | undefined;
}

/**
 * What a folder is, where its `README.md` has a card; undefined where it has none.
 * @throws InputError for a card that cannot be read, or has no such configuration.
 */
export async function openFolder(folder: string, options: FolderOptions): Promise<DataFolder | undefined> {
  const readme = join(folder, 'README.md');
  if (!statSync(folder).isDirectory() || !existsSync(readme) || !staysInside(readme, folder))
    return undefined;
  const card = await readCard(readme, displayPath(readme, options.cwd));
  if (card === undefined) return undefined;
  const configs = configsOf(card);
  const config = options.subset === undefined ? defaultConfig(configs) : named(configs, options.subset, card);
  const {files, outside} = listFiles(folder, options);
  // Without a word on files, Markdown, text and JSON are data only where their names say which split they are.
  const splitsOf = config?.splits ?? ((all: readonly string[]) => withoutGuesses(inferred(all)));
  const splits = splitsOf(files).filter(split => split.files.length > 0);
  if (config !== undefined && splits.length === 0) throw matchesNothing(card, config);
  const used = new Set([...splits, ...configs.flatMap(one => one.splits(files))].flatMap(one => one.files));
  return {
    folder,
    card,
    config,
    others: configs.filter(one => one !== config).map(({name}) => name),
    splits,
    unused: files.filter(file => hasReadableName(file) && !used.has(file)),
    outside,
    sort(all) {
      const found = splitsOf(all);
      const of = (wanted: boolean) =>
        new Set(found.filter(({name}) => isEvaluation(name) === wanted).flatMap(split => split.files));
      const [train, evaluation] = [of(false), of(true)];
      // A data set of nothing else is what there is to look at.
      return train.size > 0 ? {train, evaluation} : {train: evaluation, evaluation: train};
    },
  };
}

/** The split that everything is in where nothing says otherwise holds data in formats that are for data only. */
function withoutGuesses(splits: Split[]): Split[] {
  const [only] = splits;
  if (splits.length !== 1 || only?.name !== 'train') return splits;
  const files = only.files.filter(hasReadableName);
  return files.length > 0 ? [{...only, files}] : splits.filter(({files}) => files.some(isNamedTrain));
}

function isNamedTrain(file: string): boolean {
  return /train/i.test(file);
}

function named(configs: readonly CardConfig[], subset: string, card: Card): CardConfig {
  const found = configs.find(({name}) => name === subset);
  if (found !== undefined) return found;
  const known = configs.map(({name}) => `\`${visible(name, 60)}\``).slice(0, 20);
  throw new InputError(
    `\`${card.path}\` has no configuration \`${visible(subset, 60)}\``,
    known.length === 0 ? 'it has no `configs`' : `its \`configs\` are ${known.join(', ')}`,
    known.length === 0 ? 'Leave `--subset` out, or name files.' : 'Name one of them.',
  );
}

function matchesNothing(card: Card, {name, at}: CardConfig): InputError {
  return new InputError(
    `Cannot read the configuration \`${visible(name, 60)}\` of \`${card.path}\``,
    `at \`${visible(at, 220)}\` its patterns match no file here that can be read`,
    'Mend `data_files` (of a clone, get the files first: `git lfs pull`), take another configuration with `--subset NAME`, or name files.',
  );
}
