#!/usr/bin/env node
/**
 * Which answers of a file the rule grounding/refusal flags, held against labels. Needs a build.
 *   node bench/refusal.mjs FILE [--labels bench/labels/refusal.json] [--list]
 * Labels are by the first 12 characters of the SHA-256 of the row, so that no text is kept: `right` (it was
 * flagged and declines), `wrong` (it was flagged and answers), `missed` (it declines and should be flagged).
 * Ends with 1 when something is flagged that has no label. `--list` prints every hit.
 */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {decliningOf} from '../dist/rules/grounding/declining.js';
import refusal from '../dist/rules/grounding/refusal.js';
import {languages, patternsOf} from '../dist/rules/grounding/refusal-patterns.js';
import {sentencesOf} from '../dist/src/features/sentences.js';
import {markdownTable} from './lib/table.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    labels: {type: 'string', default: new URL('labels/refusal.json', import.meta.url).pathname},
    list: {type: 'boolean', default: false},
  },
});
const labels = JSON.parse(readFileSync(values.labels, 'utf8'));
const patterns = languages.map(patternsOf);
const counts = {right: 0, wrong: 0, missed: 0, unknown: 0};
const hits = [];
let rows = 0;
for (const line of readFileSync(positionals[0], 'utf8').split('\n')) {
  if (line.trim() === '') continue;
  rows++;
  const {response} = JSON.parse(line);
  const {share, kind} = decliningOf(response, sentencesOf(response), patterns);
  const hash = createHash('sha256').update(line).digest('hex').slice(0, 12);
  if (share > refusal.options.share.default) {
    const label = labels[hash] === 'missed' ? 'right' : (labels[hash] ?? 'unknown');
    counts[label]++;
    hits.push([hash, kind, share.toFixed(2), label]);
  } else if (['missed', 'right'].includes(labels[hash])) counts.missed++;
}
if (values.list) console.log(`${markdownTable(['row', 'kind', 'share', 'judged'], hits)}\n`);
const {right, wrong, missed, unknown} = counts;
console.log(
  `${rows} answers, ${hits.length} flagged: ${right} decline, ${wrong} do not, ${unknown} without a label; ${missed} that decline were missed`,
);
process.exitCode = unknown > 0 ? 1 : 0;
