import {defineCorpusRule} from '../../src/api.js';
import {counts, placeOf, quotedList, saidUnder} from './card.js';
import {baseCode, codeOfName, evidences, languageOf} from './languages.js';
import {decodeHashed, encodeHashed, lookAt, mergeHashed, noneHashed, tallied} from './least-hashed.js';

export default defineCorpusRule({
  id: 'provenance/card-language',
  summary: 'Looks whether the languages of a data set card are those that the texts show.',
  why: 'Languages of data sets are often declared wrongly: of 205 corpora by language that speakers read, at least 15 held no usable text, and many were labelled as another language (arXiv:2103.12028). Whoever mixes languages by their cards then trains on another mixture.',
  advice:
    'Set `language` to the codes (ISO 639) of all languages that the texts are in, or take out what is in another.',
  details:
    'Runs where a data set folder with a card is checked. The evidence is that of at most 1,000 records, chosen by their content, and of each the first 2,000 characters: by their script, and in Latin letters by the small words of 19 languages or groups. A text that is short, mixed, mostly code, or in a language that is not known here says nothing, and nothing is said before `records` records are clear. Where letters or words do not tell languages apart (Cyrillic, Arabic and Devanagari scripts; Danish and Norwegian, Indonesian and Malay, Czech and Slovak) any of them in the card will do. It is no language identification: a rare language among others is not seen. A card that says `multilingual` is only asked for codes that are none.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: ['all'],
  inProfile: false,
  ofDataset: true,
  options: {
    share: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.05,
      description: 'Share of clear records above which a language that the card does not name is reported.',
    },
    records: {
      type: 'integer',
      minimum: 1,
      default: 20,
      description: 'Records whose language must be clear.',
    },
  },
  messages: {
    missing:
      'The card names no language; {{records}} of {{looked}} records that are clear are in {{language}}: set `language: {{code}}`',
    undeclared:
      '`language` says {{said}}, but {{records}} of {{looked}} records that are clear are in {{language}}',
    unseen: '`language` names `{{code}}`, but none of {{looked}} records that are clear is in {{language}}',
    unknown: '`{{value}}` is no language code{{hint}}',
  },
  measures: {},
  init: noneHashed,
  observe(sample, record, {feature}) {
    const hashes = feature(record, 'wordHashes');
    if (hashes.length === 0) return;
    let hash = hashes.length;
    for (let at = Math.min(hashes.length, 500) - 1; at >= 0; at--)
      hash = Math.imul(hash ^ hashes[at]!, 0x9e3779b1) ^ (hash >>> 15);
    hash = Math.imul(hash, 0x85ebca6b);
    lookAt(sample, (hash ^ (hash >>> 13)) >>> 0, () => languageOf(record.text));
  },
  merge: mergeHashed,
  measure(sample, _, {dataset, options, report}) {
    if (dataset === undefined) return {};
    const {card, whole} = dataset;
    const said = saidUnder(card, 'language').filter(({value}) => value !== '');
    const place = placeOf(card, 'language');
    for (const {value, path} of whole ? said : []) {
      if (/^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i.test(value) || /^(?:multilingual|code)$/i.test(value))
        continue;
      const code = codeOfName(value);
      const hint = code === undefined ? ' of ISO 639' : `: use \`${code}\``;
      report({messageId: 'unknown', data: {value: value.slice(0, 40), hint}, place: placeOf(card, ...path)});
    }
    const seen = [...tallied(sample)]
      .filter(([code]) => code !== '')
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const looked = seen.reduce((sum, [, records]) => sum + records, 0);
    if (looked < options.records) return {};
    const named = (code: string) => evidences.get(code)!;
    const [most] = seen;
    if (said.length === 0) {
      const [code, records] = most!;
      if (whole && records > 0.8 * looked)
        report({messageId: 'missing', data: {records, looked, language: named(code).name, code}, place});
      return {};
    }
    const declared = said.map(({value}) => codeOfName(value) ?? baseCode(value));
    if (declared.some(code => ['multilingual', 'mul', 'und', 'code'].includes(code))) return {};
    const others = seen.filter(
      ([code, records]) =>
        records > options.share * looked && !named(code).codes.some(one => declared.includes(one)),
    );
    if (others.length > 0) {
      const records = others.reduce((sum, [, count]) => sum + count, 0);
      const language =
        others.length === 1
          ? named(others[0]![0]).name
          : `other languages: ${counts(others.map(([code, count]) => [named(code).name, count] as const))}`;
      const data = {said: quotedList(said.map(({value}) => value)), records, looked, language};
      report({messageId: 'undeclared', data, place});
      // Of nothing that is declared there is any: that says it all.
      if (records === looked) return {};
    }
    // Among many languages, one with few records would not be seen.
    if (!whole || said.length > 10 || looked < 10 * options.records) return {};
    for (const [index, code] of declared.entries()) {
      const evidence = [...evidences.values()].find(({codes}) => codes.includes(code));
      if (evidence === undefined || seen.some(([own]) => named(own) === evidence)) continue;
      const data = {code: said[index]!.value, looked, language: evidence.name};
      report({messageId: 'unseen', data, place: placeOf(card, ...said[index]!.path)});
    }
    return {};
  },
  encode: encodeHashed,
  decode: decodeHashed,
});
