/** The graphs of the models: small enough that what they answer can be worked out by hand. */
import {boolean, constant, float, int64, model, node, port} from './onnx.mjs';
import {idOf, size, special, vectorOf, vocabulary} from './vocabulary.mjs';

const inputs = ['input_ids', 'attention_mask', 'token_type_ids'].map(name =>
  port(name, int64, ['batch', 'length']),
);
const axis = (name, at) => constant(name, int64, [1], [at]);
const maskNodes = [
  node('Cast', ['attention_mask'], 'mask', {to: float}),
  node('Unsqueeze', ['mask', 'last'], 'mask3'),
];

/** Each token is its own vector and half the mean of all: padding that is not left out would show. */
export function embedding() {
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
export function nli(labels) {
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
export function detector(wide = false) {
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
