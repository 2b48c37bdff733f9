import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {loadLibrary} from '../../../plugins/transformers/library.js';

/** Stand-ins: what a package says of itself, and what it was asked. The real ones run in models.test.ts. */
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

function project(packages: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'collapse-library-'));
  folders.push(folder);
  for (const [name, code] of Object.entries(packages)) {
    const home = join(folder, 'node_modules', name);
    mkdirSync(home, {recursive: true});
    writeFileSync(
      join(home, 'package.json'),
      JSON.stringify({name, version: '0.0.0', type: 'module', main: './index.js'}),
    );
    writeFileSync(join(home, 'index.js'), code);
  }
  return folder;
}

const standIn = (version: string) => `
export const env = {version: '${version}', localModelPath: '/models/', asked: []};
const ask = kind => ({from_pretrained: async (model, options) => {
  env.asked.push([kind, env.localModelPath, model, options]);
  return {encode: (...given) => given};
}});
export const AutoTokenizer = ask('AutoTokenizer');
export const AutoModel = ask('AutoModel');
export const AutoModelForSequenceClassification = ask('AutoModelForSequenceClassification');
export class Tensor {}
`;
const asked = (library: object) => (library as {env: {asked: unknown[]}}).env.asked;
const wanted = {subfolder: 'onnx', dtype: 'fp32', device: 'cpu', session_options: {}, revision: 'main'};

test('version 4 is used as it is, also as an alias of the old name, and before the old one', async () => {
  const alias = await loadLibrary(project({'@xenova/transformers': standIn('4.3.1')}));
  await alias.AutoModel.from_pretrained('/lab/nli', wanted);
  expect(asked(alias)).toEqual([['AutoModel', '/models/', '/lab/nli', wanted]]);
  const both = project({
    '@xenova/transformers': standIn('2.17.2'),
    '@huggingface/transformers': standIn('4.0.0'),
  });
  expect((await loadLibrary(both)).env.version).toBe('4.0.0');
});

test('version 2 is asked in its own way', async () => {
  const library = await loadLibrary(project({'@xenova/transformers': standIn('2.17.2')}));
  const folder = join(tmpdir(), 'lab', 'nli');
  await library.AutoModel.from_pretrained(folder, wanted);
  await library.AutoModelForSequenceClassification.from_pretrained('Lab/nli', {...wanted, dtype: 'q8'});
  const tokenizer = await library.AutoTokenizer.from_pretrained('Lab/nli', {revision: 'main'});
  // Its second argument is another text.
  expect(tokenizer.encode('gale', {add_special_tokens: false})).toEqual([
    'gale',
    null,
    {add_special_tokens: false},
  ]);
  const place = join(tmpdir(), 'lab');
  expect(asked(library)).toEqual([
    ['AutoModel', place, 'nli', {revision: 'main', quantized: false}],
    ['AutoModelForSequenceClassification', place, 'Lab/nli', {revision: 'main', quantized: true}],
    ['AutoTokenizer', place, 'Lab/nli', {revision: 'main'}],
  ]);
});

test.each([
  [{device: 'cuda'}, 'Unsupported device: version 2.17.2 of `@xenova/transformers` has `cpu` only'],
  [{dtype: 'q4'}, 'version 2.17.2 of `@xenova/transformers` reads `dtype: fp32` and `q8`, and no `q4`'],
  [{subfolder: ''}, 'looks for the graph in a folder `onnx` alone'],
])('what version 2 cannot do is refused: %o', async (option, message) => {
  const {AutoModel} = await loadLibrary(project({'@xenova/transformers': standIn('2.17.2')}));
  expect(() => AutoModel.from_pretrained('Lab/nli', {...wanted, ...option})).toThrow(message);
});

test.each([
  ['@huggingface/transformers', standIn('3.8.1'), /is version 3\.8\.1, and 4 or newer is needed, or 2 of/],
  [
    '@xenova/transformers',
    standIn('1.4.0'),
    /is version 1\.4\.0, .* Run `npm install @huggingface\/transformers`/,
  ],
  ['@xenova/transformers', "throw new Error('no sharp')", /cannot be loaded: no sharp\. Install it again/],
])('%s of another version, or broken, is refused', async (name, code, message) => {
  await expect(loadLibrary(project({[name]: code}))).rejects.toThrow(message);
});
