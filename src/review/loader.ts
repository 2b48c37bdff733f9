import type {evidenceReader} from '../run/evidence-index.js';
import type {RecordFinder} from '../run/record-finder.js';
import {otherName, shownRecord} from '../run/shown-record.js';
import type {EvidenceLine} from '../run/sidecar.js';
import type {Case} from './case.js';
import type {Detail, Shown} from './detail.js';

/** What is shown of cases. */
export interface Loader {
  /** What was read already. */
  known(one: Case): Detail | undefined;
  load(one: Case): Promise<Detail>;
  /** Reads what may be looked at next, so that it is there at the key that shows it. */
  ahead(one: Case): void;
}

/** How many records are kept: the last ones, fewer where they are large. */
const kept = 40;
const keptBytes = 32_000_000;
const keptAtLeast = 3;
/** A larger record is not worth holding up keys for. */
const mostAhead = 1_000_000;

/** Reads what is shown of a case: its evidence, its record, and the other record of a pair. Keeps the last ones. */
export function createLoader(evidence: ReturnType<typeof evidenceReader>, finder: RecordFinder): Loader {
  /** The last one that was asked for is the last here. */
  const cache = new Map<Case, Detail>();

  function keep(one: Case, detail: Detail): Detail {
    cache.delete(one);
    cache.set(one, detail);
    let bytes = 0;
    for (const [at, [old, {line}]] of [...cache].reverse().entries()) {
      bytes += sizeOf(line);
      if (at >= kept || (at >= keptAtLeast && bytes > keptBytes)) cache.delete(old);
    }
    return detail;
  }

  const loader: Loader = {
    known(one) {
      const detail = cache.get(one);
      return detail && keep(one, detail);
    },
    async load(one) {
      return keep(one, cache.get(one) ?? (await read(evidence.read(one.at), finder)));
    },
    ahead(one) {
      if (cache.has(one) || sizeOf(evidence.read(one.at)) > mostAhead) return;
      // What goes wrong is said when it is shown.
      loader.load(one).catch(() => {});
    },
  };
  return loader;
}

function sizeOf({bytes: [start, end]}: EvidenceLine): number {
  return end - start;
}

async function read(line: EvidenceLine, finder: RecordFinder): Promise<Detail> {
  const shown = (record: Awaited<ReturnType<RecordFinder['find']>>): Shown =>
    'missing' in record ? record : shownRecord(record);
  const detail = {line, record: shown(await finder.find(line))};
  const [related] = line.findings.flatMap(({related = []}) => related);
  if (related === undefined) return detail;
  return {...detail, other: {...otherName(related), record: shown(await finder.find(related.record))}};
}
