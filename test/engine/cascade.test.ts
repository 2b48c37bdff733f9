import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, describe, expect, it} from 'vitest';
import {
  type CorpusRecord,
  definePlugin,
  defineRecordRule,
  type Features,
  filter,
  type JudgedRecord,
  openGate,
  type Plugin,
  scan,
} from '../../src/index.js';
import {readEvidence, readRun} from '../../src/run/manifest.js';
import {inventedSet, loose, stiff} from '../detector/own/invented.js';

const cwd = mkdtempSync(join(tmpdir(), 'collapse-cascade-'));
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

const texts = [...inventedSet(150, 1, loose), ...inventedSet(150, 2, stiff), 'Too short.'];
writeFileSync(
  join(cwd, 'rows.jsonl'),
  texts.map((text, id) => `${JSON.stringify({id: `r${id}`, text})}\n`).join(''),
);

/** What the provider was asked about. */
let asked: string[] = [];
beforeEach(() => {
  asked = [];
});
const opinion = (
  answer: (record: CorpusRecord) => unknown,
  name = 'detector',
  others: Plugin['rules'] = [],
): Plugin =>
  definePlugin({
    name: 'second',
    rules: others,
    providers: {
      [name]: {
        batch: 7,
        provide: async (records: readonly CorpusRecord[]) => {
          asked.push(...records.map(({id}) => id));
          return records.map(answer) as never;
        },
      },
    },
  });

const config = (options: object = {}) => ({
  rules: {
    '*': 'off',
    'synthetic/style': ['warn', {fpr: 0.02}],
    'synthetic/second-opinion': ['warn', {above: 0.8, below: 0.98, ...options}],
  },
});
const evidenceWith = async (plugin: Plugin, options?: object) => {
  const out = join(cwd, `run-${Math.random().toString(36).slice(2)}`);
  await filter(['rows.jsonl'], {cwd, out, config: config(options) as never, plugins: [plugin]});
  const lines = [];
  for await (const line of readEvidence(readRun(out))) lines.push(line);
  return lines;
};

describe('a second opinion', () => {
  it('is asked about the records that style leaves in doubt, and no others', async () => {
    const lines = await evidenceWith(opinion(({id}) => ({machine: Number(id.slice(1)) % 2, read: 1})));
    const between = lines.filter(
      ({signals}) => Number(signals.synthetic) > 0.8 && Number(signals.synthetic) <= 0.98,
    );
    expect(between.length).toBeGreaterThan(10);
    expect(between.length).toBeLessThan(200);
    expect([...asked].sort()).toEqual(between.map(({id}) => id).sort());
    for (const {id, signals, findings} of lines) {
      const flagged = findings.some(({rule}) => rule === 'synthetic/second-opinion');
      const second = signals['synthetic.second'];
      if (asked.includes(id)) {
        expect(second).toBe(Number(id.slice(1)) % 2);
        expect(flagged).toBe(second === 1);
      } else {
        expect(second).toMatchObject({absent: 'not-applicable'});
        expect(flagged).toBe(false);
      }
    }
    expect(lines.at(-1)!.signals['synthetic.second']).toMatchObject({reason: 'fewer than 30 words'});
  });

  it('is any feature that is a share, of any plugin, and in a stream too', async () => {
    const plugin = opinion(() => 0.7, 'perplexity');
    const gate = await openGate({config: config({provider: 'perplexity'}) as never, cwd, plugins: [plugin]});
    const judged: JudgedRecord<unknown>[] = [];
    for await (const one of gate.judge(texts.map(text => ({text})))) judged.push(one);
    const signals = judged
      .map(one => one.signals['synthetic.second'])
      .filter(value => typeof value === 'number');
    expect(signals.length).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(10);
    expect(new Set(signals)).toEqual(new Set([0.7]));
    await gate.close();
  });

  it('does not take the provider from a rule that needs it for all records', async () => {
    const all = defineRecordRule({
      id: 'second/all',
      summary: 'Reads all.',
      why: 'For tests.',
      advice: 'None.',
      since: '0.0.0',
      recommended: 'warn',
      needs: ['detector' as keyof Features & string],
      options: {},
      messages: {},
      examples: {pass: [], fail: []},
      create:
        ({feature}) =>
        record =>
          void feature(record, 'detector'),
    });
    const rules = {...config().rules, 'second/all': 'warn'};
    await scan(['rows.jsonl'], {
      cwd,
      config: {rules} as never,
      plugins: [opinion(() => 0, 'detector', [all])],
    });
    expect(asked.length).toBe(texts.length);
  });

  it('is missing where it is none, and wrong where it is no share', async () => {
    await expect(scan(['rows.jsonl'], {cwd, config: config() as never})).rejects.toThrow(
      'no plugin brings the feature `detector`',
    );
    await expect(
      scan(['rows.jsonl'], {cwd, config: config() as never, plugins: [opinion(() => 'yes')]}),
    ).rejects.toThrow('must give a number from 0 to 1');
    const absent = {absent: 'missing', reason: 'the model is away'};
    const lines = await evidenceWith(opinion(() => absent));
    expect(lines.find(({id}) => asked.includes(id))!.signals['synthetic.second']).toEqual(absent);
  });
});
