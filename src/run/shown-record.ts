import {type Neighbour, partNames, type RecordRef} from '../api.js';
import type {ScannedRecord} from '../engine/record.js';

/** What is shown of a record: its parts, and its other fields, those that say where it comes from first. */
export interface ShownRecord {
  readonly parts: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

const provenance = /^(?:source|generator|model|licen[cs]e|url|author|created|date|derived)/i;
/** A longer field is a text of its own, not something said about one. */
const longest = 500;

export function shownRecord(record: ScannedRecord): ShownRecord {
  const parts: Record<string, string> = {};
  for (const name of partNames) {
    const text = record[name];
    if (text !== undefined) parts[name] = text;
  }
  const texts = new Set(Object.values(parts));
  const fields = Object.entries(record.fields)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => [name, String(value)] as const)
    .filter(([, value]) => !texts.has(value) && value.length <= longest)
    .sort(([a], [b]) => Number(provenance.test(b)) - Number(provenance.test(a)));
  return {parts, fields: Object.fromEntries(fields)};
}

/** Names of the parts to show: `text` is what the others are put together to. */
export function partsToShow(parts: ShownRecord['parts']): string[] {
  const names = Object.keys(parts).filter(name => name !== 'text');
  return names.length > 0 ? names : ['text'];
}

/** What another record is called, and what it is to the one at hand. */
export function otherName({record, origin, similarity, relation, verified}: Neighbour): {
  readonly name: string;
  readonly relation: string;
} {
  const from = origin === 'round' ? 'of this round' : `of ${origin.reference} (${origin.role})`;
  const estimated = verified ? '' : ', estimated';
  const share = relation === 'same' ? '' : `, similarity ${similarity.toFixed(2)}${estimated}`;
  const words = {same: 'Same as', near: 'Near', inside: 'Inside', holds: 'Holds'}[relation];
  return {name: `${placeOf(record)} ${from}${share}`, relation: words};
}

function placeOf({path, line}: RecordRef): string {
  return `${path}:${line}`;
}
