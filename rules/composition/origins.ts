import {defineCorpusRule, type Table} from '../../src/api.js';
import {
  countRecord,
  decodeCounts,
  encodeCounts,
  mergeCounts,
  namedSources,
  noOrigins,
  type OriginCounts,
  type Origins,
  subtractCounts,
  sum,
} from './counts.js';

export default defineCorpusRule({
  id: 'composition/origins',
  summary: 'Counts the records that are declared as written by people and by models, by source.',
  why: 'A model trained on its own output alone forgets; a tenth of real data in each round made the loss minor (arXiv:2305.17493), and keeping all earlier data bounds it (arXiv:2404.01413).',
  advice:
    'Mix human records in (`collapse replenish` finds those that the round lacks most), or keep the data of earlier rounds in the training set. Say who wrote a record in its field `generator`.',
  details:
    'Reads what records declare, and believes it: the fields `generator` and `source` (or those that `fields` maps). A record is human where its generator is one of `human` or its source one of `humanSources`, whatever the case; it is model-generated where it names another generator, and undeclared where it names none. The interval of the human share is no confidence interval: it goes from what is declared human to what would be if all undeclared records were. Where no record declares anything nothing is measured. At most 150 sources have a row of their own. The gate `composition` judges.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: ['all', 'accepted'],
  options: {
    human: {
      type: 'array',
      items: {type: 'string'},
      default: ['human', 'person', 'people', 'author', 'expert', 'crowd'],
      description: 'Values of the field `generator` that mean that people wrote the record.',
    },
    humanSources: {
      type: 'array',
      items: {type: 'string'},
      default: ['human'],
      description: 'Sources all of whose records without a generator people wrote.',
    },
    warnBelow: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description:
        'Share of human records below which it warns. The default is the share that arXiv:2305.17493 kept; 0 never warns.',
    },
  },
  messages: {
    few: '{{percent}} % of the records are declared human, fewer than {{wanted}} %: trained on this alone, round after round, a model loses what is rare',
  },
  measures: {
    'composition.human': {description: 'Share of records that are declared human.', unit: 'share'},
    'composition.model': {description: 'Share of records that are declared model-generated.', unit: 'share'},
    'composition.undeclared': {description: 'Share of records that declare neither.', unit: 'share'},
  },
  init: noOrigins,
  observe(counts, {generator, source = ''}, {options}) {
    const isHuman =
      generator === undefined ? has(options.humanSources, source) : has(options.human, generator);
    countRecord(counts, source, isHuman ? 'human' : generator === undefined ? 'undeclared' : 'model');
  },
  merge: mergeCounts,
  subtract: subtractCounts,
  measure(counts, reference, {options: {warnBelow}, view, report, table}) {
    const {human, model, undeclared} = counts.total;
    if (human + model === 0) return {};
    const records = sum(counts.total);
    const possible = (human + undeclared) / records;
    table(sourcesOf(counts, reference));
    if (view === 'all' && possible < warnBelow) {
      report({messageId: 'few', data: {percent: percent(human / records), wanted: percent(warnBelow)}});
    }
    const beside = (count: (origins: Origins) => number) =>
      reference && {reference: count(reference.total) / sum(reference.total)};
    return {
      'composition.human': {
        value: human / records,
        interval: [human / records, possible],
        ...beside(origins => origins.human),
      },
      'composition.model': {value: model / records, ...beside(origins => origins.model)},
      'composition.undeclared': {value: undeclared / records, ...beside(origins => origins.undeclared)},
    };
  },
  encode: encodeCounts,
  decode: decodeCounts,
});

const percent = (share: number) => Math.round(1000 * share) / 10;

/** Lower-cased, made once for each list of options. */
const lowered = new WeakMap<readonly string[], ReadonlySet<string>>();

function has(list: readonly string[], value: string): boolean {
  let values = lowered.get(list);
  if (values === undefined) {
    values = new Set(list.map(each => each.toLowerCase()));
    lowered.set(list, values);
  }
  return values.has(value.trim().toLowerCase());
}

function sourcesOf(counts: OriginCounts, reference: OriginCounts | undefined): Table {
  const all = sum(counts.total);
  const row = (name: string, origins: Origins) => {
    const records = sum(origins);
    const there = reference?.sources.get(name);
    const {human, model, undeclared} = origins;
    const shares = [human / records, model / records, undeclared / records];
    return [name || '(none)', records, records / all, ...shares, there ? there.human / sum(there) : null];
  };
  const listed = namedSources(counts);
  const rest = {...counts.total};
  for (const [, {human, model, undeclared}] of listed) {
    rest.human -= human;
    rest.model -= model;
    rest.undeclared -= undeclared;
  }
  const rows = listed.map(([name, origins]) => row(name, origins));
  return {
    id: 'composition.sources',
    title: 'Who wrote the records, by source',
    note: 'As the records declare in their fields `source` and `generator`. Nobody has looked whether it is so.',
    columns: [
      {id: 'source', title: 'Source'},
      {id: 'records', title: 'Records'},
      {id: 'round', title: 'Of the round', unit: 'share'},
      {id: 'human', title: 'Human', unit: 'share'},
      {id: 'model', title: 'Model-generated', unit: 'share'},
      {id: 'undeclared', title: 'Undeclared', unit: 'share'},
      {id: 'reference', title: 'Human in the reference', unit: 'share'},
    ],
    rows: sum(rest) > 0 ? [...rows, row('other sources', rest)] : rows,
    picture: {kind: 'bars', label: 'source', value: 'human', reference: 'reference'},
  };
}
