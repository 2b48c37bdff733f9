/** What must not compile in the other kinds of rules and in plugins, and what must. Only type-checked. */
import {
  type CorpusRecord,
  defineCorpusRule,
  defineGroupRule,
  definePairRule,
  definePlugin,
} from 'collapse-gate/api';
import {right} from './rules.js';

const about = {
  summary: 'Flags.',
  why: 'It matters.',
  advice: 'Look.',
  since: '1.0.0',
  recommended: 'warn',
  examples: {pass: [], fail: []},
} as const;

const options = {max: {type: 'integer', default: 3, description: 'Most.'}} as const;

definePairRule({
  ...about,
  id: 'own/pair',
  duplicates: false,
  options,
  messages: {near: 'Near {{id}}'},
  // @ts-expect-error: there is no such relation
  neighbours: ({max}) => [{relation: 'close', minimum: max}],
  create({report}) {
    return ({record, words}, neighbours) => {
      const size: number = words;
      report({messageId: 'near', data: {id: `${record.id}${size}`}, related: neighbours});
      // @ts-expect-error: a pair rule is not shown the text
      record.text;
    };
  },
});

// @ts-expect-error: a pair rule says whether it drops repeats
definePairRule({
  ...about,
  id: 'own/pair',
  options: {},
  messages: {},
  neighbours: () => [],
  create: () => () => {},
});

defineGroupRule({
  ...about,
  id: 'own/group',
  options: {},
  messages: {same: 'All say {{what}}', alone: 'Is alone'},
  signals: {'own.share': {description: 'Share', range: [0, 1], better: 'low'}},
  key: ({prompt}) => prompt,
  create({report, signal, feature}) {
    return ({records}) => {
      const [first] = records;
      // @ts-expect-error: a group may be empty as far as the type can tell
      first.text;
      if (first === undefined) return;
      report(first, {messageId: 'same', data: {what: feature(first, 'words').length}});
      report(first, {messageId: 'alone'});
      signal(first, 'own.share', 1);
      // @ts-expect-error: a finding is about a record
      report({messageId: 'alone'});
      // @ts-expect-error: a placeholder has no value
      report(first, {messageId: 'same', data: {}});
      // @ts-expect-error: the signal is not declared
      signal(first, 'own.other', 1);
    };
  },
});

// @ts-expect-error: a key is a string
defineGroupRule({...about, id: 'own/key', options: {}, messages: {}, key: () => 1, create: () => () => {}});

export const counting = defineCorpusRule({
  ...about,
  id: 'own/count',
  version: 1,
  options,
  views: ['all', 'gate:novelty'],
  measures: {'own.count': 'Records'},
  init: () => ({records: 0}),
  observe(summary, record: CorpusRecord, {feature}) {
    summary.records += feature(record, 'clauses').length;
    // @ts-expect-error: the summary is what `init` gives
    summary.words += 1;
  },
  merge(into, from) {
    into.records += from.records;
  },
  measure(summary, reference, {options: {max}}) {
    // @ts-expect-error: there may be no reference
    reference.records;
    return {'own.count': {value: Math.min(summary.records, max)}};
  },
  encode: ({records}) => Uint8Array.of(records),
  decode: ([records = 0]) => ({records}),
});

defineCorpusRule({
  ...about,
  id: 'own/views',
  version: 1,
  options: {},
  // @ts-expect-error: there is no such view
  views: ['rejected'],
  measures: {},
  init: () => 0,
  observe() {},
  merge() {},
  // @ts-expect-error: a measure has a value
  measure: () => ({'own.count': 3}),
  encode: () => new Uint8Array(),
  decode: () => 0,
});

definePlugin({name: 'own', rules: [right, counting], features: {clauses: ({text}) => text.split('. ')}});
// @ts-expect-error: a feature has the declared type
definePlugin({name: 'own', features: {clauses: ({text}) => text.length}});
// @ts-expect-error: a feature must be declared in `Features`
definePlugin({name: 'own', features: {paragraphs: ({text}) => [text]}});
// @ts-expect-error: a provider gives a promise of one value per record
definePlugin({name: 'own', providers: {clauses: {batch: 8, provide: records => records.map(() => [])}}});
// @ts-expect-error: a plugin has a name
definePlugin({rules: [right]});
// @ts-expect-error: presets hold rules, gates and fields
definePlugin({name: 'own', presets: {all: {rules: {'own/right': 'loud'}}}});
