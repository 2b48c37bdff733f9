import {defineCorpusRule} from '../../src/api.js';
import {counts, placeOf, quotedList, saidUnder} from './card.js';
import {countValues, decodeCounter, encodeCounter, listed, mergeCounter, noCounts} from './counter.js';
import {agree, hubLicences, licenceIds} from './hub-licences.js';
import {nearest} from './nearest.js';

export default defineCorpusRule({
  id: 'provenance/card-licence',
  summary:
    'Looks whether a data set card names a licence, one that the Hub knows, and the one that the records and Croissant name.',
  why: 'Of the data sets that are most used for training, more than 70 % name no licence where they are hosted, and half of the licences that are named are wrong, most of them too permissive (Data Provenance Initiative, arXiv:2310.16787).',
  advice:
    'Set `license` in the card to what the sources allow; of several licences in one data set list all of them, or split it into configurations.',
  details:
    'Runs where a data set folder with a card is checked ([formats](../../formats.md#a-hugging-face-data-set-folder)). An identifier is known when it is in the list of the Hub; `other` needs `license_name` and `license_link`. Licences in records are read from the fields of `fields`, whatever their spelling (SPDX, name or address); what is no licence that is known, and a licence without a version beside the same with one, contradicts nothing. With `--staged` and `--since` only new records are held against the card.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: ['all'],
  inProfile: false,
  ofDataset: true,
  options: {
    fields: {
      type: 'array',
      items: {type: 'string'},
      default: ['license', 'licence'],
      description: 'Fields of records that name their licence.',
    },
    share: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0,
      description: 'Share of the records that may name another licence than the card.',
    },
  },
  messages: {
    missing: 'The card names no licence: nobody can tell whether this data may be used. Set `license`',
    unnamed: 'The card names no licence, but {{who}} {{licences}}. Set `license`',
    unknown: '`{{licence}}` is no licence identifier of the Hub{{hint}}',
    other: '`license: other` says nothing without {{keys}}',
    contradicted: 'The card says {{licence}}, but {{records}} of {{looked}} records say {{licences}}',
    croissant: 'The card says {{licence}}, but {{path}} says {{licences}}',
  },
  measures: {},
  init: noCounts,
  observe(counter, record, {feature, options}) {
    const row = feature(record, 'row');
    const found = new Set<string>();
    for (const field of options.fields) {
      if (!row.fieldNames.has(field)) continue;
      const value = row.field(field);
      for (const one of Array.isArray(value) ? value : [value])
        if (typeof one === 'string' && one.trim() !== '') found.add(one.trim());
    }
    countValues(counter, [...found]);
  },
  merge: mergeCounter,
  measure(counter, _, {dataset, options, report}) {
    if (dataset === undefined) return {};
    const {card, croissant, whole} = dataset;
    const said = saidUnder(card, 'license').filter(({value}) => value !== '');
    const beside = croissant ? saidUnder(croissant, 'license').map(({value}) => value) : [];
    const inRecords = listed(counter).filter(([value]) => licenceIds(value).length > 0);
    const place = placeOf(card, 'license');
    if (said.length === 0) {
      if (!whole) return {};
      if (inRecords.length > 0)
        report({messageId: 'unnamed', data: {who: 'records name', licences: counts(inRecords)}, place});
      else if (beside.length > 0) {
        const data = {who: `${croissant!.path} names`, licences: quotedList(beside)};
        report({messageId: 'unnamed', data, place});
      } else report({messageId: 'missing', place});
      return {};
    }
    for (const {value, path} of whole ? said : []) {
      if (hubLicences.has(value)) continue;
      const near = licenceIds(value).find(id => hubLicences.has(id)) ?? nearest(value, [...hubLicences]);
      const hint =
        near === undefined
          ? ': use `other` with `license_name` and `license_link`'
          : `: did you mean \`${near}\`?`;
      report({
        messageId: 'unknown',
        data: {licence: value.slice(0, 60), hint},
        place: placeOf(card, ...path),
      });
    }
    const isOther = said.some(({value}) => value === 'other');
    const without = ['license_name', 'license_link'].filter(key => saidUnder(card, key).length === 0);
    if (whole && isOther && without.length > 0)
      report({messageId: 'other', data: {keys: without.map(key => `\`${key}\``).join(' and ')}, place});

    const declared = said.flatMap(({value}) => licenceIds(value));
    // What is not known to this rule cannot be contradicted.
    if (declared.length < said.length) return {};
    const isAnother = (text: string) => {
      const ids = licenceIds(text);
      return ids.length > 0 && !ids.some(id => declared.some(own => agree(id, own)));
    };
    const licence = quotedList(said.map(({value}) => value));
    const others = inRecords.filter(([value]) => isAnother(value));
    const records = others.reduce((sum, [, count]) => sum + count, 0);
    if (records > options.share * counter.looked) {
      const data = {licence, records, looked: counter.looked, licences: counts(others)};
      report({messageId: 'contradicted', data, place});
    }
    const contrary = beside.filter(isAnother);
    if (contrary.length > 0) {
      const data = {licence, path: croissant!.path, licences: quotedList(contrary)};
      report({messageId: 'croissant', data, place});
    }
    return {};
  },
  encode: encodeCounter,
  decode: decodeCounter,
});
