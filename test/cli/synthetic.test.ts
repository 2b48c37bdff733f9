import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {inventedSet, loose, stiff} from '../detector/own/invented.js';
import {collapse} from './collapse.js';

const cwd = mkdtempSync(join(tmpdir(), 'collapse-synthetic-'));
afterAll(() => rmSync(cwd, {recursive: true, force: true}));
const rows = (texts: readonly string[]) => texts.map(text => `${JSON.stringify({text})}\n`).join('');
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

/** A detector of the two invented writers: the one of the package knows neither. */
beforeAll(async () => {
  write('train-human.jsonl', rows(inventedSet(320, 11, loose)));
  write('train-machine.jsonl', rows(inventedSet(320, 12, stiff)));
  write('human.jsonl', rows(inventedSet(400, 13, loose)));
  write('samples.jsonl', rows(inventedSet(200, 14, stiff)));
  write('clean.jsonl', rows(inventedSet(200, 15, loose)));
  write('mixed.jsonl', rows([...inventedSet(120, 16, loose), ...inventedSet(80, 17, stiff)]));
  await collapse(
    ['train', '--human', 'train-human.jsonl', '--machine', 'train-machine.jsonl', '--out', 'own.detector'],
    {cwd},
  );
  write(
    '.collapserc',
    [
      'rules:',
      '  "*": off',
      '  synthetic/share: [warn, {weights: own.detector}]',
      '  synthetic/style: [warn, {weights: own.detector, fpr: 0.01}]',
      'gates: {synthetic: {maximum: 0.2}, duplication: off}',
    ].join('\n'),
  );
  await collapse(['profile', 'human.jsonl', '--out', 'human.profile'], {cwd});
}, 60_000);

const check = async (round: string, ...more: string[]) => {
  const {code, stdout, stderr} = await collapse(['check', round, '--format', 'json', ...more], {cwd});
  expect(stderr).toBe('');
  const report = JSON.parse(stdout);
  const [gate] = report.gates.filter((one: {id: string}) => one.id === 'synthetic');
  return {
    code,
    report,
    gate,
    share: report.measures['synthetic.share'],
  };
};
const human = ['--reference', 'human.profile'];
const samples = ['--machine', 'samples.jsonl'];

describe('the gate `synthetic`', () => {
  it('passes a round of human text, and fails one of which too much is machine text, with samples', async () => {
    const clean = await check('clean.jsonl', ...human, ...samples);
    expect(clean.code).toBe(0);
    expect(clean.gate.status).toBe('pass');
    expect(clean.share.interval[0]).toBeLessThan(0.05);
    const mixed = await check('mixed.jsonl', ...human, ...samples);
    expect(mixed.code).toBe(1);
    expect(mixed.report.verdict).toBe('fail');
    expect(mixed.gate).toMatchObject({status: 'fail', limit: 0.2});
    const [low, high] = mixed.share.interval;
    expect(low).toBeLessThan(0.4);
    expect(high).toBeGreaterThan(0.4);
  });

  it('bounds the share from below with human text alone', async () => {
    const {share, gate} = await check('mixed.jsonl', ...human, '--rule', 'synthetic/share=warn');
    // The words of both writers are the same, so nothing else explains the difference.
    if (share === undefined) expect(gate.status).toBe('abstain');
    else {
      expect(share.interval[1]).toBe(1);
      expect(share.value).toBeLessThanOrEqual(0.4 + 1e-9);
    }
  });

  it('abstains without a reference, which fails nothing unless it is told to', async () => {
    const {code, gate} = await check('clean.jsonl');
    expect(code).toBe(0);
    expect(gate.status).toBe('abstain');
    const strict = await check('clean.jsonl', '--gate', 'synthetic.onAbstain=fail');
    expect(strict.code).toBe(1);
  });

  it('holds records against the reference: about as many human ones are flagged as `fpr` says', async () => {
    const {report} = await check('clean.jsonl', ...human);
    const flagged = report.counts['synthetic/style']?.records ?? 0;
    // 2 of 200 are expected; 11 have a chance of one in a hundred thousand.
    expect(flagged).toBeLessThanOrEqual(10);
    const [found] = (await check('mixed.jsonl', ...human)).report.findings;
    expect(found.message).toContain('records of the reference of like length');
  });

  it('gives the same report at any number of threads', async () => {
    const of = async (threads: string) =>
      (
        await collapse(
          ['check', 'mixed.jsonl', '--format', 'json', ...human, ...samples, '--concurrency', threads],
          {cwd},
        )
      ).stdout;
    expect(await of('2')).toBe(await of('1'));
  });
});
