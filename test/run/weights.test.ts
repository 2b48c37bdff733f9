import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ConfigFile} from '../../src/config/file.js';
import {filter} from '../../src/run/filter.js';
import {rejudge} from '../../src/run/rejudge.js';
import {effectiveSize, splitDraws} from '../../src/run/weights/clip.js';
import type {WeightLine} from '../../src/run/weights/index.js';
import {folder, load} from '../engine/rounds.js';

const linesOf = (...path: string[]) =>
  readFileSync(join(...path), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
const weightsIn = (...path: string[]): WeightLine[] => linesOf(...path);

const weightList = fc.array(fc.oneof(fc.constant(0), fc.double({min: 1e-12, max: 1, noNaN: true})), {
  minLength: 1,
  maxLength: 60,
});

test('draws are in proportion to weights up to the limit, and none is lost that can be taken', () => {
  fc.assert(
    fc.property(
      weightList,
      fc.double({min: 0.1, max: 4, noNaN: true}),
      fc.integer({min: 1, max: 5}),
      (list, perRecord, most) => {
        const weights = Float64Array.from(list);
        const total = perRecord * list.length;
        const {draws, clipped} = splitDraws(weights, total, most);
        const positive = list.filter(weight => weight > 0).length;
        const sum = draws.reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(Math.min(total, positive * most), 6);
        expect(Math.max(...draws)).toBeLessThanOrEqual(most * (1 + 1e-9));
        expect(draws.filter(draw => draw === most).length).toBeGreaterThanOrEqual(clipped);
        // One scale for all that are under the limit, and those at it would be above.
        const free = list.flatMap((weight, at) =>
          weight > 0 && draws[at]! < most ? [draws[at]! / weight] : [],
        );
        for (const scale of free) expect(scale).toBeCloseTo(free[0]!, 4 - Math.ceil(Math.log10(free[0]!)));
        for (const [at, weight] of list.entries()) {
          if (weight === 0) expect(draws[at]).toBe(0);
          else if (free.length > 0 && draws[at] === most)
            expect(weight * free[0]!).toBeGreaterThanOrEqual(most * (1 - 1e-9));
        }
      },
    ),
  );
});

test('the effective size is n for equal weights, 1 for a single one, and knows no scale', () => {
  expect(effectiveSize(Float64Array.of(3, 3, 3, 3))).toBe(4);
  expect(effectiveSize(Float64Array.of(0, 0, 7))).toBe(1);
  expect(effectiveSize(Float64Array.of(1e-200, 1e-200))).toBe(2);
  expect(effectiveSize(Float64Array.of(0, 0))).toBe(0);
  // (2 + 1 + 1)^2 / (4 + 1 + 1)
  expect(effectiveSize(Float64Array.of(2, 1, 1))).toBeCloseTo(16 / 6, 12);
});

test('collapse:detector-resampling weighs as the paper says, row by row', async () => {
  const cwd = fileURLToPath(new URL('../../fixtures/presets/detector-resampling', import.meta.url));
  const loaded = await load(cwd, {extends: 'collapse:detector-resampling'});
  const out = join(folder({}), 'run');
  const {report} = await filter(loaded, ['input.jsonl'], {cwd, out, cache: false, weights: true});
  const rows = linesOf(cwd, 'input.jsonl').filter(({expect}) => expect === 'accept');
  const weights = weightsIn(out, 'weights.jsonl');
  expect(weights.length).toBe(rows.length);
  for (const [at, {weight, signal}] of weights.entries()) {
    expect(signal).toBe(rows[at].cls_confidence);
    expect(weight * 1.5).toBeCloseTo(rows[at].draws, 5);
  }
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  expect(manifest.files.map(({path}: {path: string}) => path)).toContain('weights.jsonl');
  const saved = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  expect(saved.tables).toEqual(report.tables);
  expect(Object.fromEntries(report.tables!.at(-1)!.rows as [string, number][])).toMatchObject({
    weighed: 8,
    'weigh nothing': 1,
    clipped: 2,
  });
});

const text = (number: number) => `Record ${number} speaks of ${'abcdefgh'[number]}${number} alone.`;
const setup: ConfigFile = {
  rules: {'*': 'off', 'detector/score': ['warn', {field: ['p']}]},
  gates: {duplication: 'off'},
  weights: {signal: 'detector', power: 1, draws: 1, repeats: 100},
};

test('of all records, with what is missing, and judged again', async () => {
  const round = [{p: 0.5}, {p: 0}, {}, {p: 1}].map((row, at) => ({text: text(at), ...row}));
  const root = folder({'round.jsonl': round});
  const options = {cwd: root, cache: false, weights: true};
  const gates = {detector: {maximum: 0.6}, duplication: 'off'} as const;
  const of = (config: ConfigFile) => load(root, {...setup, ...config});
  await filter(await of({gates}), ['round.jsonl'], {...options, out: 'accepted'});
  expect(weightsIn(root, 'accepted/weights.jsonl').map(({row, weight}) => [row, weight])).toEqual([
    [0, 0.666666666667],
    [1, 1.33333333333],
  ]);
  await filter(await of({gates, weights: {...setup.weights, of: 'all'}}), ['round.jsonl'], {
    ...options,
    out: 'all',
  });
  expect(weightsIn(root, 'all/weights.jsonl').map(({weight, reason}) => [weight, reason])).toEqual([
    [1.33333333333, undefined],
    [2.66666666667, undefined],
    [0, 'there is no score at `p`'],
    [0, undefined],
  ]);
  // Judged again with a wider gate: the weights are those of what is accepted now.
  const wider = await of({gates: {detector: {maximum: 1}, duplication: 'off'}});
  const {report} = await rejudge(join(root, 'accepted'), wider, {weights: join(root, 'again.jsonl')});
  expect(report.totals.accepted).toBe(3);
  expect(weightsIn(root, 'again.jsonl').map(({row, weight}) => [row, weight])).toEqual([
    [0, 1],
    [1, 2],
    [3, 0],
  ]);
});

test('an abstention weighs what the others do on the mean, or nothing', async () => {
  const long = 'The ferry left the pier before noon and nobody on board had seen the fog come in. '.repeat(4);
  const round = [{text: `${long} Aune counted nine gulls.`}, {text: 'Short.'}];
  const root = folder({'round.jsonl': round});
  const of = async (onAbstain: 'mean' | 'zero', out: string) => {
    const config: ConfigFile = {
      rules: {'*': 'off', 'synthetic/style': 'warn'},
      weights: {signal: 'synthetic', power: 1, draws: 1, repeats: 9, onAbstain},
    };
    await filter(await load(root, config), ['round.jsonl'], {cwd: root, cache: false, weights: true, out});
    return weightsIn(root, out, 'weights.jsonl').map(({weight}) => weight);
  };
  expect(await of('mean', 'mean')).toEqual([1, 1]);
  expect(await of('zero', 'zero')).toEqual([2, 0]);
});

test('a failed round has no weights, and what cannot be had is said before anything is read', async () => {
  const root = folder({'round.jsonl': `${JSON.stringify({text: text(1), p: 0.1})}\n{"broken\n`});
  const options = {cwd: root, cache: false, weights: true, out: 'run'};
  const {folder: failed} = await filter(await load(root, setup), ['round.jsonl'], options);
  expect(failed).toBe('run.failed');
  expect(existsSync(join(root, 'run.failed/weights.jsonl'))).toBe(false);
  const lacking = (config: ConfigFile) => load(root, {...config, weights: config.weights ?? {}});
  await expect(filter(await lacking({rules: {'*': 'off'}}), ['round.jsonl'], options)).rejects.toThrow(
    'needs the signal `synthetic`, and no rule that is on gives it. Switch on `synthetic/style`',
  );
  const words: ConfigFile = {rules: {'tail/surprising': 'warn'}, weights: {signal: 'surprise'}};
  await expect(filter(await lacking(words), ['round.jsonl'], options)).rejects.toThrow('goes from 0 to 100');
});
