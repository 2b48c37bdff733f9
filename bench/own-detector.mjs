#!/usr/bin/env node
/**
 * How far a detector that `collapse train` makes of one domain and one generator carries: trained on each pair, held
 * against the domains and generators it did not see, beside the detector of the package (which knows this data).
 *   npm run build && node bench/own-detector.mjs DATA [--source detectrl]
 */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {createDetector} from '../dist/src/detector/detector.js';
import {decodeWeights} from '../dist/src/detector/weights.js';
import {train} from '../dist/src/index.js';
import {readDetection} from './lib/detection.mjs';
import {areaUnderCurve, rateAt} from './lib/roc.mjs';
import {markdownTable} from './lib/table.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {source: {type: 'string', default: 'detectrl'}},
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('No data was named. Usage: node bench/own-detector.mjs DATA [--source NAME]');
  process.exit(2);
}
const rows = readDetection(folder).filter(
  ({source, repeated, reworded}) => source === values.source && !repeated && !reworded,
);
const kinds = [...new Set(rows.map(({kind}) => kind))].sort();
const generators = [...new Set(rows.filter(({machine}) => machine).map(({generator}) => generator))].sort();
const scratch = mkdtempSync(path.join(tmpdir(), 'own-detector-'));

const scoreWith = file => {
  const detector = createDetector(decodeWeights(readFileSync(file)));
  return ({text}) => {
    const seen = detector.analyse(text);
    return 'abstains' in seen ? 0.5 : seen.percentile;
  };
};
const compare = (chosen, score) => {
  const human = chosen.filter(({machine}) => !machine).map(score);
  const machine = chosen.filter(row => row.machine).map(score);
  if (human.length < 30 || machine.length < 30) return undefined;
  const flagged = human.filter(value => value > 0.99).length / human.length;
  return {area: areaUnderCurve(human, machine), rate: rateAt(human, machine, 0.01), flagged};
};
const mean = (found, of) => {
  const given = found.filter(Boolean).map(of);
  return given.length === 0 ? '' : (given.reduce((sum, value) => sum + value, 0) / given.length).toFixed(3);
};
const cells = found => [
  mean(found, ({area}) => area),
  mean(found, ({rate}) => rate),
  mean(found, ({flagged}) => flagged),
];

try {
  const lines = [];
  for (const kind of kinds) {
    for (const generator of generators) {
      const write = (name, chosen) => {
        const file = path.join(scratch, name);
        writeFileSync(file, chosen.map(({text}) => `${JSON.stringify({text})}\n`).join(''));
        return file;
      };
      const ofKind = rows.filter(row => row.kind === kind);
      // One in four human records of the domain is kept for the other generators.
      const human = ofKind.filter(({machine}, at) => !machine && at % 4 !== 0);
      const kept = new Set(ofKind.filter(({machine}, at) => machine || at % 4 === 0));
      const machine = ofKind.filter(row => row.machine && row.generator === generator);
      const out = path.join(scratch, 'one.detector');
      const report = await train({
        config: {},
        human: [write('human.jsonl', human)],
        machine: [write('machine.jsonl', machine)],
        out,
        overwrite: true,
        force: true,
      });
      const [all] = report.trained.figures;
      const score = scoreWith(out);
      const held = others =>
        others.map(([k, g]) => {
          const fits = row =>
            row.kind === k && (row.machine ? row.generator === g : k !== kind || kept.has(row));
          return compare(rows.filter(fits), score);
        });
      lines.push([
        kind,
        generator,
        `${report.human.used}, ${report.machine.used}`,
        report.differences.map(difference => difference.kind).join(', '),
        `${all.area.toFixed(3)} (${all.areaInterval.map(end => end.toFixed(3)).join(' to ')})`,
        all.rate === null ? '' : all.rate.toFixed(3),
        ...cells(held(generators.filter(one => one !== generator).map(one => [kind, one]))).slice(0, 2),
        ...cells(held(kinds.filter(one => one !== kind).map(one => [one, generator]))),
      ]);
      console.error(lines.at(-1).join(' | '));
    }
  }
  const titles =
    'domain|generator|human, machine|told apart by|left-out records: AUROC|TPR at 1 %|other generators: AUROC|TPR|other domains: AUROC|TPR|their human text flagged at 1 %';
  console.log(markdownTable(titles.split('|'), lines));
} finally {
  rmSync(scratch, {recursive: true});
}
