import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createAblation} from '../../src/run/ablate.js';
import {filter} from '../../src/run/filter.js';
import {rejudge} from '../../src/run/rejudge.js';
import {folder, load} from '../engine/rounds.js';

const row = (text: string, tries: string[], eels: number, verdict: number) => ({text, tries, eels, verdict});

/** By vote and by judge: who lets what through, with the truth beside it. */
const round = [
  row('Both pass, and it is right.', ['4', '4', '4'], 4, 1),
  row('The vote passes alone, and it is wrong.', ['5', '5', '5'], 4, 0),
  row('The judge passes alone; a tie has no answer that could be right.', ['4', '5'], 4, 1),
  row('Neither passes.', ['4', '5'], 4, 0),
  row('Both pass, and it is wrong.', ['5', '5', '5'], 4, 1),
];

test('each gate alone, and all others without it, counted by hand', async () => {
  const root = folder({'round.jsonl': round});
  const setup = {
    rules: {
      '*': 'off',
      'agreement/samples': ['warn', {samples: ['tries[*]'], truth: 'eels'}],
      'judge/verdict': 'warn',
    },
    gates: {agreement: 'on', judge: 'on', duplication: 'off'},
  } as const;
  const loaded = await load(root, setup);
  await filter(loaded, ['round.jsonl'], {cwd: root, out: 'run', cache: false});
  const ablation = createAblation();
  const {report} = await rejudge(join(root, 'run'), loaded, {onRow: ablation.row});
  const table = ablation.table(report)!;
  const rows = Object.fromEntries(table.rows.map(([gate, ...cells]) => [gate, cells]));
  expect(rows).toEqual({
    findings: [5, 2, 1 / 3, 1 / 2],
    agreement: [3, 3, 1 / 3, 1 / 2],
    judge: [3, 3, 1 / 2, 1 / 3],
    'all together': [2, 5, 1 / 2, 1 / 3],
  });
});
