import type {Cell} from '../api.js';
import type {JudgedRow} from '../engine/judge.js';
import type {Report, TableReport} from '../report/report.js';
import {withTables} from './report.js';

/** What each record gate does by itself, and what the others would do without it. */
export interface Ablation {
  row(row: JudgedRow): void;
  /** One row for each gate; undefined where no record gate is on. */
  table(report: Report): TableReport | undefined;
  /** The report with that table. */
  complete(report: Report): Report;
}

interface Kept {
  records: number;
  right: number;
  wrong: number;
}

/** Counts records by the set of gates that did not accept them: all that ablation needs, whatever their number. */
export function createAblation(): Ablation {
  const counts = new Map<number, Kept>();

  function keptWhere(keeps: (failed: number) => boolean): Kept {
    const sum = {records: 0, right: 0, wrong: 0};
    for (const [failed, kept] of counts) {
      if (!keeps(failed)) continue;
      sum.records += kept.records;
      sum.right += kept.right;
      sum.wrong += kept.wrong;
    }
    return sum;
  }

  const ablation: Ablation = {
    row({evidence: {malformed}, verdict: {failed}, signals: {correct}}) {
      if (malformed !== undefined) return;
      const kept = counts.get(failed) ?? {records: 0, right: 0, wrong: 0};
      kept.records++;
      if (correct === 1) kept.right++;
      else if (correct === 0) kept.wrong++;
      counts.set(failed, kept);
    },
    table({gates}) {
      const names = gates.filter(({scope}) => scope === 'record').map(({id}) => id);
      if (names.length === 0) return undefined;
      const all = keptWhere(() => true);
      const labelled = all.right + all.wrong > 0;
      const row = (gate: string, alone: Kept, without: Kept): Cell[] => [
        gate,
        alone.records,
        without.records,
        ...(labelled ? [rightShare(alone), rightShare(without)] : []),
      ];
      const rows = names.map((name, index) => {
        // Unsigned, as the 32nd gate has the sign bit.
        const bit = (1 << index) >>> 0;
        return row(
          name,
          keptWhere(failed => ((failed >>> 0) & bit) === 0),
          keptWhere(failed => ((failed >>> 0) & ~bit) === 0),
        );
      });
      const together = keptWhere(failed => failed === 0);
      return {
        id: 'gates.ablation',
        title: 'What each gate does',
        note: 'Records that a gate alone would accept, and that all the others would accept without it. The last row has all gates together, and no gate at all. A gate whose “without it” equals that of all together refuses nothing that others let pass.',
        columns: [
          {id: 'gate', title: 'Gate'},
          {id: 'alone', title: 'Accepted by it alone'},
          {id: 'without', title: 'Accepted without it'},
          ...(labelled
            ? [
                {id: 'right-alone', title: 'Right, it alone', unit: 'share' as const},
                {id: 'right-without', title: 'Right, without it', unit: 'share' as const},
              ]
            : []),
        ],
        rows: [...rows, row('all together', together, all)],
        rule: 'gates',
        view: 'all',
      };
    },
    complete(report) {
      const table = ablation.table(report);
      return withTables(report, table === undefined ? [] : [table]);
    },
  };
  return ablation;
}

function rightShare({right, wrong}: Kept): number | null {
  return right + wrong === 0 ? null : right / (right + wrong);
}
