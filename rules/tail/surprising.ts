import {defineRecordRule, notApplicable} from '../../src/api.js';
import {predictorOf, surpriseOf} from './predictor.js';
import type {RecordSample} from './sample.js';

export default defineRecordRule({
  id: 'tail/surprising',
  summary: 'Measures how surprising a record is to a small model of the reference.',
  why: 'Models write what is likely, so a loop loses its surprising records first (arXiv:2305.17493); keeping the surprising ones slows the loss without knowing who wrote them (arXiv:2410.12341). The most surprising of all are often noise.',
  advice:
    'Look at the record: is it rare, or is it broken? Let rare ones pass; for broken ones lower `maximum` and set the level to `error`.',
  details:
    'Signals: `surprise`, bits per word of the record’s first 256 words under the trigram models of tail/surprise, which must be on, and `surprise-percentile`, the share of the reference’s records that are less surprising. Both abstain without a trusted reference, on a reference of too few records (40 or so), and on a record without words. Short records spread wider than long ones. Scoring every word of a round costs as much as all the default rules together, so it is off by default: tail/surprise measures the round by a sample.',
  since: '0.2.0',
  recommended: 'off',
  reads: ['tail/surprise'],
  limits: [{signal: 'surprise-percentile', option: 'maximum', bad: 'high'}],
  options: {
    maximum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 1,
      description:
        'Share of the reference that a record may be more surprising than: 0.999 reports the farthest. 1 reports none.',
    },
  },
  messages: {
    surprising:
      '{{bits}} bits per word, more surprising than {{percent}} % of the reference: another kind of text, or noise',
  },
  examples: {pass: [{label: 'without a reference it says nothing', rows: ['Qzx vrrp ngh.']}], fail: []},
  signals: {
    surprise: {
      description: 'Bits per word under a trigram model of the reference',
      range: [0, 100],
      better: 'high',
    },
    'surprise-percentile': {
      description: 'Share of the reference’s records that are less surprising',
      range: [0, 1],
      better: 'high',
    },
  },
  create({options: {maximum}, reference, feature, signal, report}) {
    const sample = reference('tail/surprise') as RecordSample | undefined;
    const predictor = sample && predictorOf(sample);
    const both = (reason: string) => {
      signal('surprise', notApplicable(reason));
      signal('surprise-percentile', notApplicable(reason));
    };
    return record => {
      if (sample === undefined) return both('there is no trusted reference with a summary of tail/surprise');
      if (predictor === undefined) return both('the trusted reference has too few records');
      const {bits, percentile} = surpriseOf(predictor, feature(record, 'wordHashes'));
      if (Number.isNaN(bits)) return both('the record has no words');
      signal('surprise', bits);
      signal('surprise-percentile', percentile);
      if (percentile > maximum) {
        report({messageId: 'surprising', data: {bits, percent: Math.floor(1000 * percentile) / 10}});
      }
    };
  },
});
