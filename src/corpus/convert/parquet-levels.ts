import type {SchemaElement} from 'hyparquet';
import {readRleBitPackedHybrid} from 'hyparquet/src/encoding.js';
import {getMaxDefinitionLevel, getSchemaPath} from 'hyparquet/src/schema.js';

/** What the header of a page in the second format says of its levels, which are never compressed. */
export interface Levels {
  readonly values: number;
  readonly nulls: number;
  /** Bytes of the definition levels, and of the repetition levels before them. */
  readonly definitions: number;
  readonly repetitions: number;
}

/** The definition level of a value that is there; 0 where there is no other. */
export function highestLevel(schema: SchemaElement[], path: string[]): number {
  return getMaxDefinitionLevel(getSchemaPath(schema, path));
}

/**
 * Counts the values that are not there, and says whether the header does so too. hyparquet takes their number from the header, and another number of nulls
 * would shift all values of the page against their rows.
 */
export function nullsAgree(body: Uint8Array, levels: Levels, highest: number): boolean {
  if (highest === 0) return levels.nulls === 0;
  const {buffer, byteOffset, byteLength} = body;
  const reader = {view: new DataView(buffer, byteOffset, byteLength), offset: levels.repetitions};
  const found: number[] = new Array(levels.values);
  readRleBitPackedHybrid(reader, 32 - Math.clz32(highest), found, levels.definitions);
  let nulls = 0;
  for (let at = 0; at < levels.values; at++) if (found[at] !== highest) nulls++;
  return nulls === levels.nulls;
}
