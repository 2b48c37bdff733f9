import {configHash} from '../config/hash.js';
import type {Loaded} from '../config/load.js';
import {activeRoundGates} from '../engine/gates.js';
import {createJudge, type JudgedRow} from '../engine/judge.js';
import {familiesOf, judgeRound, referenceMeasures, reportRecordGates} from '../engine/measures.js';
import {createPlan, isOn, type Plan} from '../engine/plan.js';
import {createTally} from '../engine/tally.js';
import type {Report} from '../report/report.js';
import {RunError} from './error.js';
import {loadExceptions} from './exceptions.js';
import {readEvidence, readRun} from './manifest.js';
import {createMeasureKeeper} from './rejudge-measures.js';
import {registryFor, settingsFor} from './rejudge-settings.js';
import {roundVerdict, withRow, withTables} from './report.js';
import {evidenceOf} from './sidecar.js';
import {createWeighing, writeWeights} from './weights/index.js';

export interface Rejudged {
  readonly report: Report;
  /** Measures of views whose records changed: only a scan can take them again. */
  readonly stale: readonly string[];
  /** Tables and findings on the round that are left out for the same reason, as `id@view`. */
  readonly dropped: readonly string[];
}

export interface RejudgeOptions {
  readonly onRow?: ((row: JudgedRow) => void) | undefined;
  /** Adds to the report. */
  readonly complete?: ((report: Report) => Report) | undefined;
  /** Findings per rule that are listed, where not as many as the config says. */
  readonly maxFindings?: number | undefined;
  /** A file to write importance weights to, where the round passes. */
  readonly weights?: string | undefined;
}

/**
 * Judges a saved run with the levels and gates of another config, from its evidence, without a scan. Gives
 * the verdicts that a scan would give.
 * @throws RunError when only a scan can tell: the config changes what rules look at, or a round gate needs a
 * measure of records that other ones are accepted than before.
 */
export async function rejudge(
  folder: string,
  other: Loaded,
  {onRow, complete = report => report, maxFindings, weights}: RejudgeOptions = {},
): Promise<Rejudged> {
  const saved = readRun(folder);
  const registry = await registryFor(saved.config, other);
  const config = {...saved.config, ...settingsFor(saved, other)};
  const plan = createPlan(config, registry, config.root);
  const exceptions = loadExceptions({
    ...other,
    cwd: other.config.root,
    today: new Date().toISOString().slice(0, 10),
  });
  const judge = createJudge(plan, true, exceptions);
  const tally = createTally(judge.gates, maxFindings ?? config.maxFindings);
  const keeper = createMeasureKeeper(saved.report, plan);
  const weighing = weights === undefined ? undefined : createWeighing(config, registry);
  for await (const line of readEvidence(saved)) {
    const evidence = evidenceOf(line, registry, plan.variants.ruleSets[line.variant]!);
    const {id, hash, place} = evidence;
    if (evidence.malformed !== undefined) {
      tally.malformed({id, path: place.path, line: place.line, ...(hash && {hash})}, evidence.malformed);
      continue;
    }
    const judged = judge.row(evidence);
    keeper.row(line, judged);
    const ref = {id, path: place.path, line: place.line, ...(hash && {hash})};
    tally.record(() => ref, judged.findings, judged.verdict);
    onRow?.(judged);
    weighing?.row(judged);
  }
  const {kept, stale} = keeper.finish();
  const rounds = activeRoundGates(config, registry);
  requireMeasures(folder, rounds, stale);
  const {tables, roundFindings, dropped} = sayAgain(saved.report, plan, keeper);
  for (const {rule, level} of roundFindings) tally.round(rule, level);
  const withBenchmark = saved.report.references.some(({role}) => role === 'benchmark');
  const measures = {
    ...referenceMeasures(rounds, saved.report.references),
    ...tally.flagged(familiesOf(plan, withBenchmark)),
    ...kept,
  };
  const gates = [...reportRecordGates(judge.gates, tally), ...judgeRound(rounds, measures)];
  const met = exceptions?.report(false) ?? [];
  const {exceptions: _, ...before} = saved.report;
  const report: Report = {
    ...before,
    config: {path: null, hash: configHash(config)},
    totals: {...tally.totals},
    limits: {malformed: config.maxMalformed},
    measures,
    ...(saved.report.tables && {tables}),
    ...(saved.report.roundFindings && {roundFindings}),
    gates,
    counts: tally.counts,
    findings: tally.findings.map(withRow),
    ...(met.length > 0 && {exceptions: met}),
    verdict: roundVerdict(config.maxMalformed, tally.totals, gates),
  };
  if (weighing !== undefined && report.verdict === 'pass')
    await writeWeights(weighing, weights!, readEvidence(saved));
  const added = weighing === undefined ? [] : [weighing.table()];
  return {report: withTables(complete(report), added), stale, dropped};
}

/** Tables and findings on the round of rules that are on, at their levels of now, where the records are the same. */
function sayAgain(
  {tables = [], roundFindings = []}: Report,
  plan: Plan,
  {changed}: ReturnType<typeof createMeasureKeeper>,
) {
  const levels = new Map(
    plan.corpusRules.map(({id}) => [id, plan.variants.ruleSets.map(set => set[id]).find(isOn)!.level]),
  );
  const holds = ({rule, view}: {readonly rule: string; readonly view: string}) =>
    levels.has(rule) && !changed(view);
  const gone = ({rule, view}: {readonly rule: string; readonly view: string}) =>
    levels.has(rule) && changed(view);
  return {
    dropped: [
      ...tables.filter(gone).map(({id, view}) => `${id}@${view}`),
      ...roundFindings.filter(gone).map(({rule, view}) => `${rule}@${view}`),
    ],
    tables: tables.filter(holds),
    roundFindings: roundFindings
      .filter(holds)
      .map(
        finding => ({...finding, level: levels.get(finding.rule) === 'error' ? 'error' : 'warn'}) as const,
      ),
  };
}

/** A round must not pass because what would fail it is not known. */
function requireMeasures(
  folder: string,
  gates: ReturnType<typeof activeRoundGates>,
  stale: readonly string[],
): void {
  for (const {gate} of gates) {
    const needed = [...gate.measures, ...(gate.optionalMeasures ?? [])];
    const missing = needed.filter(name => stale.includes(name));
    if (missing.length === 0) continue;
    throw new RunError(
      `\`${folder}\` cannot be judged again with this config: other records are accepted than before, and the gate ` +
        `\`${gate.id}\` needs ${missing.map(name => `\`${name}\``).join(', ')} of them. Scan again with \`collapse filter\`.`,
    );
  }
}
