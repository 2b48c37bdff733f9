import type {SettledDecisions} from '../decisions/settled.js';
import type {PlacedLine} from '../run/evidence-index.js';
import {isOpen} from '../run/open-record.js';
import type {EvidenceLine} from '../run/sidecar.js';
import type {Reviewed, Strata} from './stats.js';

/** What was decided about the records of a run. `signals` names, by rule, the signals that it gives. */
export async function reviewedOf(
  lines: AsyncIterable<PlacedLine>,
  decisions: SettledDecisions,
  signals: ReadonlyMap<string, readonly string[]>,
): Promise<{readonly reviewed: Reviewed[]; readonly strata: Strata; readonly conflicts: number}> {
  const reviewed: Reviewed[] = [];
  let flagged = 0;
  let others = 0;
  let conflicts = 0;
  for await (const {line} of lines) {
    if (line.verdict === 'malformed') continue;
    const open = isOpen(line);
    if (open) flagged++;
    else others++;
    const settled = decisions.get(line.hash);
    if (settled === undefined) continue;
    const {verdict, waived, conflict} = settled;
    if (conflict.length > 0) conflicts++;
    if (verdict === undefined && waived.size === 0) continue;
    const rules = [...new Set(line.findings.map(({rule}) => rule))];
    reviewed.push({
      rules,
      flagged: open,
      bad: verdict?.decision === 'reject',
      waived: [...waived.keys()],
      blind: verdict?.rule === '*',
      scores: Object.fromEntries(
        rules.flatMap(rule => {
          const score = scoreOf(line, rule, signals.get(rule) ?? []);
          return score === undefined ? [] : [[rule, score]];
        }),
      ),
    });
  }
  return {reviewed, strata: {flagged, others}, conflicts};
}

/** A pair rule goes by a similarity; another by its signal, where it gives one only. */
function scoreOf(
  {findings, signals}: EvidenceLine,
  rule: string,
  names: readonly string[],
): number | undefined {
  const similar = findings
    .filter(finding => finding.rule === rule)
    .flatMap(({related = []}) => related.map(({similarity}) => similarity));
  if (similar.length > 0) return Math.max(...similar);
  const value = names.length === 1 ? signals[names[0]!] : undefined;
  return typeof value === 'number' ? value : undefined;
}
