import {type Declaration, defineCorpusRule} from '../../src/api.js';
import {placeOf, quotedList, saidUnder} from './card.js';

export default defineCorpusRule({
  id: 'provenance/card-size',
  summary:
    'Looks whether a data set has as many rows as its card says: `size_categories` and `dataset_info`.',
  why: 'A size that is not what the card says is the plainest sign that data was added, lost or cut off after the card was written, and with it everything else that the card says is of other data (Data Provenance Initiative, arXiv:2310.16787).',
  advice: 'Look which is wrong. Write the card anew (`push_to_hub` does), or get the files that are missing.',
  details:
    'Runs where a data set folder with a card is checked as a whole, not with `--staged` or `--since`. Counted are all rows that were read, malformed ones among them. `num_examples` is compared split by split for the configuration that was read. `size_categories` is about all configurations: where some were not read, only more rows than it allows are reported.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: ['all'],
  inProfile: false,
  ofDataset: true,
  options: {},
  messages: {
    unknown: '`{{value}}` is no size category of the Hub: write it like `n<1K`, `1K<n<10K`, `10K<n<100K`',
    category: '`size_categories` says {{said}}, but {{rows}} rows were read',
    split: '`dataset_info` says {{said}} examples of the split `{{split}}`, but {{rows}} rows were read',
    gone: '`dataset_info` names the split `{{split}}`, of which there is no file',
  },
  measures: {},
  init: () => ({}),
  observe() {},
  merge() {},
  measure(_, __, {dataset, report}) {
    if (dataset === undefined || !dataset.whole || dataset.splits.length === 0) return {};
    const {card, config, splits} = dataset;
    const known = splits.filter(({rows}) => rows !== undefined);
    const rows = known.reduce((sum, split) => sum + split.rows!, 0);
    const {configs} = card.fields;
    const isAll = known.length === splits.length && !(Array.isArray(configs) && configs.length > 1);
    const said = saidUnder(card, 'size_categories');
    for (const {value, path} of said) {
      if (rangeOf(value) === undefined)
        report({messageId: 'unknown', data: {value: value.slice(0, 40)}, place: placeOf(card, ...path)});
    }
    const ranges = said.map(({value}) => rangeOf(value)).filter(range => range !== undefined);
    const fits = ([least, most]: Range) => rows <= most && (rows >= least || !isAll);
    if (ranges.length > 0 && !ranges.some(fits)) {
      const data = {said: quotedList(said.map(({value}) => value)), rows: grouped(rows)};
      report({messageId: 'category', data, place: placeOf(card, 'size_categories')});
    }
    for (const {name, examples, path} of infoSplits(card, config)) {
      const split = splits.find(one => one.name === name);
      const place = placeOf(card, ...path);
      if (split === undefined) report({messageId: 'gone', data: {split: name.slice(0, 60)}, place});
      else if (split.rows !== undefined && examples !== undefined && split.rows !== examples) {
        const data = {said: grouped(examples), split: name.slice(0, 60), rows: grouped(split.rows)};
        report({messageId: 'split', data, place});
      }
    }
    return {};
  },
  encode: () => new Uint8Array(),
  decode: () => ({}),
});

type Range = readonly [least: number, most: number];

const units: Readonly<Record<string, number>> = {'': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12};

/** The rows that a category allows, its ends among them: they belong to both sides. */
function rangeOf(category: string): Range | undefined {
  const found = /^(?:(\d+)([KMBT]?)<)?n<(\d+)([KMBT]?)$/.exec(category.replaceAll(' ', ''));
  if (found) {
    const [, low = '0', lowUnit = '', high, highUnit] = found;
    return [Number(low) * units[lowUnit]!, Number(high) * units[highUnit!]!];
  }
  const open = /^n>(\d+)([KMBT]?)$/.exec(category.replaceAll(' ', ''));
  return open ? [Number(open[1]) * units[open[2]!]!, Number.POSITIVE_INFINITY] : undefined;
}

interface InfoSplit {
  readonly name: string;
  readonly examples: number | undefined;
  readonly path: readonly (string | number)[];
}

/** What `dataset_info` says of the splits of a configuration. */
function infoSplits({fields}: Declaration, config: string | undefined): InfoSplit[] {
  const {dataset_info: info} = fields;
  const list: readonly (readonly [unknown, readonly (string | number)[]])[] = Array.isArray(info)
    ? info.map((one, at) => [one, ['dataset_info', at]] as const)
    : [[info, ['dataset_info']]];
  const isOne = list.length === 1;
  const own = list.find(([one]) => {
    const name = objectOf(one)?.config_name;
    return name === (config ?? 'default') || (isOne && name === undefined);
  });
  if (own === undefined) return [];
  const [value, path] = own;
  const splits = objectOf(value)?.splits;
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(splits)
    ? splits.map((one, at) => [at, one] as const)
    : Object.entries(objectOf(splits) ?? {});
  return entries.flatMap(([key, one]) => {
    const split = objectOf(one);
    const name = split?.name ?? key;
    const examples = split?.num_examples;
    if (typeof name !== 'string') return [];
    return [
      {
        name,
        examples: typeof examples === 'number' ? examples : undefined,
        path: [...path, 'splits', key, 'num_examples'],
      },
    ];
  });
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** 12,345 */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
