import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {definePlugin, missing} from '../../../src/api.js';
import {scan} from '../../../src/index.js';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'collapse-entailment-'));
});
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

const asked: string[] = [];
/** Says what the record's own field says, claim by claim. */
const plugin = definePlugin({
  name: 'made',
  providers: {
    entailment: {
      batch: 8,
      async provide(records) {
        asked.push(...records.map(({id}) => id));
        return records.map(({fields}) =>
          Array.isArray(fields.shares)
            ? fields.shares.map(([entailment, contradiction]) => ({
                entailment,
                neutral: 1 - entailment - contradiction,
                contradiction,
              }))
            : missing('no sources'),
        );
      },
    },
  },
});

const row = (id: string, fields: object) => ({id, query: '?', answer: 'One. Two.', ...fields});
const rows = [
  row('entailed', {
    shares: [
      [0.9, 0],
      [0.7, 0.1],
    ],
  }),
  row('half', {
    shares: [
      [1, 0],
      [0.4, 0.2],
    ],
  }),
  row('denied', {
    shares: [
      [0.9, 0],
      [0.9, 0.05],
      [0.2, 0.7],
    ],
  }),
  row('no-sources', {}),
  row('by-field', {nli: 0.8}),
];

const accepted = async (entailment: object) => {
  writeFileSync(join(cwd, 'round.jsonl'), rows.map(each => `${JSON.stringify(each)}\n`).join(''));
  asked.length = 0;
  const config = {rules: {'*': 'off', 'grounding/entailment': 'warn'}, gates: {entailment}} as const;
  const report = await scan(['round.jsonl'], {cwd, cache: false, plugins: [plugin], config});
  const refused = report.findings.filter(({rule}) => rule === 'gate/entailment').map(({record}) => record.id);
  return rows.map(({id}) => id).filter(id => !refused.includes(id));
};

test.each<[object, string[]]>([
  [{}, ['entailed', 'by-field']],
  [{over: 'mean', minimum: 0.65}, ['entailed', 'half', 'denied', 'by-field']],
  [{minimum: 0.75}, ['by-field']],
  [{mode: 'not-contradicted', contradiction: 0.5}, ['entailed', 'half']],
])('the gate judges what a provider gives: %j', async (options, expected) => {
  expect(await accepted(options)).toEqual(expected);
  // A model is not asked about a row that has its own score.
  expect(asked).toEqual(['entailed', 'half', 'denied', 'no-sources']);
});
