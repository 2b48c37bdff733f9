#!/usr/bin/env node
/**
 * Writes what is made from the rule and gate files: their pages in docs, the schema of `.collapserc`,
 * `.collapserc.example`, and the tables and the picture of the README. Needs a build.
 *   node scripts/generate.mjs           writes what is not up to date
 *   node scripts/generate.mjs --check   writes nothing; lists what is not, and then ends with 1
 */
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {program, root} from './lib/build.mjs';
import {differences, pages, update} from './lib/pages.mjs';
import {picture} from './lib/picture.mjs';

if (!existsSync(program)) {
  console.error('There is no build to generate from. Run `npm run build` first.');
  process.exit(2);
}
const [
  {default: rules},
  {default: gates},
  {ruleDoc, gateDoc},
  {configSchema},
  {exampleConfig},
  {provenanceSchema},
] = await Promise.all([
  import('../dist/rules/index.js'),
  import('../dist/src/gates/index.js'),
  import('../dist/src/report/markdown.js'),
  import('../dist/src/config/schema.js'),
  import('../dist/src/config/example.js'),
  import('../dist/rules/provenance/schema.js'),
]);
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const expected = pages(
  {rules, gates, ruleDoc, gateDoc, configSchema, exampleConfig, provenanceSchema},
  readme,
  picture(),
);

if (process.argv.includes('--check')) {
  const found = differences(root, expected);
  for (const {file, problem} of found) console.log(`${file}: ${problem}`);
  if (found.length > 0) console.error('Run `npm run generate` and commit what it changes.');
  process.exitCode = found.length > 0 ? 1 : 0;
} else {
  for (const {file, problem} of update(root, expected)) {
    console.log(`${problem === 'without a rule or gate' ? 'removed' : 'wrote'} ${file}`);
  }
}
