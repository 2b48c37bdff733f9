import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import transformers from '../../../plugins/transformers/index.js';
import {labels, workshop} from './library.js';

let folder: string;
beforeAll(() => {
  folder = workshop();
});
const make = (options: object) => () => transformers({options: options as never, folder});

test('models are checked before anything is loaded', () => {
  const {name, providers} = make({
    embedding: {model: './embedding', pooling: 'cls'},
    nli: {model: 'nli', labels},
    detector: {model: join(folder, 'detector'), machine: 'machine', maxTokens: 24},
  })();
  expect(name).toBe('transformers');
  expect(Object.keys(providers ?? {})).toEqual(['embedding', 'entailment', 'detector']);
  expect(Object.keys(make({detector: {model: 'detector', machine: ['machine']}})().providers ?? {})).toEqual([
    'detector',
  ]);
});

test.each<[string, object, string | RegExp]>([
  ['nothing', {}, 'No model is named. Set `embedding`, `nli` or `detector`'],
  ['an unknown option', {embeding: {model: 'x'}}, /^Unknown option `embeding`\. There are .*`device`/],
  ['an unknown option of a model', {nli: {model: 'nli', label: 'x'}}, 'Unknown option `nli.label`'],
  ['no options', {detector: 'detector'}, '`detector` must be options'],
  ['no model', {detector: {machine: 'x'}}, '`detector.model` is not set'],
  [
    'a wrong type',
    {batch: '3', nli: {model: 'nli'}},
    '`batch` must be a whole number from 1 to 1024, not `"3"`',
  ],
  ['a wrong choice', {embedding: {model: 'embedding', pooling: 'max'}}, 'one of mean, cls, last'],
  [
    'a model that is not there',
    {embedding: {model: 'Lab/minilm'}},
    /There is no folder `.*Lab.minilm`\. Put the model there \(config\.json.*\), or set `allowDownload: true` to have `Lab\/minilm` downloaded/,
  ],
  ['a path is never a name on the hub', {allowDownload: true, embedding: {model: './minilm'}}, /onnx\)$/],
  ['a dtype that is not there', {dtype: 'q8', embedding: {model: 'embedding'}}, 'Set `dtype` to `fp32`'],
  ['a dtype that is none', {dtype: 'f32', embedding: {model: 'embedding'}}, 'must be one of fp32, fp16'],
  ['too many tokens', {embedding: {model: 'embedding', maxTokens: 512}}, 'reads at most 24 tokens'],
  ['no labels', {nli: {model: 'nli'}}, 'Its own config has `contradiction`, `entailment`, `neutral`'],
  [
    'labels in another order',
    {nli: {model: 'nli', labels: labels.toReversed()}},
    /own labels are `contradiction`, .* Correct `labels`/,
  ],
  ['too few labels', {nli: {model: 'nli', labels: labels.slice(1)}}, 'The model has 3 labels'],
  ['a label that is none', {nli: {model: 'nli', labels: ['yes', 'no']}}, '`labels` has `yes`'],
  [
    'labels by names that are in another order',
    {nli: {model: 'nli-unnamed', labels: ['LABEL_2=contradiction', 'LABEL_1=entailment', 'LABEL_0=neutral']}},
    'the map names them in another order: `LABEL_2`',
  ],
  ['no machine label', {detector: {model: 'detector'}}, 'has the labels `person`, `machine`: write which'],
  ['a machine label that is not there', {detector: {model: 'detector', machine: 'Fake'}}, 'names `Fake`'],
  ['all labels', {detector: {model: 'detector', machine: ['machine', 'person']}}, 'nothing would be left'],
  ['a model that is no classifier', {detector: {model: 'embedding', machine: 'x'}}, 'has no `id2label`'],
])('refused: %s', (_, options, message) => {
  expect(make(options)).toThrow(message);
});

test('names that say nothing are taken at the map’s word', () => {
  const said = labels.map((label, at) => `LABEL_${at}=${label}`);
  expect(make({nli: {model: 'nli-unnamed', labels: said}})).not.toThrow();
});

test('a config that cannot be read, and a model without a graph', () => {
  mkdirSync(join(folder, 'broken'));
  writeFileSync(join(folder, 'broken', 'config.json'), '{');
  expect(make({dtype: 'fp32', embedding: {model: 'broken'}})).toThrow('Export the model to ONNX');
  mkdirSync(join(folder, 'broken', 'onnx'));
  writeFileSync(join(folder, 'broken', 'onnx', 'model.onnx'), '');
  expect(make({embedding: {model: 'broken'}})).toThrow('is no JSON');
  rmSync(join(folder, 'broken'), {recursive: true});
});
