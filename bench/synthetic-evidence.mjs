#!/usr/bin/env node
/**
 * What the rules of hard evidence find in texts of known origin: false positives on human records, by hash,
 * and recall on records that were read and labelled before the patterns were written (labels/).
 *   node bench/synthetic-evidence.mjs DATA [--gsm8k FILE] [--show]
 * DATA: a folder of `*.jsonl.gz` whose rows are `{text, machine, edit, source …}`; the second file has rows
 * `{question, answer}` written by people. `--show` prints what was seen, which is text of the data.
 */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {gunzipSync} from 'node:zlib';
import {loadConfig} from '../dist/src/config/load.js';
import {createRecordRunner} from '../dist/src/engine/record-rules.js';
import {markdownTable} from './lib/table.mjs';

const ids = ['assistant-boilerplate', 'chat-residue', 'hidden-marks', 'degenerate', 'declared'];
/** A model wrote over these, whatever the data says; letters were swapped in the others on purpose. */
const rewritten = /^(?:paraphrase_\w+_human|data_mixing_attacks|llm_centered_mixing|multi_llm_mixing)$/;
const disguised = /^perturbation_\w+_human$/;

const {values, positionals} = parseArgs({
  options: {gsm8k: {type: 'string'}, show: {type: 'boolean', default: false}},
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('No data was named. Usage: node bench/synthetic-evidence.mjs DATA [--gsm8k FILE]');
  process.exit(2);
}

const rules = Object.fromEntries(ids.map(id => [`synthetic/${id}`, 'warn']));
const {registry, config} = await loadConfig({cwd: folder, config: {rules: {'*': 'off', ...rules}}});
const look = createRecordRunner(registry, config.rules, () => undefined, config);
const labelFile = fileURLToPath(new URL('labels/synthetic-evidence.jsonl', import.meta.url));
const labels = new Map(
  readFileSync(labelFile, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
    .map(label => [label.hash, label]),
);
/** What a record was drawn for says by which rules it was judged. */
const judged = {
  'at random': ids.filter(id => id !== 'declared'),
  compressible: ['degenerate'],
  'other scripts': ['hidden-marks'],
};

const counts = new Map(
  ids.map(id => [
    id,
    {human: 0, rewritten: 0, disguised: 0, machine: 0, found: 0, labelled: 0, extra: 0, clear: 0},
  ]),
);
const falsePositives = [];
const totals = {human: 0, machine: 0, evident: 0};

function* rows() {
  for (const name of readdirSync(folder)
    .filter(each => each.endsWith('.jsonl.gz'))
    .sort()) {
    for (const line of gunzipSync(readFileSync(path.join(folder, name)))
      .toString()
      .split('\n')) {
      if (line === '') continue;
      const row = JSON.parse(line);
      yield {line, row, source: name.split('.')[0], text: row.text};
    }
  }
  if (values.gsm8k === undefined) return;
  for (const line of readFileSync(values.gsm8k, 'utf8').split('\n')) {
    if (line === '') continue;
    const {question, answer} = JSON.parse(line);
    const text = `${question}\n\n${answer}`;
    yield {line, row: {machine: 0, edit: 'none'}, source: 'gsm8k', text, prompt: question, response: answer};
  }
}

for (const {line, row, source, ...parts} of rows()) {
  const hash = createHash('sha256').update(line).digest('hex').slice(0, 32);
  const place = {path: source, line: 1, bytes: [0, 0]};
  // Only the text: the fields of this data say who wrote it.
  const {findings} = look({id: hash, hash, place, fields: {text: parts.text}, ...parts});
  const seen = new Map(findings.map(({rule, message}) => [rule.replace('synthetic/', ''), message]));
  totals[row.machine === 1 ? 'machine' : 'human']++;
  if (row.machine === 1 && seen.size > 0) totals.evident++;
  for (const id of ids) {
    const count = counts.get(id);
    const hit = seen.has(id);
    if (hit && row.machine === 1) count.machine++;
    else if (hit && rewritten.test(row.edit)) count.rewritten++;
    else if (hit && disguised.test(row.edit)) count.disguised++;
    else if (hit) {
      count.human++;
      falsePositives.push([id, source, hash, ...(values.show ? [seen.get(id)] : [])]);
    }
    const label = labels.get(hash);
    if (label === undefined || !judged[label.drawn].includes(id)) continue;
    const wanted = label.labels.includes(id);
    if (wanted) count.labelled++;
    if (wanted && hit) count.found++;
    if (!wanted) count.clear++;
    if (!wanted && hit) count.extra++;
    if (values.show && wanted !== hit)
      console.error(`${wanted ? 'missed' : 'not labelled'} ${id} ${source} ${hash} ${seen.get(id) ?? ''}`);
  }
}

console.log(`${totals.human} human records, ${totals.machine} of machines, ${labels.size} labelled\n`);
console.log(
  markdownTable(
    [
      'rule',
      'human, flagged',
      'rewritten by a model',
      'letters swapped',
      'machine, flagged',
      'labelled, found',
      'flagged without label',
    ],
    ids.map(id => {
      const {
        human,
        rewritten: over,
        disguised: swapped,
        machine,
        found,
        labelled,
        extra,
        clear,
      } = counts.get(id);
      return [id, human, over, swapped, machine, `${found} of ${labelled}`, `${extra} of ${clear}`].map(
        String,
      );
    }),
  ),
);
console.log(`\n${totals.evident} of ${totals.machine} machine records have evidence of some kind`);
console.log('\nFalse positives:');
for (const row of falsePositives) console.log(row.join('  '));
