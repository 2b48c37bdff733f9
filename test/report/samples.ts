import {
  type CorpusRule,
  defineCorpusRule,
  defineGate,
  definePairRule,
  defineRecordRule,
  type Gate,
  type Rule,
} from '../../src/api.js';
import type {Report} from '../../src/report/report.js';

const hash = '0123456789abcdef0123456789abcdef';

/** What every key looks like, with text of our own. */
export const full: Report = {
  version: 1,
  tool: {name: 'collapse-gate', version: '0.1.0'},
  config: {path: '.collapserc', hash: hash + hash},
  references: [{path: 'human.profile', role: 'trusted', records: 12000}],
  inputs: [{path: 'data/round3.jsonl', bytes: 531204, records: 1204, sha256: hash + hash}],
  totals: {records: 1204, accepted: 1100, quarantined: 3, rejected: 100, malformed: 1},
  limits: {malformed: 0},
  measures: {
    'flagged.duplicate': {view: 'all', value: 0.0841, interval: [0.06998, 0.10063]},
    'length.median': {view: 'all', value: 182, reference: 240, interval: [171.25, 190]},
    'length.median@accepted': {view: 'accepted', value: 185.5, reference: 240},
    'tail.survival@gate:novelty': {view: 'gate:novelty', value: 0.123456},
  },
  tables: [
    {
      id: 'length.bands',
      rule: 'length/spread',
      view: 'all',
      title: 'Records by length',
      note: 'Where a bar ends short of its mark, the round has fewer records of this length than the reference.',
      columns: [
        {id: 'band', title: 'words'},
        {id: 'share', title: 'share', unit: 'share'},
        {id: 'interval', title: '95 % interval', unit: 'share'},
        {id: 'reference', title: 'reference', unit: 'share'},
      ],
      rows: [
        ['up to 99', 0.5, [0.47, 0.53], 0.25],
        ['100 to 999', 0.5, [0.47, 0.53], 0.625],
        ['1,000 and more', 0, null, 0.125],
      ],
      picture: {kind: 'bars', label: 'band', value: 'share', interval: 'interval', reference: 'reference'},
    },
    {
      id: 'length.pairs',
      rule: 'length/spread',
      view: 'accepted',
      title: 'Sources by length',
      columns: [
        {id: 'a', title: 'source'},
        {id: 'b', title: 'other source'},
        {id: 'overlap', title: 'overlap', unit: 'share'},
      ],
      rows: [
        ['web', 'web', 1],
        ['web', 'mail', 0.25],
      ],
      picture: {kind: 'matrix', row: 'a', column: 'b', value: 'overlap'},
    },
  ],
  gates: [
    {
      id: 'findings',
      scope: 'record',
      status: 'fail',
      measured: 1103 / 1203,
      limit: 0,
      message: '100 rejected of 1203',
      verdicts: {accept: 1103, quarantine: 0, reject: 100},
    },
    {
      id: 'novelty',
      scope: 'record',
      status: 'fail',
      measured: 1199 / 1203,
      message: '3 quarantined, 1 rejected of 1203',
      verdicts: {accept: 1199, quarantine: 3, reject: 1},
    },
    {
      id: 'duplication',
      scope: 'round',
      status: 'fail',
      measured: 0.0841,
      limit: 0.05,
      message: '8.4 % of the records repeat others; at most 5 % may.',
    },
    {
      id: 'tail',
      scope: 'round',
      status: 'abstain',
      message: 'Not judged: there is no reference to compare with.',
    },
  ],
  roundFindings: [
    {rule: 'length/spread', level: 'warn', view: 'all', message: 'No record has 1,000 words or more.'},
  ],
  counts: {
    'length/minimum': {findings: 2, records: 2, errors: 0, warnings: 2},
    'duplicate/near': {findings: 412, records: 101, errors: 412, warnings: 0},
    'gate/novelty': {findings: 4, records: 4, errors: 1, warnings: 3},
    malformed: {findings: 1, records: 1, errors: 1, warnings: 0},
  },
  findings: [
    {
      rule: 'duplicate/near',
      level: 'error',
      record: {id: 'a-18', path: 'data/round3.jsonl', line: 12, hash},
      message: 'Says nearly the same as an earlier record.',
      span: {part: 'response', start: 4, end: 90},
      related: [
        {
          record: {id: 'x', path: 'data/other.jsonl', line: 12, hash},
          relation: 'near',
          similarity: 0.9349,
          verified: true,
          origin: 'round',
          words: 31,
          excerpt: {
            here: 'the harbour was quiet when the first boats came in with their nets still wet and',
            there: 'the harbour was silent when the first boats came back in with their nets still wet',
          },
        },
        {
          record: {id: 'line:7', path: 'human/letters.jsonl', line: 7},
          relation: 'inside',
          similarity: 0.99999,
          verified: false,
          origin: {reference: 'human.profile', role: 'trusted'},
          words: 2048,
        },
      ],
    },
    {
      rule: 'gate/novelty',
      level: 'warn',
      record: {id: 'a-19', path: 'data/round3.jsonl', line: 19, hash},
      message: 'signal `novelty` is missing: no rule that is on gives it',
    },
    {
      rule: 'malformed',
      level: 'error',
      record: {id: 'line:1093', path: 'data/round3.jsonl', line: 1093},
      message: 'Unexpected token } in JSON at column 17. Mend the line or remove it.',
    },
    {
      rule: 'length/minimum',
      level: 'warn',
      record: {id: 'z', path: 'data/short.jsonl', line: 3, hash},
      message: 'Has 2 words.',
    },
  ],
  verdict: 'fail',
};

export const clean: Report = {
  ...full,
  references: [],
  totals: {records: 1204, accepted: 1204, quarantined: 0, rejected: 0, malformed: 0},
  measures: {},
  tables: [],
  gates: [],
  roundFindings: [],
  counts: {'duplicate/near': {findings: 0, records: 0, errors: 0, warnings: 0}},
  findings: [],
  verdict: 'pass',
};

export const near: Rule = definePairRule({
  id: 'duplicate/near',
  summary: 'Records that say nearly the same as another one.',
  why: 'Text that is repeated is learnt by heart instead of understood, and crowds out what is rare (arXiv:2107.06499). A hundred copies of one answer weigh as much as a hundred answers.',
  advice: 'Keep one of the two. When both are wanted, say so with an override.',
  details:
    'Compares pairs of neighbouring words.\n\nWhat it cannot see:\n\n- translations\n- paraphrases that share no words, however close they are in what they mean to a reader\n\n```yaml\nrules:\n  duplicate/near: off\n```',
  since: '0.1.0',
  recommended: 'error',
  duplicates: true,
  yieldsTo: ['duplicate/exact'],
  options: {
    threshold: {
      type: 'number',
      default: 0.8,
      minimum: 0.5,
      maximum: 1,
      description: 'Lowest similarity that is reported.',
    },
    mode: {type: 'string', default: 'words', enum: ['words', 'a|b'], description: 'What is compared.'},
    skip: {type: 'array', default: [], items: {type: 'string'}, description: 'Ids that are left alone.'},
    deep: {type: 'boolean', default: false, description: 'Looks twice.'},
    limit: {type: 'integer', default: 3, minimum: 1, description: 'Neighbours per record.'},
    under: {type: 'integer', default: 0, maximum: 9, description: 'At most nine.'},
    free: {type: 'number', default: 0.5, description: 'Any number.'},
    label: {type: 'string', default: '', description: 'Any text.'},
  },
  messages: {near: 'Says nearly the same as {{id}}.'},
  signals: {
    novelty: {description: 'One minus the highest similarity.', range: [0, 1], better: 'high'},
  },
  examples: {
    pass: [{rows: ['the mill stands by the river', {id: 'b', text: 'tea is late today'}]}],
    fail: [
      {
        label: 'one word changed',
        rows: ['the mill stands by the river', 'the mill stood by the \u202eriver'],
        references: {trusted: ['the old mill stands by the river']},
        options: {threshold: 0.5},
      },
    ],
  },
  neighbours: ({threshold}) => [{relation: 'near', minimum: threshold as number}],
  create: () => () => {},
});

export const short: Rule = defineRecordRule({
  id: 'length/minimum',
  summary: 'Records that hold hardly any text.',
  why: 'Very short records teach a format and nothing else.',
  advice: 'Remove them or join them.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  options: {},
  messages: {},
  examples: {pass: [], fail: []},
  create: () => () => {},
});

export const lengths: CorpusRule = defineCorpusRule<{total: number}, Record<never, never>>({
  id: 'length/spread',
  summary: 'How long records are.',
  why: 'Rounds that narrow lose long records first.',
  advice: 'Add long records.',
  since: '0.1.0',
  recommended: 'warn',
  options: {},
  messages: {},
  examples: {pass: [], fail: []},
  version: 1,
  views: ['all', 'accepted'],
  measures: {'length.median': {description: 'Median length', unit: 'words'}},
  init: () => ({total: 0}),
  observe: summary => {
    summary.total += 1;
  },
  merge: (into, from) => {
    into.total += from.total;
  },
  measure: ({total}) => ({'length.median': {value: total}}),
  encode: ({total}) => Uint8Array.of(total),
  decode: ([total = 0]) => ({total}),
});

export const novelty: Gate = defineGate({
  id: 'novelty',
  scope: 'record',
  summary: 'Lets a record through when it says something new.',
  why: 'What is already known adds weight, not knowledge.',
  advice: 'Drop the record.',
  details: 'Looks at one number.',
  since: '0.1.0',
  recommended: true,
  options: {minimum: {type: 'number', default: 0.2, minimum: 0, maximum: 1, description: 'Lowest novelty.'}},
  signals: ['novelty'],
  else: 'reject',
  onAbstain: 'accept',
  judge: ({novelty}, {minimum}) => ({pass: novelty! >= minimum}),
});

export const duplication: Gate = defineGate({
  id: 'duplication',
  scope: 'round',
  summary: 'Fails a round that repeats itself.',
  why: 'A round of copies narrows the model.',
  advice: 'Generate with more varied prompts, or run `collapse filter` and train on what it keeps.',
  since: '0.1.0',
  recommended: false,
  options: {},
  measures: ['flagged.duplicate'],
  onAbstain: 'pass',
  judge: () => ({status: 'pass', message: ''}),
});

export const rules = new Map([near, short, lengths].map(rule => [rule.id, rule]));
export const gates = new Map([novelty, duplication].map(gate => [gate.id, gate]));

/** Of a change to a data set. */
export const changed: Report = {
  ...full,
  change: {base: 'main (1a2b3c4d5e6f)', files: 2, moved: 1, added: 1204, stayed: 35210, gone: 7},
  exceptions: [
    {
      kind: 'waiver',
      from: '.collapserc:9:3',
      rule: 'duplicate/*',
      reason: 'Templates.',
      until: '2026-01-31',
      used: 0,
      state: 'expired',
    },
  ],
};
