/**
 * Makes models and tokenizers of a few kilobytes whose answers can be worked out by hand, as folders that
 * `@huggingface/transformers` reads: `node make-models.mjs FOLDER`.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {boolean, constant, float, int64, model, node, port} from './onnx.mjs';

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
/** Words, and the vector of each: words of one meaning have one direction. */
export const meanings = {
  boat: [4, 0, 0, 0],
  ship: [3.6, 0.4, 0, 0],
  vessel: [3.8, 0.2, 0, 0],
  bread: [0, 4, 0, 0],
  loaf: [0.2, 3.8, 0, 0],
  storm: [0, 0, 4, 0],
  gale: [0, 0.3, 3.9, 0],
  lamp: [0, 0, 0, 4],
  light: [0.1, 0, 0, 4],
  the: [0.1, 0.1, 0.1, 0.1],
  a: [0.1, 0.1, 0.1, 0.1],
  is: [0.1, 0.1, 0, 0.1],
  in: [0.1, 0, 0.1, 0.1],
  not: [0, 0.1, 0.1, 0.1],
  old: [0.3, 0.1, 0.2, 0.1],
  red: [0.1, 0.3, 0.1, 0.2],
  cold: [0, 0.1, 0.4, 0],
  furthermore: [0.1, 0, 0, 0],
  delve: [0, 0.1, 0, 0],
  overflow: [0, 0, 0.1, 0],
  '.': [0, 0, 0, 0],
  '!': [0, 0, 0, 0],
};
export const vocabulary = [...special, ...Object.keys(meanings)];
const size = vocabulary.length;
export const vectorOf = word => meanings[word] ?? (word === '[CLS]' ? [1, 1, 1, 1] : [0, 0, 0, 0]);

const idOf = word => vocabulary.indexOf(word);
const inputs = ['input_ids', 'attention_mask', 'token_type_ids'].map(name =>
  port(name, int64, ['batch', 'length']),
);
const axis = (name, at) => constant(name, int64, [1], [at]);
const maskNodes = [
  node('Cast', ['attention_mask'], 'mask', {to: float}),
  node('Unsqueeze', ['mask', 'last'], 'mask3'),
];

/** Each token is its own vector and half the mean of all: padding that is not left out would show. */
function embedding() {
  return model({
    inputs,
    outputs: [port('last_hidden_state', float, ['batch', 'length', 4])],
    constants: [
      constant('table', float, [size, 4], vocabulary.flatMap(vectorOf)),
      axis('last', -1),
      axis('first', 1),
      constant('half', float, [1], [0.5]),
    ],
    nodes: [
      ...maskNodes,
      node('Gather', ['table', 'input_ids'], 'rows', {axis: 0}),
      node('Mul', ['rows', 'mask3'], 'shown'),
      node('ReduceSum', ['shown', 'first'], 'sum', {keepdims: 1}),
      node('ReduceSum', ['mask3', 'first'], 'count', {keepdims: 1}),
      node('Div', ['sum', 'count'], 'mean'),
      node('Mul', ['mean', 'half'], 'context'),
      node('Add', ['rows', 'context'], 'last_hidden_state'),
    ],
  });
}

const content = vocabulary.map(word =>
  special.includes(word) || ['.', '!', 'the', 'a', 'is', 'in', 'not'].includes(word) ? 0 : 1,
);
const negation = vocabulary.map(word => (word === 'not' ? 1 : 0));
/** Bags of words of both texts: `[batch, size]`, then what each word counts. */
const bag = (segment, mask) => [
  node('Unsqueeze', [mask, 'last'], `${segment}.mask`),
  node('Mul', ['words', `${segment}.mask`], `${segment}.words`),
  node('ReduceMax', [`${segment}.words`], `${segment}.bag`, {axes: [1], keepdims: 0}),
];

/**
 * Entailed by as much as the share of the claim's words that the source holds; contradicted where all are there
 * and one of the two says `not`. Logits are 8 times a share, less 4. The order of outputs is that of `labels`.
 */
function nli(labels) {
  const logits = {entailment: 'entailment', neutral: 'neutral', contradiction: 'contradiction'};
  return model({
    inputs,
    outputs: [port('logits', float, ['batch', 3])],
    constants: [
      constant(
        'identity',
        float,
        [size, size],
        vocabulary.flatMap((_, at) => vocabulary.map((__, to) => (at === to ? 1 : 0))),
      ),
      constant('content', float, [size], content),
      constant('negation', float, [size], negation),
      axis('last', -1),
      constant('eight', float, [1], [8]),
      constant('four', float, [1], [4]),
      constant('least', float, [1], [1e-6]),
      constant('one', float, [1], [1]),
    ],
    nodes: [
      node('Cast', ['attention_mask'], 'mask', {to: float}),
      node('Cast', ['token_type_ids'], 'second', {to: float}),
      node('Mul', ['mask', 'second'], 'claim'),
      node('Sub', ['mask', 'claim'], 'source'),
      node('Gather', ['identity', 'input_ids'], 'words', {axis: 0}),
      ...bag('s', 'source'),
      ...bag('c', 'claim'),
      node('Mul', ['c.bag', 'content'], 'c.content'),
      node('Mul', ['c.content', 's.bag'], 'shared'),
      node('ReduceSum', ['shared', 'last'], 'found', {keepdims: 1}),
      node('ReduceSum', ['c.content', 'last'], 'asked', {keepdims: 1}),
      node('Add', ['asked', 'least'], 'asked+'),
      node('Div', ['found', 'asked+'], 'share'),
      node('Sub', ['s.bag', 'c.bag'], 'difference'),
      node('Mul', ['difference', 'negation'], 'denial'),
      node('Abs', ['denial'], 'denial+'),
      node('ReduceSum', ['denial+', 'last'], 'denied', {keepdims: 1}),
      node('Mul', ['share', 'denied'], 'against'),
      node('Sub', ['share', 'against'], 'for'),
      node('Sub', ['one', 'share'], 'beside'),
      ...[
        ['for', 'entailment'],
        ['beside', 'neutral'],
        ['against', 'contradiction'],
      ].flatMap(([from, name]) => [
        node('Mul', [from, 'eight'], `${name}8`),
        node('Sub', [`${name}8`, 'four'], name),
      ]),
      node(
        'Concat',
        labels.map(label => logits[label]),
        'logits',
        {axis: 1},
      ),
    ],
  });
}

/** Every telling word adds to the second of two outputs; `overflow` is not a number. `wide` gives a third output. */
function detector(wide = false) {
  const weights = vocabulary.flatMap(word => {
    const machine = word === 'overflow' ? Number.NaN : ({furthermore: 3, delve: 4}[word] ?? 0);
    return [content[idOf(word)], machine, ...(wide ? [0] : [])];
  });
  const outputs = wide ? 3 : 2;
  return model({
    inputs,
    outputs: [port('logits', float, ['batch', outputs])],
    constants: [
      constant('table', float, [size, outputs], weights),
      axis('last', -1),
      axis('first', 1),
      constant('zero', float, [1], [0]),
    ],
    nodes: [
      ...maskNodes,
      node('Gather', ['table', 'input_ids'], 'rows', {axis: 0}),
      // Where, not a product: padding must not bring in what is not a number.
      node('Cast', ['mask3'], 'kept', {to: boolean}),
      node('Where', ['kept', 'rows', 'zero'], 'shown'),
      node('ReduceSum', ['shown', 'first'], 'logits', {keepdims: 0}),
    ],
  });
}

function tokenizer(maxLength) {
  const added = special.map((word, id) => ({
    id,
    content: word,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const piece = (id, type) => ({[id.startsWith('[') ? 'SpecialToken' : 'Sequence']: {id, type_id: type}});
  return {
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: added,
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: {type: 'BertPreTokenizer'},
      post_processor: {
        type: 'TemplateProcessing',
        single: [piece('[CLS]', 0), piece('A', 0), piece('[SEP]', 0)],
        pair: [piece('[CLS]', 0), piece('A', 0), piece('[SEP]', 0), piece('B', 1), piece('[SEP]', 1)],
        special_tokens: Object.fromEntries(
          ['[CLS]', '[SEP]'].map(id => [id, {id, ids: [idOf(id)], tokens: [id]}]),
        ),
      },
      decoder: {type: 'WordPiece', prefix: '##', cleanup: true},
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
      },
    },
    settings: {
      tokenizer_class: 'BertTokenizer',
      model_max_length: maxLength,
      do_lower_case: true,
      pad_token: '[PAD]',
      unk_token: '[UNK]',
      cls_token: '[CLS]',
      sep_token: '[SEP]',
      mask_token: '[MASK]',
    },
  };
}

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
