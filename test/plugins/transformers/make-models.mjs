/**
 * Makes models and tokenizers of a few kilobytes, as folders that `@huggingface/transformers` reads:
 * `node make-models.mjs FOLDER`.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {detector, embedding, nli} from './graphs.mjs';
import {size, tokenizer} from './vocabulary.mjs';

function write(folder, architecture, graph, labels, maxLength = 24) {
  mkdirSync(join(folder, 'onnx'), {recursive: true});
  const {tokenizer: tokens, settings} = tokenizer(maxLength);
  const id2label = labels && {id2label: Object.fromEntries(labels.map((label, id) => [id, label]))};
  const config = {
    model_type: 'bert',
    architectures: [architecture],
    hidden_size: 4,
    vocab_size: size,
    max_position_embeddings: maxLength,
    ...id2label,
  };
  for (const [name, value] of [
    ['config.json', config],
    ['tokenizer.json', tokens],
    ['tokenizer_config.json', settings],
  ])
    writeFileSync(join(folder, name), JSON.stringify(value));
  writeFileSync(join(folder, 'onnx', 'model.onnx'), graph);
}

const classifier = 'BertForSequenceClassification';
export const nliLabels = ['contradiction', 'entailment', 'neutral'];

/** Writes all models into subfolders of `folder`. */
export function makeModels(folder) {
  write(join(folder, 'embedding'), 'BertModel', embedding());
  write(join(folder, 'nli'), classifier, nli(nliLabels), nliLabels);
  write(join(folder, 'nli-unnamed'), classifier, nli(nliLabels), ['LABEL_0', 'LABEL_1', 'LABEL_2']);
  write(join(folder, 'detector'), classifier, detector(), ['person', 'machine']);
  write(join(folder, 'misshapen'), classifier, detector(true), ['person', 'machine']);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  makeModels(process.argv[2]);
