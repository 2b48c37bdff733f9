import {defineCorpusRule} from '../../src/api.js';

/** Lengths are counted in buckets a twelfth of an octave wide: quantiles are exact to 3 %. */
const perOctave = 12;
const buckets = perOctave * 28;

function bucketOf(words: number): number {
  return words === 0 ? 0 : Math.min(buckets - 1, 1 + Math.floor(Math.log2(words) * perOctave + 1e-9));
}

function lengthOf(bucket: number): number {
  return bucket === 0 ? 0 : Math.round(2 ** ((bucket - 0.5) / perOctave));
}

function quantile(counts: Float64Array, share: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  // Of no records there is no length, not one of 0.
  if (total === 0) return Number.NaN;
  let seen = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    seen += counts[bucket]!;
    if (seen >= total * share && seen > 0) return lengthOf(bucket);
  }
  return 0;
}

export default defineCorpusRule({
  id: 'length/words',
  summary: 'Measures how long records are, in words, beside the reference.',
  why: 'A round that drifts towards one length drifts towards one format, and a filter that prefers short or long records narrows what is learnt (arXiv:2504.07912).',
  advice:
    'When the median moves far from the reference, look at which gate removed the short or the long records: compare the views `all` and `accepted`.',
  details:
    'Median and 90th percentile of words per record, from a histogram with 12 buckets per octave, so exact to 3 %. Measured on all records and on the accepted ones.',
  since: '0.1.0',
  recommended: 'warn',
  version: 1,
  views: ['all', 'accepted'],
  options: {},
  messages: {},
  measures: {
    'length.median': {description: 'Median length of a record.', unit: 'words'},
    'length.p90': {description: '90th percentile of the lengths of records.', unit: 'words'},
  },
  examples: {pass: [], fail: []},
  init: () => new Float64Array(buckets),
  observe(counts, record, {feature}) {
    counts[bucketOf(feature(record, 'wordCount'))]! += 1;
  },
  merge(into, from) {
    for (let bucket = 0; bucket < into.length; bucket++) into[bucket]! += from[bucket]!;
  },
  subtract(from, what) {
    for (let bucket = 0; bucket < from.length; bucket++) from[bucket]! -= what[bucket]!;
  },
  measure(counts, reference) {
    const value = (share: number) => ({
      value: quantile(counts, share),
      ...(reference && {reference: quantile(reference, share)}),
    });
    return {'length.median': value(0.5), 'length.p90': value(0.9)};
  },
  encode: counts => new Uint8Array(counts.buffer.slice(0)),
  decode: bytes => new Float64Array(bytes.slice().buffer),
});
