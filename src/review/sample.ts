import {createHash} from 'node:crypto';
import type {PlacedLine} from '../run/evidence-index.js';
import {isOpen} from '../run/open-record.js';
import type {EvidenceLine} from '../run/sidecar.js';

export interface Sample {
  /** Rows of the sample. */
  readonly rows: ReadonlySet<number>;
  /** The order in which to show a record: it says nothing about what was found. */
  readonly rank: (line: Pick<EvidenceLine, 'hash'>) => string;
}

/**
 * A random sample for a blind review: half of it from the records that something was said about, half from the
 * others, as far as there are enough. Chosen by record hash and seed: the same in every order of reading.
 */
export async function blindSample(
  lines: AsyncIterable<PlacedLine>,
  size: number,
  seed: string,
): Promise<Sample> {
  const rank = ({hash}: Pick<EvidenceLine, 'hash'>) =>
    createHash('sha256').update(`${seed}\n${hash}`).digest('hex').slice(0, 16);
  const [flagged, others] = [createLeast(size), createLeast(size)];
  for await (const {line} of lines) {
    if (line.verdict === 'malformed') continue;
    (isOpen(line) ? flagged : others).add(rank(line), line.row);
  }
  const [a, b] = [flagged.rows(), others.rows()];
  const half = Math.floor(size / 2);
  const first = Math.min(a.length, Math.max(half, size - b.length));
  return {rows: new Set([...a.slice(0, first), ...b.slice(0, size - first)]), rank};
}

/** The rows with the least ranks, without sorting all of them. */
function createLeast(size: number) {
  let kept: (readonly [rank: string, row: number])[] = [];
  const trim = () => {
    kept = kept.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x - y)).slice(0, size);
  };
  return {
    add(rank: string, row: number) {
      kept.push([rank, row]);
      if (kept.length >= 2 * size + 64) trim();
    },
    rows() {
      trim();
      return kept.map(([, row]) => row);
    },
  };
}
