#!/usr/bin/env node
/**
 * How often the fast scan and the Markdown tree give a text the same structural format, and which formats
 * they differ in. Needs a build.
 *   node bench/format-agreement.mjs FILE [--least 0.995] [--show]
 * FILE is JSON lines with a `response` or a `text`. Ends with 1 when they agree on less than `--least`.
 * `--show` names the records that differ, by line.
 */
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {parseMarkdown} from '../dist/plugins/unified/markdown.js';
import {answerOf, formatOf} from '../dist/rules/format/formats.js';
import {structureOf} from '../dist/rules/format/tree.js';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {least: {type: 'string', default: '0.995'}, show: {type: 'boolean', default: false}},
});
const [file] = positionals;
if (file === undefined) {
  console.error('No file was named. Usage: node bench/format-agreement.mjs FILE');
  process.exit(2);
}

const answers = readFileSync(file, 'utf8')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => answerOf({text: '', ...JSON.parse(line)}));
const bytes = answers.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** Formats of all answers, and how fast they were found. */
function timed(read) {
  const start = performance.now();
  const formats = answers.map(text => formatOf(text, [], read));
  return {formats, rate: bytes / 1e3 / (performance.now() - start)};
}

const tree = timed(text => structureOf(parseMarkdown(text), text));
timed(); // Once before it counts, as a scan of a corpus soon is.
const scan = timed();

const differences = new Map();
const counts = new Map();
for (const [index, found] of scan.formats.entries()) {
  const expected = tree.formats[index];
  counts.set(expected, (counts.get(expected) ?? 0) + 1);
  if (found === expected) continue;
  const kind = `${expected} in the tree, ${found} in the scan`;
  differences.set(kind, (differences.get(kind) ?? 0) + 1);
  if (values.show) console.log(`line ${index + 1}: ${kind}`);
}
const wrong = [...differences.values()].reduce((sum, count) => sum + count, 0);
const agreement = 1 - wrong / answers.length;
console.log(`${answers.length} answers, ${(bytes / 1e6).toFixed(1)} MB`);
for (const [format, count] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`  ${format}: ${count}`);
console.log(`tree ${tree.rate.toFixed(1)} MB/s, scan ${scan.rate.toFixed(0)} MB/s`);
console.log(`agreement ${(agreement * 100).toFixed(3)} %, ${wrong} differ`);
for (const [kind, count] of differences) console.log(`  ${count}: ${kind}`);
if (agreement < Number(values.least)) process.exitCode = 1;
