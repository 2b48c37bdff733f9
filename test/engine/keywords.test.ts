import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {
  type CorpusRecord,
  definePairRule,
  definePlugin,
  defineRecordRule,
  type KeywordList,
  type Rule,
  scan,
} from '../../src/index.js';

const cwd = mkdtempSync(join(tmpdir(), 'collapse-keywords-'));
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

const about = {
  summary: 'Flags.',
  why: 'It matters.',
  advice: 'Look.',
  since: '1.0.0',
  recommended: 'warn',
  options: {},
  examples: {pass: [], fail: []},
} as const;

const patterns = [
  {name: 'lamp', keywords: {phrases: ['old lamp']}, pattern: /old\W+lamp/iu},
  {name: 'token', keywords: {signs: ['<|end|>']}, pattern: /<\|end\|>/iu},
];

/** One rule looks where its keywords say, the other everywhere; both also count what they looked at. */
const looked = {told: 0, all: 0};
const ruleOf = (name: 'told' | 'all') =>
  defineRecordRule({
    ...about,
    id: `own/${name}`,
    messages: {found: '{{what}}'},
    create({keywords, feature, report}) {
      const told = keywords(patterns);
      return (record: CorpusRecord) => {
        for (const {name: what, pattern} of name === 'told' ? told(record) : patterns) {
          looked[name]++;
          if (pattern.test(record.text)) report({messageId: 'found', data: {what}});
        }
        const parts = feature(record, 'parts');
        expect(parts.lengthOf('text')).toBe(record.text.length);
        expect(parts.startOf('text', 3)).toBe(record.text.slice(0, 3));
        expect(parts.hasPart('response')).toBe(record.response !== undefined);
      };
    },
  });

/** So that responses are read beside the texts. */
const answers = definePairRule({
  ...about,
  id: 'own/answers',
  on: 'response',
  messages: {},
  neighbours: () => [{relation: 'near', minimum: 0.9}],
  create: () => () => {},
});

async function findings(file: string, rules: object = {}, own: Rule[] = [ruleOf('told'), ruleOf('all')]) {
  const config = {rules: {'*': 'off', ...Object.fromEntries(own.map(({id}) => [id, 'warn'])), ...rules}};
  const plugins = [definePlugin({name: 'own', rules: [...own, answers]})];
  const report = await scan([file], {cwd, config: config as never, plugins, cache: false});
  return report.findings.map(({rule, message, record}) => [rule, record.line, message] as const);
}

function write(name: string, rows: readonly object[]): string {
  writeFileSync(join(cwd, name), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  return name;
}

describe('keywords of rules', () => {
  const rows = Array.from({length: 60}, (_, at) => {
    const body = [
      'A new lamp.',
      'The OLD – lamp.',
      'It ends.<|END|>',
      'An old lamp <|end|>',
      'old e\u0301 lamp',
    ][at % 5]!;
    if (at % 3 === 0) return {prompt: 'What?', response: `${body} ${at}`};
    if (at % 3 === 1) return {text: `${body} ${at} ö`};
    return {
      messages: [
        {role: 'user', content: 'What?'},
        {role: 'assistant', content: `${body} ${at}`},
      ],
    };
  });
  const file = write('rows.jsonl', rows);

  it.each([
    ['alone', {}],
    ['after a rule that reads the text', {'duplicate/near': 'error'}],
    ['after one that reads another part as well', {'duplicate/near': 'error', 'own/answers': 'warn'}],
  ])('say where a rule need look: %s', async (_, rules) => {
    Object.assign(looked, {told: 0, all: 0});
    const found = (await findings(file, rules)).filter(([rule]) => rule.startsWith('own/'));
    const of = (name: string) => found.filter(([rule]) => rule === name).map(([, ...rest]) => rest);
    expect(of('own/told')).toEqual(of('own/all'));
    expect(of('own/told')).toHaveLength(48);
    expect(looked).toEqual({told: 48, all: 120});
  });

  it('that cannot be looked for name the rule', async () => {
    const rule = (list: KeywordList) =>
      defineRecordRule({
        ...about,
        id: 'own/wrong',
        messages: {},
        create({keywords}) {
          keywords([{keywords: list}]);
          return () => {};
        },
      });
    await expect(findings(file, {}, [rule({signs: ['word']})])).rejects.toThrow(
      /own\/wrong.*`word`.*must begin with punctuation/,
    );
  });
});
