import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe} from 'vitest';
import {makeModels} from './make-models.mjs';

/** A folder whose node_modules holds `@huggingface/transformers`: 474 MB that `npm install` does not bring. */
const home = process.env.COLLAPSE_TRANSFORMERS;

const hasLibrary = home !== undefined;
export const withLibrary = describe.skipIf(!hasLibrary);
if (!hasLibrary)
  console.warn(
    'SKIPPED: models are not run. Install @huggingface/transformers in a folder of its own, and name it in COLLAPSE_TRANSFORMERS.',
  );

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

/** A folder with the models, from which the library is found where it is installed. */
export function workshop(files: Readonly<Record<string, string>> = {}, where = home ?? tmpdir()): string {
  const folder = mkdtempSync(join(where, 'collapse-models-'));
  folders.push(folder);
  makeModels(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export const labels = ['contradiction', 'entailment', 'neutral'];
