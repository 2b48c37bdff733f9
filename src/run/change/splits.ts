import {realpathSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import type {DataFolder} from '../../card/folder.js';
import type {DataFile} from './files.js';
import type {Sides} from './sides.js';

/** Both sides without the files of a data set folder that are not for training, with a word on those that changed. */
export function ofTraining(sides: Sides, {folder, sort}: DataFolder, top: string): Sides {
  const home = realpathSync(folder);
  const pathOf = (file: DataFile) => relative(home, join(top, file.path)).split(sep).join('/');
  const pick = (files: readonly DataFile[]) => {
    const {train, evaluation} = sort(files.map(pathOf));
    return {
      train: files.filter(file => train.has(pathOf(file))),
      evaluation: files.filter(file => evaluation.has(pathOf(file)) && !train.has(pathOf(file))),
    };
  };
  const after = pick(sides.after);
  const before = sides.before.map(pick);
  const known = new Set(before.flatMap(side => side.evaluation.map(({key, path}) => `${key} ${path}`)));
  const changed = after.evaluation.filter(({key, path}) => !known.has(`${key} ${path}`));
  const [first] = changed;
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  const note =
    first === undefined
      ? []
      : [
          `Changed and held out as benchmark, so not judged: ${first.shown}${more}. A check of the whole data set holds all training data against it.`,
        ];
  return {
    ...sides,
    after: after.train,
    before: before.map(side => side.train),
    notes: [...sides.notes, ...note],
  };
}
