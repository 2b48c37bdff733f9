import {defineCorpusRule} from '../../src/api.js';
import {counts, placeOf, quotedList, saidUnder} from './card.js';
import {countValues, decodeCounter, encodeCounter, listed, mergeCounter, noCounts} from './counter.js';

export default defineCorpusRule({
  id: 'provenance/card-sources',
  summary: 'Looks whether `source_datasets` of a data set card names the data sets that records are from.',
  why: 'A data set that does not say what it was made of passes on licences, test items and machine text of its sources unseen; when sets are built of sets, that is what gets lost (arXiv:2310.16787).',
  advice:
    'List the data sets that yours was made from under `source_datasets` (`original` for what is new in it, `extended|NAME` for what was built on).',
  details:
    'Runs where a data set folder with a card is checked. Records say where they are from in the field `source` (or `dataset`, `origin`, or what `fields.source` maps); only what is written like the id of a data set, `owner/name` or its address, is looked at, so that names of books or websites say nothing here. Croissant beside the card is asked for `isBasedOn`. A source that the card names by the last part of its id (`extended|name`) is named. Nothing is said where no record names a data set.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: ['all'],
  inProfile: false,
  ofDataset: true,
  options: {},
  messages: {
    missing: 'The card has no `source_datasets`, but {{who}} {{sources}}',
    original: '`source_datasets` says `original`, but {{who}} {{sources}}',
    unnamed: '`source_datasets` does not name {{sources}}, which {{who}}',
  },
  measures: {},
  init: noCounts,
  observe(counter, {source}) {
    const id = source === undefined ? undefined : datasetId(source);
    countValues(counter, id === undefined ? [] : [id]);
  },
  merge: mergeCounter,
  measure(counter, _, {dataset, report}) {
    if (dataset === undefined) return {};
    const {card, croissant} = dataset;
    const said = saidUnder(card, 'source_datasets').map(({value}) => value.toLowerCase());
    const named = said.map(value => value.replace(/^extended\|/, '')).map(value => datasetId(value) ?? value);
    const isNamed = (id: string) =>
      named.some(name => {
        const [own, other] = [id.toLowerCase(), name.toLowerCase()];
        return own === other || own.endsWith(`/${other}`) || own === 'other';
      });
    const place = placeOf(card, 'source_datasets');
    const others = listed(counter).filter(([id]) => !isNamed(id));
    const beside =
      croissant === undefined ? [] : basesOf(croissant.fields.isBasedOn).filter(id => !isNamed(id));
    if (others.length === 0 && beside.length === 0) return {};
    const isOriginal = said.length > 0 && said.every(value => value === 'original');
    const messageId = said.length === 0 ? 'missing' : isOriginal ? 'original' : 'unnamed';
    const data =
      others.length > 0
        ? {who: 'records name', sources: counts(others)}
        : {who: `${croissant!.path} names`, sources: quotedList(beside)};
    report({messageId, data, place});
    return {};
  },
  encode: encodeCounter,
  decode: decodeCounter,
});

/** What Croissant says that a data set is based on: ids, addresses, or objects that have one. */
function basesOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
    const object = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {};
    const text = typeof one === 'string' ? one : (object['@id'] ?? object.url ?? object.name);
    const id = typeof text === 'string' ? datasetId(text) : undefined;
    return id === undefined ? [] : [id];
  });
}

/** `owner/name` of an id or address on the Hub; undefined for all else: paths of files have endings. */
function datasetId(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/^(?:https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/|hf:\/\/)(?:datasets\/)?/i, '')
    .replace(/(?:\/(?:tree|blob|viewer|resolve)\/.*|\/)$/, '');
  if (!/^[\w.-]{2,60}\/[\w.-]{2,100}$/.test(plain)) return undefined;
  return /\.[a-z]{1,5}$|^\d+\/\d+$|^\./i.test(plain) ? undefined : plain;
}
