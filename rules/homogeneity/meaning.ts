import type {CorpusRecord, FeatureContext} from '../../src/api.js';
import {embeddingVector} from './vectors.js';

/** The embedding of an answer, from a field or, where that has none, from a plugin; undefined where there is none. */
export function meaningOf(
  record: CorpusRecord,
  {embedding, provider}: {readonly embedding: string; readonly provider: boolean},
  feature: FeatureContext['feature'],
): Int8Array | undefined {
  const own = embedding === '' ? undefined : embeddingVector(record.fields[embedding]);
  if (own !== undefined || !provider) return own;
  const given = feature(record, 'embedding');
  return 'absent' in given ? undefined : embeddingVector(given.vector);
}
