import type {evidenceReader} from '../run/evidence-index.js';
import type {RecordFinder} from '../run/record-finder.js';
import {otherName, shownRecord} from '../run/shown-record.js';
import type {EvidenceLine} from '../run/sidecar.js';
import type {Case} from './case.js';
import type {Detail, Shown} from './detail.js';

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
  const shown = (record: Awaited<ReturnType<RecordFinder['find']>>): Shown =>
    'missing' in record ? record : shownRecord(record);
  const detail = {line, record: shown(await finder.find(line))};
  const [related] = line.findings.flatMap(({related = []}) => related);
  if (related === undefined) return detail;
  return {...detail, other: {...otherName(related), record: shown(await finder.find(related.record))}};
}
