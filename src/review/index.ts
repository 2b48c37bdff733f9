import type {Registry} from '../config/registry.js';
import {readDecisions} from '../decisions/file.js';
import {settle} from '../decisions/settled.js';
import {referenceSpreads, type Spread} from '../report/spread.js';
import {evidenceReader, placedEvidence} from '../run/evidence-index.js';
import type {SavedRun} from '../run/manifest.js';
import {createRecordFinder} from '../run/record-finder.js';
import {collect} from './collect.js';
import type {SignalSpread} from './detail.js';
import {createLoader} from './loader.js';
import {createSaver, earlierMarks, type Reviewer} from './record.js';
import {reviewedOf} from './reviewed.js';
import {blindSample} from './sample.js';
import {startState} from './state.js';
import {ruleStats} from './stats.js';
import {renderStats} from './stats-text.js';

export interface ReviewOptions {
  readonly reviewer: Reviewer;
  /** Where paths of records may be relative to. */
  readonly folders: readonly string[];
  readonly blind?: {readonly size: number; readonly seed: string} | undefined;
}

/** Everything that a review of a saved run needs, whatever it is shown on. `close` when it is over. */
export async function openReview(run: SavedRun, {reviewer, folders, blind}: ReviewOptions) {
  const sample = blind && (await blindSample(placedEvidence(run), blind.size, blind.seed));
  const {cases, records, spreads} = await collect(
    placedEvidence(run),
    sample && (({row}) => sample.rows.has(row)),
  );
  const shown = sample === undefined ? cases : shuffled(cases, sample.rank);
  const evidence = evidenceReader(run);
  const finder = createRecordFinder(folders, run.config);
  return {
    records,
    cases: shown,
    initial: startState(shown, {marks: earlierMarks(reviewer), blind: sample !== undefined}),
    spreads: beside(spreads, referenceSpreads(run.report.references)),
    loader: createLoader(evidence, finder),
    save: createSaver(reviewer),
    folders,
    close() {
      evidence.close();
      finder.close();
    },
  };
}

/** The round's spreads with the reference's, where those are known. */
function beside(
  spreads: ReadonlyMap<string, Spread>,
  references: ReadonlyMap<string, Spread>,
): Map<string, SignalSpread> {
  const both = [...spreads].map(([name, {range, below, bars}]) => {
    const reference = references.get(name);
    return [name, {range, below, bars, ...(reference && {reference})}] as const;
  });
  return new Map(both);
}

function shuffled<One extends {readonly hash: string}>(
  all: readonly One[],
  rank: (one: One) => string,
): One[] {
  const ranks = new Map(all.map(one => [one, rank(one)]));
  return [...all].sort((a, b) => (ranks.get(a)! < ranks.get(b)! ? -1 : 1));
}

/** What all reviewers' decisions say of the rules, as text. */
export async function reviewStats(run: SavedRun, file: string, {rules}: Registry): Promise<string> {
  const signals = new Map([...rules.values()].map(rule => [rule.id, Object.keys(rule.signals ?? {})]));
  const settled = settle(readDecisions(file));
  const {reviewed, strata, conflicts} = await reviewedOf(placedEvidence(run), settled, signals);
  return renderStats(ruleStats(reviewed, strata), strata, reviewed.length, conflicts);
}
