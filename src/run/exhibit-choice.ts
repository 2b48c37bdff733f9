import type {JudgedRow} from '../engine/judge.js';

/** Records that a page shows: it must open at once, whatever the round. */
const most = 300;
const mostOfOne = 60;

/** Rows that may be shown, the ones to look at first, at most so many for each rule or gate that speaks first. */
export type Choice = ReturnType<typeof createChoice>;

export function createChoice() {
  const byLead = new Map<string, JudgedRow[]>();
  const counts = new Map<string, number>();
  return {
    byLead,
    counts,
    add(row: JudgedRow): void {
      const lead = leadOf(row);
      counts.set(lead, (counts.get(lead) ?? 0) + 1);
      const rows = byLead.get(lead);
      if (rows === undefined) byLead.set(lead, [row]);
      else if (rows.push(row) >= 4 * mostOfOne) byLead.set(lead, rows.sort(urgent).slice(0, mostOfOne));
    },
  };
}

/** In turns, so that a rule that reports thousands leaves room for those that report one. In input order. */
export function choose({byLead}: Choice): JudgedRow[] {
  const queues = [...byLead.values()].map(rows => [...rows].sort(urgent).slice(0, mostOfOne));
  const chosen: JudgedRow[] = [];
  for (let turn = 0; turn < mostOfOne; turn++) {
    for (const queue of queues) {
      const row = queue[turn];
      if (row !== undefined && chosen.length < most) chosen.push(row);
    }
  }
  return chosen.sort((a, b) => a.evidence.row - b.evidence.row);
}

function leadOf({findings, verdict}: JudgedRow): string {
  const first = findings.find(({level}) => level === 'error') ?? findings[0];
  return first?.rule ?? `gate/${verdict.reasons[0]?.gate ?? ''}`;
}

const rank = {quarantine: 0, reject: 1, accept: 2};

/** Quarantined ones wait for a person; then those that most speaks against; then as they came. */
function urgent(a: JudgedRow, b: JudgedRow): number {
  return (
    rank[a.verdict.verdict] - rank[b.verdict.verdict] ||
    b.findings.length - a.findings.length ||
    a.evidence.row - b.evidence.row
  );
}
