import {createSpread, type GrowingSpread, type Spread} from '../report/spread.js';
import type {PlacedLine} from '../run/evidence-index.js';
import {isOpen} from '../run/open-record.js';

export {isOpen};

import type {EvidenceLine} from '../run/sidecar.js';
import type {Case} from './case.js';

export interface Collected {
  readonly cases: readonly Case[];
  /** Records of the run, whether there is something to decide or not. */
  readonly records: number;
  /** By signal: how its values are spread over the run. */
  readonly spreads: ReadonlyMap<string, Spread>;
}

/** Reads a run's evidence once. `wanted` chooses the records that become cases. */
export async function collect(
  lines: AsyncIterable<PlacedLine>,
  wanted: (line: EvidenceLine) => boolean = isOpen,
): Promise<Collected> {
  const cases: (Case & {cluster: number})[] = [];
  const spreads = new Map<string, GrowingSpread>();
  const clusters = createClusters();
  let records = 0;
  for await (const {line, at} of lines) {
    records++;
    for (const [name, value] of Object.entries(line.signals)) {
      if (typeof value !== 'number') continue;
      const spread = spreads.get(name) ?? createSpread();
      spreads.set(name, spread);
      spread.add(line.hash, value);
    }
    if (line.findings.some(({related}) => related !== undefined))
      for (const {row} of line.neighbours) clusters.join(line.row, row);
    if (wanted(line)) cases.push(caseOf(line, at));
  }
  // Only now it is known who belongs together.
  for (const one of cases) one.cluster = clusters.of(one.row);
  return {cases, records, spreads};
}

function caseOf(line: EvidenceLine, at: PlacedLine['at']): Case & {cluster: number} {
  const {row, hash, id, path, verdict, findings, reasons} = line;
  const found = [...findings].sort((a, b) => Number(b.level === 'error') - Number(a.level === 'error'));
  // The gate `findings` only repeats what the findings say.
  const refused = reasons.filter(({gate}) => gate !== 'findings');
  const rules = [...new Set([...found.map(({rule}) => rule), ...refused.map(({gate}) => gate)])];
  const similar = findings.flatMap(({related = []}) => related.map(({similarity}) => similarity));
  return {
    row,
    hash,
    id,
    path,
    line: line.line,
    verdict,
    rules,
    source: line.source ?? path,
    cluster: row,
    similarity: Math.max(0, ...similar),
    message: found[0]?.message ?? refused[0]?.message ?? '',
    at,
  };
}

/** Union-find over rows: a row belongs with the rows that its findings are about. The first row names the cluster. */
function createClusters() {
  const parents = new Map<number, number>();
  const root = (row: number): number => {
    let at = row;
    for (let up = parents.get(at); up !== undefined; up = parents.get(at)) at = up;
    // Later look-ups take the short way.
    for (let up = parents.get(row); up !== undefined && up !== at; up = parents.get(row)) {
      parents.set(row, at);
      row = up;
    }
    return at;
  };
  return {
    of: root,
    join(row: number, other: number) {
      if (other < 0) return;
      const [first, later] = [root(row), root(other)].sort((a, b) => a - b);
      if (first !== later) parents.set(later!, first!);
    },
  };
}
