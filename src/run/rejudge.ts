import {createReadStream} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import type {RuleSetting} from '../config/config.js';
import {configHash} from '../config/hash.js';
import type {Loaded} from '../config/load.js';
import {loadRegistry} from '../config/registry.js';
import {activeRoundGates} from '../engine/gates.js';
import {createJudge, type JudgedRow} from '../engine/judge.js';
import {familiesOf, judgeRound, reportRecordGates} from '../engine/measures.js';
import {createPlan} from '../engine/plan.js';
import {createTally} from '../engine/tally.js';
import type {Measure, Report} from '../report/report.js';
import {RunError} from './error.js';
import {evidenceName, readRun, type SavedRun} from './manifest.js';
import {roundVerdict} from './report.js';
import {type EvidenceLine, evidenceOf} from './sidecar.js';

export interface Rejudged {
  readonly report: Report;
  /** Measures of views whose records changed: only a scan can take them again. */
  readonly stale: readonly string[];
}

/**
 * Judges a saved run with the levels and gates of another config, from its evidence, without a scan. Gives
 * the verdicts that a scan would give.
 * @throws RunError when the config changes what rules look at: then only a scan can tell.
 */
export async function rejudge(
  folder: string,
  other: Loaded,
  onRow?: (row: JudgedRow) => void,
): Promise<Rejudged> {
  const saved = readRun(folder);
  const registry = await loadRegistry(saved.config.plugins);
  const config = {
    ...saved.config,
    rules: mergeLevels(saved, other),
    gates: other.config.gates,
    maxMalformed: other.config.maxMalformed,
    maxFindings: other.config.maxFindings,
    failOn: other.config.failOn,
  };
  const plan = createPlan(config, registry, config.root);
  const judge = createJudge(plan, true);
  const tally = createTally(judge.gates, config.maxFindings);
  let sameAccepted = true;
  for await (const text of createInterface({input: createReadStream(join(folder, evidenceName))})) {
    const line = JSON.parse(text) as EvidenceLine;
    const evidence = evidenceOf(line, registry);
    const {id, hash, place} = evidence;
    if (evidence.malformed !== undefined) {
      tally.malformed({id, path: place.path, line: place.line}, evidence.malformed);
      continue;
    }
    const findings = evidence.findings.flatMap(finding => {
      const level = config.rules[finding.rule]?.level ?? finding.level;
      return level === 'off' ? [] : [{...finding, level}];
    });
    const judged = judge.row({...evidence, findings});
    sameAccepted &&= (judged.verdict.verdict === 'accept') === (line.verdict === 'accept');
    tally.record(
      {id, path: place.path, line: place.line, ...(hash && {hash})},
      judged.findings,
      judged.verdict,
    );
    onRow?.(judged);
  }
  const kept: Record<string, Measure> = {};
  const stale: string[] = [];
  for (const [name, measure] of Object.entries(saved.report.measures)) {
    if (name.startsWith('flagged.')) continue;
    if (measure.view === 'all' || sameAccepted) kept[name] = measure;
    else stale.push(name);
  }
  const withBenchmark = saved.report.references.some(({role}) => role === 'benchmark');
  const measures = {...tally.flagged(familiesOf(plan, withBenchmark)), ...kept};
  const gates = [
    ...reportRecordGates(judge.gates, tally),
    ...judgeRound(activeRoundGates(config, registry), measures),
  ];
  const report: Report = {
    ...saved.report,
    config: {path: null, hash: configHash(config)},
    totals: {...tally.totals},
    measures,
    gates,
    counts: tally.counts,
    findings: tally.findings,
    verdict: roundVerdict(config.maxMalformed, tally.totals, gates),
  };
  return {report, stale};
}

/** Levels may change; what a rule looks at may not, nor may a rule be on that was off during the scan. */
function mergeLevels({config, folder}: SavedRun, other: Loaded): Record<string, RuleSetting> {
  const merged: Record<string, RuleSetting> = {};
  const problems: string[] = [];
  for (const [id, saved] of Object.entries(config.rules)) {
    const wanted = other.config.rules[id] ?? saved;
    if (wanted.level !== 'off' && saved.level === 'off') problems.push(`\`${id}\` was off during the scan`);
    else if (wanted.level !== 'off' && JSON.stringify(wanted.options) !== JSON.stringify(saved.options)) {
      problems.push(`\`${id}\` has other options than during the scan`);
    }
    merged[id] = {...saved, level: wanted.level};
  }
  if (JSON.stringify(config.overrides) !== JSON.stringify(other.config.overrides))
    problems.push('`overrides` differ');
  if (problems.length > 0) {
    throw new RunError(
      `\`${folder}\` cannot be judged again with this config: ${problems.join('; ')}. Scan again with \`collapse filter\`.`,
    );
  }
  return merged;
}
