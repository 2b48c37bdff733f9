import {defineRecordRule, missing, placeName, type SignalValue} from '../../src/api.js';
import {embeddedReader} from './embedded.js';
import type {Held} from './held.js';
import {createSearch} from './nearest.js';

export default defineRecordRule({
  id: 'novelty/semantic',
  summary: 'Measures how far in meaning a record is from the nearest record of the reference.',
  why: 'A paraphrase shares few words with what it repeats: likeness of words calls it new. Bidirectional RAG writes an answer back only when 1 less the highest cosine of embeddings to its corpus is above 0.10 (arXiv:2512.22199).',
  advice: 'Look at the record it is near to, and drop it where it says nothing else.',
  details:
    'The signal `novelty.embedding` is 1 less the highest cosine to a record of a trusted reference, from embeddings in a field of the rows or from a plugin: see novelty/embeddings, which must be on and keeps those of the reference. All that are held are looked at. The gate `novelty` holds it against its `semantic`.\n\nMissing where the record has no embedding, where no trusted reference has any, and where they are of another size or another model than the record’s: cosines between models mean nothing. It does not hold records of a round against each other; duplicate/near does, by words. What cosine is near depends on the model: look at pairs of your own before you let it decide.',
  since: '0.2.0',
  recommended: 'off',
  needs: ['embedding'],
  reads: ['novelty/embeddings'],
  options: {
    field: {
      type: 'array',
      items: {type: 'string'},
      default: ['embedding'],
      description: 'Field paths of an embedding, as a list of numbers; the first that is there counts.',
    },
    near: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.9,
      description: 'Cosine from which a record is reported. The default is that of arXiv:2512.22199.',
    },
  },
  limits: [{signal: 'novelty.embedding', option: 'near', of: 'rest'}],
  signals: {
    'novelty.embedding': {
      description: '1 less the highest cosine of embeddings to a record of the reference',
      range: [0, 1],
      better: 'high',
    },
  },
  messages: {
    near: 'Says what `{{id}}` of the reference ({{place}}) says: cosine {{cosine}}, less than {{limit}} wanted',
    unread: 'Its embedding cannot be read: {{reason}}',
  },
  examples: {
    pass: [
      {label: 'without a reference it says nothing', rows: [{text: 'The ferry.', embedding: [0.3, 0.1]}]},
    ],
    fail: [{label: 'no embedding', rows: [{text: 'The ferry.', embedding: ['north', 'east']}]}],
  },
  create({options, reference, report, signal, ...context}) {
    const held = reference('novelty/embeddings') as Held | undefined;
    const nearest = held && createSearch(held);
    const read = embeddedReader(options.field, context);
    const say = (value: SignalValue) => signal('novelty.embedding', value);

    return record => {
      const embedded = read(record);
      if (embedded === undefined) return say(missing('the record has no embedding'));
      if (typeof embedded === 'string') {
        report({messageId: 'unread', data: {reason: embedded}});
        return say(missing(`its embedding cannot be read: ${embedded}`));
      }
      if (nearest === undefined || held!.records.size === 0)
        return say(
          missing(
            'no trusted reference holds embeddings: switch on novelty/embeddings, and build its profile again',
          ),
        );
      const found = nearest(embedded.vector, embedded.kind);
      if (found === undefined)
        return say(
          missing('the reference’s embeddings are of another size or model: build its profile again'),
        );
      const cosine = Math.max(0, Math.min(1, Math.round(found.cosine * 1e4) / 1e4));
      say(Math.round((1 - cosine) * 1e4) / 1e4);
      if (cosine < options.near) return;
      const other = found.record;
      report({
        messageId: 'near',
        data: {id: other.id, place: placeName(other), cosine, limit: options.near},
      });
    };
  },
});
