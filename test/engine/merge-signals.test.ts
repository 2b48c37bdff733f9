import {expect, test} from 'vitest';
import rules from '../../rules/index.js';
import {missing, notApplicable} from '../../src/api.js';
import {signalMerger} from '../../src/engine/merge-signals.js';
import {filter} from '../../src/run/filter.js';
import {checkIn, folder, load} from './rounds.js';

test('of two that give a signal, one that abstains has no say, and else the worse counts', () => {
  const merge = signalMerger(rules);
  const [lost, silent] = [missing('lost'), notApplicable('short')];
  for (const [one, other, wanted] of [
    [0.4, 0.7, 0.4],
    [0.4, silent, 0.4],
    [0.4, lost, lost],
    [silent, lost, lost],
    [silent, silent, silent],
  ] as const) {
    expect(merge({agreement: one}, {agreement: other})).toEqual({agreement: wanted});
    expect(merge({agreement: other}, {agreement: one})).toEqual({agreement: wanted});
  }
  // Of `synthetic` much is bad.
  expect(merge({synthetic: 0.4, novelty: 1}, {synthetic: 0.7})).toEqual({synthetic: 0.7, novelty: 1});
});

test('both ways of voting at once: rows with samples keep their vote, rows without have that of their prompt', async () => {
  const root = folder({
    'round.jsonl': [
      {prompt: 'Eels?', response: 'Asked thrice.', samples: ['A: 4', 'A: 4', 'A: 5']},
      {prompt: 'Nets?', response: 'A: 7'},
      {prompt: 'Nets?', response: 'A: 7'},
      {prompt: 'Nets?', response: 'A: 8'},
    ],
  });
  const config = {
    rules: {'*': 'off', 'agreement/samples': 'warn', 'agreement/prompt': 'warn'},
    gates: {agreement: {minimum: 0.6}, duplication: 'off'},
  } as const;
  const {report} = await checkIn(root, config);
  expect(report.totals).toMatchObject({accepted: 3, rejected: 1, quarantined: 0});
});

test('purity comes from the signal `correct` too, and a gate that lowers it fails the round', async () => {
  // Of 40 unanimous votes all are right, of 40 split ones none: `drop` throws the right ones out.
  const row = (at: number, samples: string[]) => ({
    text: `Question ${at} about ${'abcdefgh'[at % 8]}${at}.`,
    samples,
    truth: '4',
  });
  const root = folder({
    'round.jsonl': Array.from({length: 80}, (_, at) =>
      row(at, at < 40 ? ['A: 4', 'A: 4', 'A: 4'] : ['A: 5', 'A: 5', 'A: 4']),
    ),
  });
  const setup = (unanimous: string, purity: 'on' | 'off') =>
    load(root, {
      rules: {'*': 'off', 'agreement/samples': ['warn', {truth: 'truth'}], 'selection/keep-rate': 'warn'},
      gates: {agreement: {minimum: 0, unanimous}, duplication: 'off', purity},
    });
  const run = async (unanimous: string, purity: 'on' | 'off') =>
    (await filter(await setup(unanimous, purity), ['round.jsonl'], {cwd: root, out: undefined, cache: false}))
      .report;
  const dropped = await run('drop', 'on');
  expect(dropped.verdict).toBe('fail');
  const measured = (name: string) => dropped.measures[`selection.${name}@gate:agreement`]!.value;
  expect(['keep-correct', 'keep-wrong', 'purity-before', 'purity'].map(measured)).toEqual([0, 1, 0.5, 0]);
  expect(dropped.roundFindings!.map(({message}) => message).join()).toContain(
    'The gate agreement keeps wrong',
  );
  expect((await run('drop', 'off')).verdict).toBe('pass');
  const required = await run('require', 'on');
  expect([required.verdict, required.measures['selection.purity@accepted']!.value]).toEqual(['pass', 1]);
});
