import {existsSync, mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Loaded} from '../../config/load.js';
import type {InputError} from '../../corpus/errors.js';
import {expandInputs} from '../../corpus/expand.js';
import type {Input} from '../../corpus/input.js';
import type {JudgedRow} from '../../engine/judge.js';
import type {PendingReference} from '../../engine/scan.js';
import {openRepository} from '../../git/repository.js';
import {isProfile} from '../../profile/container/index.js';
import type {ChangeReport, Report} from '../../report/report.js';
import {checkInputs, type RunOptions} from '../check.js';
import {filesOf, understand} from '../dataset.js';
import {profileParams} from '../profile.js';
import {defaultCacheDir} from '../references.js';
import {emptyReport} from '../report.js';
import {type Compared, compareSides, whereaboutsOf} from './compare.js';
import {createContents} from './contents.js';
import {type DataFile, selectFiles} from './files.js';
import {restOf} from './rest.js';
import {createRowLists} from './row-lists.js';
import {openShelves, sweep} from './shelves.js';
import {type Asked, listSides, type Sides} from './sides.js';
import {ofTraining} from './splits.js';
import {selectedTasks} from './tasks.js';

export type {Asked} from './sides.js';

/**
 * Judges the records that a change adds, and those that it alters: by content, so that records that move are
 * not judged. The rest of the data set is a reference for them, beside those of the config.
 * @throws InputError when git cannot say what changed, and what `check` throws.
 */
export async function checkChange(
  given: Loaded,
  named: readonly string[],
  asked: Asked,
  options: RunOptions,
  onRow?: (row: JudgedRow) => void | Promise<void>,
): Promise<Report> {
  const {cwd, signal} = options;
  const repository = await openRepository(cwd, process.env);
  // Which files were taken is for a check of all: a hook that has nothing to say is silent.
  const {loaded, patterns, dataset} = await understand(given, named, {...options, onNote: undefined});
  const {config} = loaded;
  const place = {top: repository.cwd, cwd: realpathSync(cwd), config};
  const listed = await listSides(repository, asked, staged =>
    selectFiles(dataset === undefined ? patterns : [...named, ...patterns], {...place, staged}),
  );
  const sides = dataset === undefined ? listed : ofTraining(listed, dataset.folder, repository.cwd);
  for (const note of sides.notes) options.onNote?.(note);
  const temporary = mkdtempSync(join(tmpdir(), 'collapse-change-'));
  const folder = options.cache === false ? temporary : join(defaultCacheDir(), 'changes');
  const contents = createContents({
    folder: temporary,
    top: repository.cwd,
    staged: new Map(sides.after.map(({path, oid}) => [path, oid])),
    dirty: sides.dirty,
    signal,
    units: config.records,
  });
  const lists = createRowLists(contents, folder, JSON.stringify(profileParams(config)));
  try {
    const compared = await compareSides(sides, file => lists.rowsOf(file));
    const news = compared.changed.filter(({added}) => added.length > 0);
    const change = describe(sides, compared);
    if (news.length === 0) return emptyReport(loaded, cwd, change);
    const inputs: Input[] = [];
    for (const {file} of news) inputs.push(await lists.inputOf(file));
    const selected = news.map(({rows, added}, at) => ({input: inputs[at]!, rows, added}));
    const named = `the data set at ${sides.name}`;
    const reference = await pendingRest(named);
    const {report} = await checkInputs(
      loaded,
      {inputs, realPaths: realPathsOf(repository.cwd, news), dataset, close: () => {}},
      options,
      onRow,
      {
        source: selectedTasks(selected),
        bytes: bytesOf(compared),
        references: reference === undefined ? [] : [reference],
      },
    );
    const references = report.references.map(shown =>
      shown.path === named ? {...shown, records: shown.records - compared.gone} : shown,
    );
    return {...report, references, change};

    async function pendingRest(name: string): Promise<PendingReference | undefined> {
      const covered = await coveredFiles(loaded, cwd);
      const news = new Set(compared.changed.map(({file}) => file));
      /** A file that the config names as a reference already, and that is what it was. */
      const isCovered = (file: DataFile) => covered.has(join(repository.cwd, file.path)) && !news.has(file);
      const files = compared.before.flatMap(({whole, parts}) => [
        ...[...whole].filter(([, now]) => !isCovered(now)).map(([file]) => file),
        ...parts.keys(),
      ]);
      if (files.length === 0) return undefined;
      const role = config.references.some(({role}) => role === 'trusted') ? 'previous' : 'trusted';
      return {
        role,
        async open() {
          let built = false;
          const shelves = await openShelves(files, {
            loaded,
            contents,
            cwd,
            role,
            name,
            folder,
            concurrency: options.concurrency,
            signal,
            onRefused: (file, error: InputError) =>
              options.onNote?.(`Not part of the reference: ${file.shown}. ${error.message}`),
            onBuild() {
              if (!built) options.onBuild?.(name);
              built = true;
            },
          });
          if (built && options.cache !== false) sweep(folder);
          return restOf(
            name,
            shelves,
            whereaboutsOf(compared, file => contents.plain(file) ?? ''),
          );
        },
      };
    }
  } finally {
    lists.close();
    rmSync(temporary, {recursive: true, force: true});
  }
}

/** Files that the references of the config are made of, where they are plain files. */
async function coveredFiles({config}: Loaded, cwd: string): Promise<Set<string>> {
  const covered = new Set<string>();
  for (const setting of config.references) {
    if (isProfile(setting.path)) continue;
    const paths = await filesOf(setting, config, cwd);
    for (const file of await expandInputs(paths, {cwd, root: config.root, ignore: config.ignore}))
      covered.add(realpathSync(file));
  }
  return covered;
}

function realPathsOf(top: string, files: readonly {readonly file: DataFile}[]): Set<string> {
  const paths = files.map(({file}) => join(top, file.path)).filter(path => existsSync(path));
  return new Set(paths.map(path => realpathSync(path)));
}

function describe({name}: Sides, {changed, before, stayed, gone}: Compared): ChangeReport {
  const [first] = before;
  const paths = new Set([
    ...changed.map(({file}) => file.path),
    ...[...(first?.parts.keys() ?? [])].map(file => file.path),
  ]);
  const moved = [...(first?.whole ?? [])].filter(([was, now]) => was.path !== now.path).length;
  const added = changed.reduce((sum, {added}) => sum + added.length, 0);
  return {base: name, files: paths.size, moved, added, stayed, gone};
}

function bytesOf({changed}: Compared): number {
  let bytes = 0;
  for (const {rows, added} of changed) for (const row of added) bytes += rows.lengths[row]! + 1;
  return bytes;
}
