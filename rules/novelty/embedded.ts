import {type CorpusRecord, compilePath, type FeatureContext} from '../../src/api.js';

export interface Embedded {
  /** In whole numbers from -127 to 127, the largest component 127. */
  readonly vector: Int8Array;
  readonly kind: string;
}

/** More components than any model of sentences gives. */
const mostComponents = 16_384;

/**
 * Reads the embedding of a record: of a field, or else of a plugin. Undefined where there is none, text where
 * it is none.
 */
export function embeddedReader(
  field: readonly string[],
  {feature, has}: FeatureContext,
): (record: CorpusRecord) => Embedded | string | undefined {
  const paths = field.map(compilePath);
  return record => {
    const value = paths.map(path => path(record.fields)[0]).find(found => found !== undefined);
    if (value !== undefined) return embeddedOf(value, '');
    if (!has('embedding')) return undefined;
    const given = feature(record, 'embedding');
    return 'absent' in given ? undefined : embeddedOf(given.vector, given.model);
  };
}

function embeddedOf(value: unknown, model: string): Embedded | string {
  if (!(Array.isArray(value) || ArrayBuffer.isView(value))) return 'it is no list of numbers';
  const list = value as ArrayLike<unknown>;
  if (list.length === 0 || list.length > mostComponents) return `it has ${list.length} components`;
  let largest = 0;
  for (let at = 0; at < list.length; at++) {
    const component = list[at];
    if (typeof component !== 'number' || !Number.isFinite(component)) return 'it is no list of numbers';
    largest = Math.max(largest, Math.abs(component));
  }
  if (largest === 0) return 'all its components are 0';
  const vector = Int8Array.from(list as ArrayLike<number>, component =>
    Math.round((component / largest) * 127),
  );
  return {vector, kind: model === '' ? `${list.length}` : `${list.length} ${model}`};
}
