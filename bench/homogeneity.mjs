#!/usr/bin/env node
/**
 * What the family `homogeneity` measures on files, and how well likeness of words agrees with labels. Needs a
 * build.
 *   node bench/homogeneity.mjs FILE... [--reference FILE] [--halves 200 [--one-in 4]]
 * FILE is JSON lines, also gzipped: rows as `collapse check` reads them, or rows with `generations` and
 * `partition` (which of them are the same idea), for which agreement with the labels is printed. `--halves`
 * splits each file at random as often, holds one half against the other, and counts how often gates fail, that of
 * formats too; with `--one-in` a part of the first half, as the program samples large rounds.
 */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {gunzipSync} from 'node:zlib';
import concentration from '../dist/rules/format/concentration.js';
import suppressed from '../dist/rules/format/suppressed.js';
import models from '../dist/rules/homogeneity/models.js';
import prompt from '../dist/rules/homogeneity/prompt.js';
import {wordsOf} from '../dist/rules/homogeneity/text.js';
import {cosine, lexicalVector, unitOf} from '../dist/rules/homogeneity/vectors.js';
import voice from '../dist/rules/homogeneity/voice.js';
import {compileShape} from '../dist/src/corpus/shape.js';
import formatGate from '../dist/src/gates/format.js';
import homogeneityGate from '../dist/src/gates/homogeneity.js';
import voiceGate from '../dist/src/gates/voice.js';
import {agreement, precisionAndRecall} from './lib/agreement.mjs';
import {createRandom} from './lib/random.mjs';
import {markdownTable} from './lib/table.mjs';

const rules = [models, voice];
const gates = [homogeneityGate, voiceGate];
/** Those that read a sample of a large round as well. */
const inHalves = {rules: [...rules, concentration, suppressed], gates: [...gates, formatGate]};
const defaults = ({options}) =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));

function rowsOf(file) {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n');
  return lines.filter(line => line.trim() !== '').map(line => JSON.parse(line));
}

const shape = compileShape({});

/** A row with several generations is several records. */
function recordsOf(rows) {
  return rows.flatMap(row =>
    (row.generations ?? [undefined]).flatMap((response, at) => {
      const fields = response === undefined ? row : {prompt: row.prompt, response, model: row.model, at};
      const parts = shape(fields);
      if ('reason' in parts) return [];
      const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32);
      return [{...parts, id: parts.id ?? hash, fields, hash}];
    }),
  );
}

const feature = record => Uint32Array.from(wordsOf(record.text).hashes);

function summaryOf(rule, records) {
  const summary = rule.init();
  for (const record of records) rule.observe(summary, record, {options: defaults(rule), feature});
  return summary;
}

/** Measures of some rules, and their tables. */
function measured(records, reference, some = rules) {
  const tables = [];
  const measures = Object.assign(
    {},
    ...some.map(rule =>
      rule.measure(summaryOf(rule, records), reference && summaryOf(rule, reference), {
        options: defaults(rule),
        view: 'all',
        report: () => {},
        table: table => tables.push(table),
      }),
    ),
  );
  return {measures, tables};
}

function verdictOf(gate, all) {
  const options = {...defaults(gate)};
  const accepted = Object.entries(all).map(([name, value]) => [`${name}@accepted`, value]);
  const measures = {...all, ...Object.fromEntries(accepted)};
  if (gate.measures.some(name => measures[name] === undefined)) return 'abstain';
  return gate.judge(measures, options).status;
}

const number = value =>
  Array.isArray(value)
    ? value.map(number).join(' to ')
    : (value?.toFixed?.(3).replace(/\.?0+$/, '') ?? value ?? '');

function show(name, {measures, tables}) {
  console.log(`\n## ${name}\n`);
  const rows = Object.entries(measures).map(([measure, {value, interval, reference}]) => [
    measure,
    number(value),
    number(interval ?? []),
    number(reference),
  ]);
  console.log(markdownTable(['measure', 'value', '95 %', 'reference'], rows));
  console.log(`\n${gates.map(gate => `gate ${gate.id}: ${verdictOf(gate, measures)}`).join(', ')}`);
  for (const {title, columns, rows} of tables.filter(({id}) => id !== 'homogeneity.models')) {
    console.log(`\n${title}\n`);
    console.log(
      markdownTable(
        columns.map(({title}) => title),
        rows.slice(0, 10).map(row => row.map(number)),
      ),
    );
  }
}

/** Pairs of generations of one prompt: how alike their words are, and whether they are labelled the same idea. */
function labelledPairs(rows) {
  return rows.map(({generations, partition}) => {
    const units = generations.map(text => unitOf(lexicalVector(text)));
    return units.flatMap((one, at) =>
      units
        .slice(0, at)
        .map((other, to) => ({score: cosine(one, other), same: partition[at] === partition[to]})),
    );
  });
}

/** Each pair's words compared in length only: what a measure must beat. */
function lengthPairs(rows) {
  return rows.map(({generations, partition}) => {
    const lengths = generations.map(text => Math.log(wordsOf(text).hashes.length + 1));
    return lengths.flatMap((one, at) =>
      lengths
        .slice(0, at)
        .map((other, to) => ({score: -Math.abs(one - other), same: partition[at] === partition[to]})),
    );
  });
}

/** From which likeness on homogeneity/prompt calls two answers one. */
const copyMark = prompt.options.alike.default;

function showAgreement(rows) {
  const labelled = rows.filter(({partition}) => partition !== undefined);
  if (labelled.length === 0) return;
  const table = [
    ['cosine of words', labelledPairs(labelled)],
    ['difference of lengths', lengthPairs(labelled)],
  ].map(([name, pairs]) => [
    name,
    ...[...agreement(labelled, pairs, [copyMark]), ...precisionAndRecall(pairs.flat(), copyMark)].map(number),
  ]);
  console.log('\nAgreement with the labels\n');
  console.log(
    markdownTable(
      [
        'score',
        'AUROC, all pairs',
        'AUROC within prompts',
        'prompts with both',
        'best mark',
        'Rand there',
        `Rand at ${copyMark}`,
        'precision there',
        'recall there',
      ],
      table,
    ),
  );
}

function showHalves(name, records, times, oneIn) {
  const random = createRandom();
  random.seed(1);
  const counts = Object.fromEntries(inHalves.gates.map(({id}) => [id, {pass: 0, fail: 0, abstain: 0}]));
  let largest = -1;
  let apart = 0;
  for (let time = 0; time < times; time++) {
    const halves = [[], []];
    for (const record of records) halves[random.float() < 0.5 ? 0 : 1].push(record);
    const round = oneIn === 1 ? halves[0] : halves[0].filter(() => random.float() < 1 / oneIn);
    const {measures} = measured(round, halves[1], inHalves.rules);
    if (measures['format.divergence']?.interval[0] > 0) apart++;
    largest = Math.max(largest, measures['homogeneity.voice']?.value ?? -1);
    for (const gate of inHalves.gates) counts[gate.id][verdictOf(gate, measures)]++;
  }
  console.log(
    `\n${name}, ${times} random halves${oneIn === 1 ? '' : `, 1 record in ${oneIn} of the first`}: ${JSON.stringify(counts)}, largest rise ${number(largest)}, formats diverge in ${apart}`,
  );
}

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    reference: {type: 'string'},
    halves: {type: 'string', default: '0'},
    'one-in': {type: 'string', default: '1'},
  },
});
if (positionals.length === 0) {
  console.error(
    'No file was named. Usage: node bench/homogeneity.mjs FILE... [--reference FILE] [--halves 200]',
  );
  process.exit(2);
}
const reference = values.reference && recordsOf(rowsOf(values.reference));
for (const file of positionals) {
  const rows = rowsOf(file);
  const records = recordsOf(rows);
  const name = path.basename(file);
  if (Number(values.halves) > 0) {
    showHalves(name, records, Number(values.halves), Number(values['one-in']));
    continue;
  }
  show(name, measured(records, reference));
  showAgreement(rows);
}
