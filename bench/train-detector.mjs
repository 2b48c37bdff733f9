#!/usr/bin/env node
/**
 * Trains the detector behind `synthetic/style` and writes its weights; with `--scores` also the scores of all texts
 * by models that did not know their part, which `bench/detector.mjs` makes tables of.
 *   npm run train:detector -- DATA [--scores FILE] [--out FILE]
 */
import {createHash} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {defaultTrain, trainDetector} from '../dist/src/detector/train/train.js';
import {encodeWeights} from '../dist/src/detector/weights.js';
import {findShared, partOf, readDetection} from './lib/detection.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    scores: {type: 'string'},
    out: {type: 'string', default: new URL('../weights/style-2.bin', import.meta.url).pathname},
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('No data was named. Usage: npm run train:detector -- DATA [--scores FILE] [--out FILE]');
  process.exit(2);
}

const began = performance.now();
const step = text => console.error(`${((performance.now() - began) / 1000).toFixed(0)} s  ${text}`);
const rows = readDetection(folder);
step(`${rows.length} rows`);
const distinct = rows.filter(row => !row.repeated);
const shared = new Map(findShared(distinct).map((parts, at) => [distinct[at].text, parts]));
step(`${[...shared.values()].filter(parts => parts.size > 0).length} rows share passages with another part`);

const {weights, leftOut, texts} = trainDetector(
  distinct.map(row => ({...row, whole: row.text})),
  {
    ...defaultTrain,
    foldOf: ({source}) => partOf(source),
    shares: ({whole}, part) => shared.get(whole)?.has(part) ?? false,
    unlearnt: ({reworded}) => reworded,
    about: `${distinct.length} texts of ${[...new Set(rows.map(({source}) => source))].join(', ')}`,
    onStep: step,
  },
);
const file = encodeWeights(weights);
writeFileSync(values.out, file);
step(`${values.out}: ${file.length} bytes, SHA-256 ${createHash('sha256').update(file).digest('hex')}`);
if (values.scores !== undefined) {
  const lineOf = (row, at, crop) =>
    JSON.stringify({
      source: row.source,
      kind: row.kind,
      generator: row.generator,
      machine: row.machine,
      edit: row.edit,
      domain: row.domain,
      reworded: row.reworded,
      repeated: row.repeated,
      crop,
      ...leftOut[at],
    });
  const lines = texts.map((text, at) => lineOf(text, at, at >= distinct.length));
  // A text that stands more than once has one score.
  const places = new Map(distinct.map(({text}, at) => [text, at]));
  for (const row of rows) if (row.repeated) lines.push(lineOf(row, places.get(row.text), false));
  writeFileSync(values.scores, `${lines.join('\n')}\n`);
}
