import {describe, expect, test} from 'vitest';
import type {ConfigFile} from '../../src/config/file.js';
import {openGate} from '../../src/index.js';

/**
 * For each gate on what rows say of themselves: rows with a hole, a null, a word or a number out of range where
 * the gate looks. None may be accepted, and the one that is whole must be, or the gate would be shut for all.
 */
const answer = {query: 'When?', response: 'At four [d1].', retrieved_ids: ['d1']};
const task = {prompt: 'Sail.', response: 'Done.'};
const scores = [null, '0.9', 'high', '', true, 1.0001, -0.1, [], {}, [[]], 'NaN', 1e308];

interface Case {
  readonly rules: ConfigFile['rules'];
  readonly gates: ConfigFile['gates'];
  readonly whole: object;
  readonly broken: readonly object[];
}

const at = (row: object, field: string, values: readonly unknown[]) => [
  row,
  ...values.map(value => ({...row, [field]: value})),
];

const cases: Record<string, Case> = {
  entailment: {
    rules: {'grounding/entailment': 'warn'},
    gates: {entailment: 'on'},
    whole: {...answer, entailment: 0.9},
    broken: at(answer, 'entailment', [
      ...scores,
      [0.9, null],
      [0.9, 'high'],
      [0.9, 0.6],
      {neutral: 0.9},
      {entailment: '0.9'},
      {entailment: 0.9, contradiction: 0.9},
      [{label: 'entailment'}],
      [[0.1, 0.8, 0.1]],
    ]),
  },
  'entailment, a field in each claim': {
    rules: {'grounding/entailment': ['warn', {field: ['claims[*].score']}]},
    gates: {entailment: 'on'},
    whole: {...answer, claims: [{score: 0.9}, {score: 0.8}, {score: 0.7}]},
    broken: at(answer, 'claims', [
      [],
      [{}],
      [{score: 0.9}, {}],
      [{score: 0.9}, null],
      [{score: 0.9}, {score: null}],
      [{score: 0.9}, {score: 0.1}],
    ]),
  },
  'entailment, not contradicted': {
    rules: {'grounding/entailment': 'warn'},
    gates: {entailment: {mode: 'not-contradicted'}},
    whole: {...answer, entailment: {entailment: 0.1, neutral: 0.8, contradiction: 0.1}},
    broken: at(answer, 'entailment', [...scores, 0.9, {entailment: 0.9}, [{entailment: 0.9}]]),
  },
  attribution: {
    rules: {'provenance/fabricated-citation': 'warn'},
    gates: {attribution: 'on'},
    whole: answer,
    broken: [
      ...at(answer, 'retrieved_ids', [null, [], ['d2'], 'd2', [null], [{}], {}, ['d1', 'd2'].slice(2)]).slice(
        1,
      ),
      {query: 'When?', response: 'At four [d1].'},
      {...answer, response: 'At four.'},
      {...answer, response: 'At four [d1] [d9].'},
    ],
  },
  novelty: {
    rules: {'novelty/score': 'warn', 'duplicate/near': 'warn'},
    gates: {novelty: {minimum: 0}},
    whole: {...answer, novelty_score: 0.5},
    broken: at(answer, 'novelty_score', [...scores, 0.1, 0]),
  },
  judge: {
    rules: {'judge/verdict': 'warn'},
    gates: {judge: {need: 'any'}},
    whole: {...task, rubrics: [{pass: true}, {pass: false}]},
    broken: [
      ...at(task, 'verdict', [null, '', 'perhaps', 2, 0.5, [], {}, [true, null]]),
      ...at(task, 'rubrics', [
        [],
        null,
        [{}],
        [{pass: true}, {}],
        [{pass: true}, null],
        [{pass: true}, {pass: null}],
        ['pass'],
      ]).slice(1),
      ...at(task, 'judges', [
        [{verdict: true}, {}],
        [{verdict: true}, null],
        [{verdict: true}, 'plover-1'],
        [{verdict: true}, {verdict: 'perhaps'}],
      ]).slice(1),
    ],
  },
  'self-eval': {
    rules: {'self-eval/score': ['warn', {field: 'own', truth: 'reward'}]},
    gates: {'self-eval': {gap: 0.2}},
    whole: {...task, own: 0.9, reward: 1},
    broken: [
      ...at({...task, reward: 1}, 'own', [
        null,
        'high',
        '',
        true,
        1.0001,
        -0.1,
        [],
        {},
        '1,5',
        '1e-3',
        '0.9 0.1',
      ]),
      ...at({...task, own: 0.9}, 'reward', [null, 'yes', '1', 2, -1, [], {}, 0, false]),
    ],
  },
  detector: {
    rules: {'detector/score': ['warn', {field: ['p', 'ps[*]']}]},
    gates: {detector: 'on'},
    whole: {...task, p: 0.5},
    broken: [...at(task, 'p', scores), {...task, ps: [0.1, 0.9]}],
  },
  agreement: {
    rules: {'agreement/samples': ['warn', {samples: ['samples[*].text']}]},
    gates: {agreement: {minimum: 0.75}},
    whole: {...task, samples: ['4', '4', '4', '5'].map(text => ({text}))},
    broken: at(task, 'samples', [
      null,
      [],
      'A: 4',
      [{text: '4'}],
      [{text: '4'}, {text: '4'}, {}, {}],
      [{text: '4'}, {text: '4'}, null, {text: null}],
      [{text: '4'}, {text: '5'}],
      [{text: 'many'}, {text: 'few'}],
      [{text: '\\boxed{4'}, {text: '<answer>4'}],
    ]),
  },
  support: {
    rules: {'grounding/support': 'warn'},
    gates: {support: 'on'},
    whole: {...answer, response: 'The boat left at four.', contexts: ['The boat left at four.']},
    broken: at({...answer, response: 'The boat left at four.'}, 'contexts', [
      null,
      [],
      [null],
      [''],
      [{}],
      ['The boat left at five.'],
      42,
    ]),
  },
};

describe.each(Object.entries(cases))('%s', (_, {rules, gates, whole, broken}) => {
  test('accepts what is whole, and nothing else', async () => {
    const gate = await openGate({
      config: {rules: {'*': 'off', ...rules}, gates: {...gates, findings: 'off', duplication: 'off'}},
      cache: false,
    });
    const rows = [whole, ...broken].map((row, id) => ({id: `r${id}`, ...row}));
    const accepted: object[] = [];
    for await (const {verdict} of gate.judge(rows)) {
      if (verdict === 'accept') accepted.push(rows[accepted.length] ?? {});
      else accepted.push({});
    }
    expect(accepted.filter(row => 'id' in row)).toEqual([rows[0]]);
    expect(accepted).toHaveLength(rows.length);
    await gate.close();
  });
});
