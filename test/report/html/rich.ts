import type {Report, TableReport} from '../../../src/report/report.js';
import {full} from '../samples.js';

/** A round that narrows, told with every kind of picture: what a person should be able to read at a glance. */
const hash = 'ab'.repeat(32);

const bands: readonly [string, number, number, number, number][] = [
  ['head: the 100 most frequent', 1, 0.9999, 1, 1],
  ['101 to 1,000', 0.998, 0.996, 0.9995, 0.999],
  ['1,001 to 10,000', 0.951, 0.944, 0.958, 0.972],
  ['seen 5 to 9 times', 0.702, 0.69, 0.714, 0.789],
  ['seen 3 or 4 times', 0.488, 0.471, 0.505, 0.601],
  ['seen twice', 0.305, 0.289, 0.321, 0.438],
  ['hapax: seen once', 0.149, 0.138, 0.16, 0.262],
];

const models = [
  'tulip-70b-chat',
  'tulip-7b',
  'heron-large',
  'heron-small',
  'quartz-2',
  'quartz-2-instruct-long-name',
];

function similarity(a: number, b: number): number {
  if (a === b) return 0.86;
  return Math.floor(a / 2) === Math.floor(b / 2) ? 0.71 - a * 0.02 : 0.32 + ((a * 7 + b * 3) % 9) / 100;
}

const share = 'share' as const;
const barColumns = (first: string): TableReport['columns'] => [
  {id: 'label', title: first},
  {id: 'value', title: 'this round', unit: share},
  {id: 'interval', title: '95 % interval', unit: share},
  {id: 'reference', title: 'reference', unit: share},
];
const barPicture = {
  kind: 'bars',
  label: 'label',
  value: 'value',
  interval: 'interval',
  reference: 'reference',
} as const;

const bandRows: TableReport['rows'] = bands.map(([label, value, low, high, reference]) => [
  label,
  value,
  [low, high],
  reference,
]);

export const rich: Report = {
  ...full,
  config: {path: '.collapserc', hash},
  references: [
    {path: 'human.profile', role: 'trusted', records: 48210},
    {path: 'rounds/2', role: 'previous', records: 9120},
  ],
  inputs: [
    {path: 'data/round3/part-0.jsonl', bytes: 5312049, records: 9204, sha256: hash},
    {path: 'data/round3/part-1.jsonl', bytes: 1200331, records: 2000, sha256: hash},
  ],
  totals: {records: 11204, accepted: 9871, quarantined: 212, rejected: 1118, malformed: 3},
  measures: {
    ...full.measures,
    'flagged.boilerplate': {view: 'all', value: 0.0032, interval: [0.0022, 0.0044]},
    'format.entropy': {view: 'all', value: 0.41, interval: [0.39, 0.43], reference: 0.78},
    'tail.survival': {view: 'all', value: 0.846, interval: [0.831, 0.861], reference: 0.962},
    'tail.survival@accepted': {view: 'accepted', value: 0.812, interval: [0.797, 0.827], reference: 0.962},
    'tail.rate': {view: 'all', value: 0.0121, interval: [0.0112, 0.013], reference: 0.0154},
    'surprise.bits': {view: 'all', value: 7.31, interval: [7.22, 7.4], reference: 9.02},
    'homogeneity.inter': {view: 'all', value: 0.612},
    'records.long': {view: 'all', value: 18402, reference: 20554, interval: [17900, 18850]},
  },
  tables: [
    {
      id: 'tail.bands',
      rule: 'tail/survival',
      view: 'all',
      title: 'Survival by how frequent a word is',
      note: 'Of the words that the reference has in a band, the share that this round still has at the same size. Where a bar ends short of its diamond, words are being lost.',
      columns: barColumns('band'),
      rows: bandRows,
      picture: barPicture,
    },
    {
      id: 'tail.bands',
      rule: 'tail/survival',
      view: 'accepted',
      title: 'Survival by how frequent a word is',
      note: 'The same, of the records that the gates let through.',
      columns: barColumns('band'),
      rows: bandRows.map(([label, value, , reference]) => [
        label!,
        (value as number) * 0.94,
        null,
        reference!,
      ]),
      picture: barPicture,
    },
    {
      id: 'format.shares',
      rule: 'format/concentration',
      view: 'all',
      title: 'Formats of responses',
      note: 'How responses are laid out. One format that takes over is a lock-in.',
      columns: barColumns('format'),
      rows: [
        ['bulleted list under a heading', 0.612, [0.601, 0.623], 0.181],
        ['plain paragraphs', 0.204, [0.195, 0.213], 0.522],
        ['numbered list', 0.131, [0.124, 0.138], 0.118],
        ['code', 0.042, [0.038, 0.046], 0.097],
        ['table', 0.011, [0.009, 0.013], 0.032],
        ['مقالة قصيرة', 0, null, 0.05],
      ],
      picture: barPicture,
    },
    {
      id: 'selection.sources',
      rule: 'selection/keep-rate',
      view: 'accepted',
      title: 'Kept of each source, against the mean',
      note: 'In points over or under the mean of all sources. Left of 0, the gates took more than their share.',
      columns: [
        {id: 'source', title: 'source'},
        {id: 'points', title: 'points from the mean'},
        {id: 'interval', title: '95 % interval'},
        {id: 'records', title: 'records', unit: 'count'},
      ],
      rows: [
        ['forum', -21.4, [-24, -18.8], 1830],
        ['letters', -8.1, [-10.9, -5.3], 1210],
        ['encyclopedia', 2.2, [1.1, 3.3], 4110],
        ['generated', 6.8, [5.9, 7.7], 4051],
        ['unknown', null, null, 3],
      ],
      picture: {kind: 'bars', label: 'source', value: 'points', interval: 'interval'},
    },
    {
      id: 'homogeneity.models',
      rule: 'homogeneity/models',
      view: 'all',
      title: 'How alike models answer',
      note: 'Mean similarity of two responses to the same prompt, by the models that wrote them.',
      columns: [
        {id: 'model', title: 'model'},
        {id: 'other', title: 'other model'},
        {id: 'similarity', title: 'similarity', unit: share},
      ],
      rows: models.flatMap((model, a) => models.map((other, b) => [model, other, similarity(a, b)])),
      picture: {kind: 'matrix', row: 'model', column: 'other', value: 'similarity'},
    },
    {
      id: 'tail.topics',
      rule: 'tail/topics',
      view: 'all',
      title: 'Topics lost',
      note: 'Clusters of the reference of which this round has less than half of what chance would leave.',
      columns: [
        {id: 'words', title: 'typical words'},
        {id: 'records', title: 'records in the reference', unit: 'count'},
        {id: 'kept', title: 'kept', unit: share},
        {id: 'interval', title: '95 % interval', unit: share},
        {id: 'example', title: 'example'},
      ],
      rows: [
        ['harbour, nets, tide, quay, mooring', 318, 0, [0, 0.012], 'letters-0412'],
        ['grafting, scion, rootstock, orchard', 121, 0.08, [0.03, 0.17], 'guides-77'],
        ['psalter, vellum, gloss, scribe', 94, 0.21, [0.12, 0.33], 'catalogue-9'],
      ],
    },
  ],
  gates: [
    ...full.gates.filter(({id}) => id !== 'tail'),
    {
      id: 'tail',
      scope: 'round',
      status: 'fail',
      measured: 0.846,
      limit: 0.924,
      message:
        'Rare words survive less than in a human round of the same size: 84.6 %, expected at least 92.4 %.',
    },
  ],
  roundFindings: [
    {
      rule: 'tail/topics',
      level: 'warn',
      view: 'all',
      message:
        '3 topics of the reference are lost or halved; the largest: harbour, nets, tide (318 records).',
    },
    {
      rule: 'format/concentration',
      level: 'error',
      view: 'all',
      message:
        '61 % of the responses have one format, `bulleted list under a heading`; 18 % in the reference. Vary prompts or sample other formats.',
    },
  ],
  findings: [
    ...full.findings,
    {
      rule: 'length/minimum',
      level: 'warn',
      record: {id: 'a-18', path: 'data/round3.jsonl', line: 12, hash: 'ab'.repeat(16)},
      message: 'Has 3 words.',
    },
  ],
};
