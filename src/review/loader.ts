import {partNames} from '../api.js';
import type {ScannedRecord} from '../engine/record.js';
import type {evidenceReader} from '../run/evidence-index.js';
import type {RecordFinder} from '../run/record-finder.js';
import type {EvidenceLine} from '../run/sidecar.js';
import {type Case, placeOf} from './case.js';
import type {Detail, Shown} from './detail.js';

/** Fields of a row that say where it comes from are shown first. */
const provenance = /^(?:source|generator|model|licen[cs]e|url|author|created|date|derived)/i;
const kept = 40;

/** Reads what is shown of a case: its evidence, its record, and the other record of a pair. Keeps the last ones. */
export function createLoader(evidence: ReturnType<typeof evidenceReader>, finder: RecordFinder) {
  const cache = new Map<Case, Promise<Detail>>();
  return (one: Case): Promise<Detail> => {
    let detail = cache.get(one);
    if (detail === undefined) {
      detail = load(evidence.read(one.at), finder);
      cache.set(one, detail);
      if (cache.size > kept) cache.delete(cache.keys().next().value!);
    }
    return detail;
  };
}

async function load(line: EvidenceLine, finder: RecordFinder): Promise<Detail> {
  const record = await finder.find(line);
  const [related] = line.findings.flatMap(({related = []}) => related);
  const detail = {line, record: shown(record)};
  if (related === undefined) return detail;
  const {origin, similarity, relation, verified} = related;
  const from = origin === 'round' ? 'of this round' : `of ${origin.reference} (${origin.role})`;
  const estimated = verified ? '' : ', estimated';
  const share = relation === 'same' ? '' : `, similarity ${similarity.toFixed(2)}${estimated}`;
  const words = {same: 'Same as', near: 'Near', inside: 'Inside', holds: 'Holds'}[relation];
  return {
    ...detail,
    other: {
      name: `${placeOf(related.record)} ${from}${share}`,
      relation: words,
      record: shown(await finder.find(related.record)),
    },
  };
}

function shown(record: ScannedRecord | {readonly missing: string}): Shown {
  if ('missing' in record) return record;
  const parts: Record<string, string> = {};
  for (const name of partNames) {
    const text = record[name];
    if (text !== undefined) parts[name] = text;
  }
  const texts = new Set(Object.values(parts));
  const fields = Object.entries(record.fields)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => [name, String(value)] as const)
    .filter(([, value]) => !texts.has(value) && value.length <= 500)
    .sort(([a], [b]) => Number(provenance.test(b)) - Number(provenance.test(a)));
  return {parts, fields: Object.fromEntries(fields)};
}
