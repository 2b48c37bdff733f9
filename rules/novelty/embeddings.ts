import {defineCorpusRule} from '../../src/api.js';
import {embeddedReader} from './embedded.js';
import {decodeHeld, encodeHeld, hold, mergeHeld, mostHeld, nothingHeld} from './held.js';

export default defineCorpusRule({
  id: 'novelty/embeddings',
  summary: 'Keeps the embeddings of a reference, for novelty/semantic to hold records against.',
  why: 'Novelty in meaning is the distance to the nearest record of the corpus that answers are written back to (arXiv:2512.22199).',
  advice: 'Name a trusted reference whose records have embeddings, or switch on a plugin that gives them.',
  details: `From \`field\`, or where no field is there from the feature \`embedding\` of a plugin, such as collapse-gate/transformers (docs/transformers.md).\n\nKept in whole numbers from -127 to 127, in the profile of the reference. At most ${mostHeld.toLocaleString('en')} distinct records are held: of more, those with the least hashes, as good as drawn at random. \`novelty.held\` then says what share of the reference that is, and the nearest record may be among the others: novelty/semantic gives too high a novelty, never too low. Each thread holds them: ${mostHeld.toLocaleString('en')} embeddings of 384 numbers are 38 MB, and looking at all of them is the work for each record.\n\nOff by default: switch it on with novelty/semantic.`,
  since: '0.2.0',
  recommended: 'off',
  needs: ['embedding'],
  version: 1,
  views: ['all'],
  options: {
    field: {
      type: 'array',
      items: {type: 'string'},
      default: ['embedding'],
      description: 'Field paths of an embedding, as a list of numbers; the first that is there counts.',
    },
  },
  messages: {
    sampled:
      'The references have {{seen}} records with embeddings, and {{held}} of them are held: novelty in meaning may be too high',
  },
  measures: {
    'novelty.embedded': 'Records of the round that have an embedding.',
    'novelty.held': {
      description: 'Share of the reference’s embedded records that are held; copies count.',
      unit: 'share',
    },
  },
  init: () => nothingHeld(),
  observe(held, record, {options, ...context}) {
    const embedded = readerFor(options.field, context)(record);
    if (embedded === undefined || typeof embedded === 'string') return;
    const {path, line} = record.place;
    hold(held, record, () => ({...embedded, id: record.id.slice(0, 80), path, line}));
  },
  merge: mergeHeld,
  measure(held, reference, {report}) {
    const embedded = {'novelty.embedded': {value: held.seen}};
    if (reference === undefined || reference.seen === 0) return embedded;
    const {size} = reference.records;
    if (reference.left > 0) report({messageId: 'sampled', data: {seen: reference.seen, held: size}});
    return {...embedded, 'novelty.held': {value: reference.left > 0 ? size / reference.seen : 1}};
  },
  encode: encodeHeld,
  decode: decodeHeld,
});

type Reader = ReturnType<typeof embeddedReader>;
const readers = new WeakMap<readonly string[], Reader>();

/** Paths are compiled once for each list of options, not for each record. */
function readerFor(field: readonly string[], context: Parameters<typeof embeddedReader>[1]): Reader {
  let reader = readers.get(field);
  if (reader === undefined) {
    reader = embeddedReader(field, context);
    readers.set(field, reader);
  }
  return reader;
}
