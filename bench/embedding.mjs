#!/usr/bin/env node
/**
 * How well the cosine of a model's embeddings tells answers of one idea from answers of two, beside the cosine
 * of words. Needs a build, and `@huggingface/transformers` where FOLDER is.
 *   node bench/embedding.mjs FILE --model FOLDER [--dtype q8] [--pooling mean] [--max-tokens N]
 * FILE is JSON lines with `generations` and `partition` (which of them are the same idea).
 */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import transformers from '../dist/plugins/transformers/index.js';
import {cosine, embeddingVector, lexicalVector, unitOf} from '../dist/rules/homogeneity/vectors.js';
import {agreement} from './lib/agreement.mjs';
import {markdownTable} from './lib/table.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    model: {type: 'string'},
    dtype: {type: 'string', default: 'fp32'},
    pooling: {type: 'string', default: 'mean'},
    'max-tokens': {type: 'string', default: '0'},
  },
});
const rows = readFileSync(positionals[0], 'utf8')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => JSON.parse(line));
const {dtype, pooling} = values;
const embedding = {
  model: path.resolve(values.model),
  dtype,
  pooling,
  maxTokens: Number(values['max-tokens']),
};
const {providers} = transformers({
  options: {cache: false, embedding},
  folder: path.dirname(path.resolve(values.model)),
});

const records = rows.flatMap(({generations}) =>
  generations.map(text => ({text, response: text, fields: {}})),
);
const given = [];
await providers.embedding.provide(records.slice(0, 1));
const before = process.cpuUsage();
const {batch} = providers.embedding;
for (let at = 0; at < records.length; at += batch)
  given.push(...(await providers.embedding.provide(records.slice(at, at + batch))));
const seconds = process.cpuUsage(before).user / 1e6;
const cut = given.filter(({read}) => read < 1).length;
console.log(
  `${records.length} texts, ${cut} of them cut; ${((seconds / records.length) * 1000).toFixed(1)} ms of one core for each`,
);

const meaning = given.map(({vector}) => unitOf(embeddingVector(vector)));
const words = records.map(({text}) => unitOf(lexicalVector(text)));
function pairsOf(units) {
  let first = 0;
  return rows.map(({generations, partition}) => {
    const own = units.slice(first, first + generations.length);
    first += generations.length;
    return own.flatMap((one, at) =>
      own
        .slice(0, at)
        .map((other, to) => ({score: cosine(one, other), same: partition[at] === partition[to]})),
    );
  });
}
const number = value => (Number.isInteger(value) ? String(value) : value.toFixed(3));
const head = [
  'cosine of',
  'AUROC, all pairs',
  'AUROC within prompts',
  'prompts with both',
  'best mark',
  'Rand there',
  'Rand at 0.5',
  'Rand at 0.8',
];
console.log(
  markdownTable(head, [
    ['words', ...agreement(rows, pairsOf(words)).map(number)],
    ['embeddings', ...agreement(rows, pairsOf(meaning)).map(number)],
  ]),
);
for (const mark of [0.8, 0.85, 0.9, 0.95]) {
  const pairs = pairsOf(meaning).flat();
  const above = pairs.filter(({score}) => score >= mark);
  const right = above.filter(({same}) => same).length;
  const all = pairs.filter(({same}) => same).length;
  console.log(
    `cosine of embeddings at least ${mark}: precision ${(right / above.length).toFixed(3)}, recall ${(right / all).toFixed(3)}`,
  );
}
