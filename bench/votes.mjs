#!/usr/bin/env node
/**
 * What the gate `agreement` keeps of rows with several responses, and how much of that is right. Needs a build.
 *   node bench/votes.mjs FILE --samples PATH,PATH... --truth PATH [--prompt PATH] [--extract number]
 * Each threshold is a run of `collapse filter`; the figures are read from its evidence.
 */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {markdownTable} from './lib/table.mjs';

const cli = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    samples: {type: 'string'},
    truth: {type: 'string'},
    prompt: {type: 'string', default: 'question'},
    extract: {type: 'string', default: 'number'},
  },
});
const samples = values.samples.split(',');
const folder = mkdtempSync(path.join(tmpdir(), 'collapse-votes-'));
const config = path.join(folder, 'collapserc.json');
writeFileSync(
  config,
  JSON.stringify({
    fields: {prompt: values.prompt},
    rules: {
      '*': 'off',
      'agreement/samples': ['warn', {samples, truth: values.truth, extract: values.extract.split(',')}],
    },
    gates: {agreement: 'on', duplication: 'off'},
  }),
);

function run(votes) {
  const out = path.join(folder, `of-${votes}`);
  const minimum = `agreement.minimum=${votes / samples.length}`;
  execFileSync(
    process.execPath,
    [cli, 'filter', ...positionals, '-c', config, '--gate', minimum, '--out', out, '-q'],
    {stdio: 'ignore'},
  );
  const lines = readFileSync(path.join(out, 'evidence.jsonl'), 'utf8').trim().split('\n');
  const rows = lines.map(line => JSON.parse(line));
  const kept = rows.filter(({verdict}) => verdict === 'accept');
  const right = kept.filter(({signals}) => signals.correct === 1).length;
  const percent = share => `${(share * 100).toFixed(1)} %`;
  return [
    `${votes} of ${samples.length}`,
    kept.length,
    percent(kept.length / rows.length),
    percent(right / kept.length),
  ];
}

const rows = [];
for (let votes = samples.length; votes >= 2; votes--) rows.push(run(votes));
console.log(markdownTable(['votes wanted', 'kept', 'share', 'right among kept'], rows));
rmSync(folder, {recursive: true});
