#!/usr/bin/env node
/**
 * How often the tail of one half of a human corpus is called lost in its other half, over random splits, and
 * which loss is seen.
 *   node bench/calibrate-tail.mjs [--splits 1000] [--limit -1.9] corpus.jsonl[.gz] ...
 * Texts are the field `text`, else `question` and `answer`.
 */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {gunzipSync} from 'node:zlib';
import {countRecord, createSpectrum} from '../dist/rules/tail/spectrum.js';
import survival from '../dist/rules/tail/survival.js';
import {createTextAnalyser} from '../dist/src/features/text.js';

/** Word hashes of every record of a file. */
export function readCorpus(file) {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  const analyser = createTextAnalyser();
  return lines
    .filter(line => line !== '')
    .map(line => {
      const {text, question, answer} = JSON.parse(line);
      analyser.read(text ?? `${question}\n${answer}`);
      return analyser.words().slice();
    });
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled(records, random) {
  const order = [...records];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

function spectrumOf(records) {
  const spectrum = createSpectrum();
  for (const hashes of records) countRecord(spectrum, hashes);
  return spectrum;
}

/** What the rule measures of a round against a reference, both lists of word hashes. */
export function measureTail(round, reference) {
  const context = {options: {share: 0.05}, view: 'all', report() {}, table() {}};
  return survival.measure(spectrumOf(round), spectrumOf(reference), context);
}

/** Words of a record that are not among the `lost` ones: a model that never learnt them. */
const without = (hashes, lost) => hashes.filter(hash => !lost(hash));

const roundSizes = [250, 1000, 3000];
const losses = [0.05, 0.1, 0.2, 0.3];

function main() {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {splits: {type: 'string', default: '1000'}, limit: {type: 'string', default: '-1.9'}},
  });
  const splits = Number(values.splits);
  const limit = Number(values.limit);
  console.log(
    `| corpus | records | false alarms of ${splits} | round | ${losses.map(loss => `loses ${loss * 100} %`).join(' | ')} |`,
  );
  console.log(`| --- | --- | --- | --- |${losses.map(() => ' --- |').join('')}`);
  for (const file of positionals) {
    const records = readCorpus(file);
    const random = randomFrom(1);
    let alarms = 0;
    const scores = [];
    for (let split = 0; split < splits; split++) {
      const order = shuffled(records, random);
      const half = order.length >> 1;
      const z = measureTail(order.slice(0, half), order.slice(half))['tail.z']?.value ?? 0;
      scores.push(z);
      if (z < limit) alarms++;
    }
    scores.sort((a, b) => a - b);
    const mean = scores.reduce((sum, score) => sum + score, 0) / splits;
    const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / splits);
    console.error(
      path.basename(file),
      'z: mean',
      mean.toFixed(2),
      'sd',
      deviation.toFixed(2),
      '5 %:',
      scores[Math.floor(splits * 0.05)].toFixed(2),
    );
    for (const size of roundSizes.filter(size => size <= records.length * 0.6)) {
      const repeats = Math.min(100, splits);
      const seen = losses.map(loss => {
        let count = 0;
        for (let repeat = 0; repeat < repeats; repeat++) {
          const order = shuffled(records, random);
          const salt = Math.floor(random() * 2 ** 32);
          // A share of all words, rare and common alike, is never written: survival falls by that share.
          const lost = hash => Math.imul(hash ^ salt, 0x9e3779b1) >>> 0 < loss * 2 ** 32;
          const round = order.slice(0, size).map(hashes => without(hashes, lost));
          const z = measureTail(round, order.slice(size))['tail.z']?.value ?? 0;
          if (z < limit) count++;
        }
        return `${Math.round((100 * count) / repeats)} %`;
      });
      console.log(
        `| ${path.basename(file)} | ${records.length} | ${alarms} (${((100 * alarms) / splits).toFixed(1)} %) | ${size} | ${seen.join(' | ')} |`,
      );
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
