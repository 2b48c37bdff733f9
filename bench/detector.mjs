#!/usr/bin/env node
/**
 * Tables of how the detector behind `synthetic/style` does on sources that it was not trained on, from the scores
 * that training wrote. An abstention counts as 0.5; beside each table stands what length alone would do.
 *   npm run train:detector -- DATA --scores SCORES
 *   node bench/detector.mjs SCORES
 */
import {readFileSync} from 'node:fs';
import {areaUnderCurve, rateAt} from './lib/roc.mjs';
import {markdownTable} from './lib/table.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('No scores were named. Usage: node bench/detector.mjs SCORES');
  process.exit(2);
}
const rows = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line));
for (const row of rows) row.judged = row.abstains === undefined ? row.percentile : 0.5;
const enoughHuman = 500;
const number = (value, digits = 3) => (value === undefined ? '' : value.toFixed(digits));
const percent = share => `${(100 * share).toFixed(2)} %`;

const families = ['detectrl', 'detectrl_atk', 'raidar', 'mixset', 'authenticheck'];
const memberOf = {authenticheck_essay: 'authenticheck'};
const lengths = [
  ['100 words and more', row => !row.crop && row.words >= 100],
  ['50 to 100 words, crops too', row => row.words >= 50 && row.words < 100],
  ['30 to 50 words', row => row.words >= 30 && row.words < 50],
];

function compare(chosen, scoreOf = row => row.judged) {
  const human = chosen.filter(row => !row.machine).map(scoreOf);
  const machine = chosen.filter(row => row.machine).map(scoreOf);
  if (human.length < 30 || machine.length < 30) return undefined;
  return {
    human: human.length,
    machine: machine.length,
    area: areaUnderCurve(human, machine),
    rate: human.length >= enoughHuman ? rateAt(human, machine, 0.01) : undefined,
  };
}

const heading = text => console.log(`\n**${text}**\n`);
const mean = values => {
  const given = values.filter(value => value !== undefined);
  return given.length === 0 ? undefined : given.reduce((sum, value) => sum + value, 0) / given.length;
};

for (const [name, fits] of lengths) {
  heading(`Families left out, ${name}: AUROC and TPR at 1 % FPR`);
  const lines = [];
  const found = [];
  for (const family of families) {
    const chosen = rows.filter(row => (memberOf[row.source] ?? row.source) === family && fits(row));
    const seen = compare(chosen);
    if (seen === undefined) continue;
    const byLength = compare(chosen, row => -row.words);
    found.push(seen);
    lines.push([
      family,
      seen.human,
      seen.machine,
      number(seen.area),
      number(seen.rate),
      number(byLength.area),
      number(byLength.rate),
    ]);
  }
  lines.push([
    'mean',
    '',
    '',
    number(mean(found.map(({area}) => area))),
    number(mean(found.map(({rate}) => rate))),
    '',
    '',
  ]);
  console.log(
    markdownTable(['left out', 'human', 'machine', 'AUROC', 'TPR at 1 %', 'shortness: AUROC', 'TPR'], lines),
  );
}

heading(
  'Thresholds fixed in advance on the other sources: false positives on human sources left out, 50 words and more',
);
const human = rows.filter(
  row => !row.machine && !row.reworded && !row.repeated && !row.crop && row.words >= 50,
);
const sources = [...new Set(human.map(({source}) => source))];
let flagged = 0;
console.log(
  markdownTable(
    ['left out', 'texts', 'at 1 %', 'at 0.1 %'],
    sources.map(source => {
      const chosen = human.filter(row => row.source === source);
      flagged += chosen.filter(row => row.judged > 0.999).length;
      const share = limit => percent(chosen.filter(row => row.judged > limit).length / chosen.length);
      return [source, chosen.length, share(0.99), share(0.999)];
    }),
  ),
);
console.log(`\nPooled at 0.1 %: ${percent(flagged / human.length)} of ${human.length}.`);

heading('Machine text left out that is found at the thresholds fixed in advance, 50 words and more');
const machine = rows.filter(row => row.machine && !row.repeated && !row.crop && row.words >= 50);
const found = (chosen, limit) => percent(chosen.filter(row => row.judged > limit).length / chosen.length);
const table = (title, keyOf, chosen = machine, least = 100) => {
  const keys = [...new Set(chosen.map(keyOf))].sort();
  const lines = keys
    .map(key => [key, chosen.filter(row => keyOf(row) === key)])
    .filter(([, group]) => group.length >= least)
    .map(([key, group]) => [key, group.length, found(group, 0.99), found(group, 0.999)]);
  console.log(markdownTable([title, 'texts', 'at 1 %', 'at 0.1 %'], lines));
};
table('source', row => row.source);
heading('By kind, of kinds with human and machine text');
for (const kind of [...new Set(rows.map(row => row.kind))].sort()) {
  const seen = compare(rows.filter(row => row.kind === kind && !row.crop && row.words >= 50));
  if (seen)
    console.log(
      `- ${kind}: AUROC ${number(seen.area)}${seen.rate === undefined ? '' : `, TPR ${number(seen.rate)}`}`,
    );
}
heading('By edit (detectrl)');
table(
  'edit',
  row => row.domain,
  machine.filter(row => row.source.startsWith('detectrl')),
);
heading('Human text that a model reworded');
table(
  'edit',
  row => row.domain,
  rows.filter(row => row.reworded && !row.crop && row.words >= 50),
  30,
);
heading('By generator, of current sources');
table(
  'generator',
  row => row.generator,
  machine.filter(row => ['persuasion26', 'slopscore25'].includes(row.source)),
  60,
);
const spoken = rows.filter(row => !row.crop && row.words >= 50);
console.log(
  `\nAbstains on ${percent(spoken.filter(row => row.abstains).length / spoken.length)} of ${spoken.length} texts of 50 words and more.`,
);
