import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {folder, type Row} from '../engine/rounds.js';
import {collapse, plugin} from './collapse.js';

const fine: Row[] = [
  {id: 'fine', text: 'The ferry leaves at nine.', group: 'g', score: 1},
  {id: 'other', text: 'A lamp burns until four.', group: 'g', score: 1},
];
const broken = (order: string) => ({
  id: 'culprit',
  text: 'It breaks here.',
  group: 'g',
  score: 1,
  throw: order,
});

/** What is thrown where, what it says, and where that is in `data/b.jsonl`. */
const cases: readonly [what: string, row: Row, config: string, said: string][] = [
  [
    'record rule',
    broken('record'),
    '',
    'Rule `probe/flags` failed on record `culprit` (data/b.jsonl:3): the record rule broke',
  ],
  [
    'pair rule',
    {id: 'throw-pair', text: 'The ferry leaves at nine.'},
    'rules: {probe/pairs: warn}',
    'Rule `probe/pairs` failed on record `throw-pair` (data/b.jsonl:3): the pair rule broke',
  ],
  [
    'group rule',
    broken('group'),
    'rules: {probe/groups: warn}',
    'Rule `probe/groups` failed on record `fine` (data/a.jsonl:1): the group rule broke',
  ],
  [
    'corpus rule',
    broken('corpus'),
    'rules: {probe/bits: warn}',
    'Rule `probe/bits` failed on record `culprit` (data/b.jsonl:3): the corpus rule broke',
  ],
  [
    'provider',
    {...broken('provider'), id: 'provided'},
    'rules: {probe/features: warn}',
    'Provider `size` failed on record `fine` (data/b.jsonl:1) and the 2 after it: the model is not there',
  ],
  [
    'record gate',
    {...broken(''), score: 666},
    'gates: {probe/score: on}',
    'Gate `probe/score` failed on record `culprit` (data/b.jsonl:3): the record gate broke',
  ],
  [
    'round gate',
    broken(''),
    'rules: {probe/bits: warn}\ngates: {probe/round: {mode: throw}}',
    'Gate `probe/round` failed on the round: the round gate broke',
  ],
];

test.each(cases)(
  'a %s that throws in a thread: named, 2, and nothing written',
  async (_, row, config, said) => {
    // The provider gets its records in threes: the order is that of the first of them.
    const rows = config.includes('features')
      ? [{...fine[0]!, throw: 'provider'}, fine[1]!, row]
      : [...fine, row];
    const root = folder({
      'data/a.jsonl': fine,
      'data/b.jsonl': rows as Row[],
      '.collapserc': `plugins: [${plugin}]\n${config}\n`,
    });
    const ran = await collapse(['filter', 'data', '--out', 'out', '--concurrency', '2'], {cwd: root});
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr.split('\n')[0]).toBe(said);
    expect(ran.stderr).not.toContain('bug in collapse-gate');
    expect(readdirSync(root).sort()).toEqual(['.collapserc', 'data']);
  },
);

test('a plugin that cannot be loaded, or that is none', async () => {
  const root = folder({
    'data.jsonl': fine,
    'gone.yml': 'plugins: [./gone.mjs]\n',
    'none.yml': 'plugins: [./none.mjs]\n',
    'none.mjs': 'export default 7;\n',
  });
  for (const [config, said] of [
    ['gone.yml', /^gone\.yml:1:11 .*gone\.mjs/],
    ['none.yml', /^none\.yml:1:11 .*It has no plugin as its default export/],
  ] as const) {
    const {code, stdout, stderr} = await collapse(['data.jsonl', '--config', config], {cwd: root});
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
  }
});

test('a folder that cannot be written to is no bug', async () => {
  const root = folder({'data.jsonl': fine, file: ''});
  const {code, stderr} = await collapse(['filter', 'data.jsonl', '--out', 'file/out'], {cwd: root});
  expect(code).toBe(2);
  expect(stderr).toContain("'file'");
  expect(stderr).not.toContain('bug');
  expect(readdirSync(root).sort()).toEqual(['data.jsonl', 'file']);
});
