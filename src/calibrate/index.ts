import type {Loaded} from '../config/load.js';
import {readDecisions} from '../decisions/file.js';
import {settle} from '../decisions/settled.js';
import {isOpen} from '../review/collect.js';
import {placedEvidence} from '../run/evidence-index.js';
import type {SavedRun} from '../run/manifest.js';
import type {EvidenceLine} from '../run/sidecar.js';
import {type Calibrated, calibrateTarget, type Goal} from './choose.js';
import type {Labelled} from './estimate.js';
import type {Labels} from './labels.js';
import {type Target, targetsOf} from './targets.js';

export type {Calibrated, Goal} from './choose.js';

export interface Calibration {
  readonly version: 1;
  readonly goal: Goal;
  /** Where the labels are from: a field, a blind sample that stands for all records, or what people chose to review. */
  readonly from: 'labels' | 'blind' | 'reviewed';
  /** Records of the run, and those with a label. */
  readonly records: number;
  readonly labelled: number;
  readonly limits: readonly Calibrated[];
}

export interface CalibrateOptions {
  readonly goal: Goal;
  /** Rules, gates or single options; empty: all. */
  readonly only: readonly string[];
  /** By record hash; or the file of decisions. */
  readonly labels: Labels | {readonly decisions: string};
}

interface Known {
  readonly line: EvidenceLine;
  readonly bad: boolean;
  readonly blind: boolean;
  /** Rules of which a person said that they do not count here. */
  readonly waived: ReadonlySet<string>;
}

/** Flagged records, others: what a blind sample is drawn from. */
const strataNames = 2;

/** Finds limits for the rules and gates of a run from what people said of its records. */
export async function calibrate(
  {config, registry}: Loaded,
  run: SavedRun,
  options: CalibrateOptions,
): Promise<Calibration> {
  const {goal, only, labels} = options;
  const decide = deciderOf(labels);
  const strata = new Array<number>(strataNames).fill(0);
  const signals = new Set<string>();
  const all: Known[] = [];
  let records = 0;
  for await (const {line} of placedEvidence(run)) {
    if (line.verdict === 'malformed') continue;
    records++;
    strata[isOpen(line) ? 0 : 1]!++;
    for (const name of Object.keys(line.signals)) signals.add(name);
    const known = decide(line);
    if (known !== undefined) all.push({...known, line});
  }
  const blind = all.filter(one => one.blind);
  const from = !('decisions' in labels) ? 'labels' : blind.length > 0 || 'fpr' in goal ? 'blind' : 'reviewed';
  const used = from === 'blind' ? blind : all;
  const sizes = from === 'blind' ? strata : [records];
  const targets = targetsOf(registry, config, signals, only);
  return {
    version: 1,
    goal,
    from,
    records,
    labelled: used.length,
    limits: targets.map(target =>
      calibrateTarget(
        target,
        used.map(one => labelledBy(target, one, from === 'blind')),
        sizes,
        goal,
      ),
    ),
  };
}

function deciderOf(
  labels: CalibrateOptions['labels'],
): (line: EvidenceLine) => Omit<Known, 'line'> | undefined {
  if (!('decisions' in labels)) {
    return ({hash}) => {
      const bad = labels.get(hash);
      return bad === undefined ? undefined : {bad, blind: false, waived: new Set()};
    };
  }
  const settled = settle(readDecisions(labels.decisions));
  return ({hash}) => {
    const known = settled.get(hash);
    if (known === undefined || (known.verdict === undefined && known.waived.size === 0)) return undefined;
    return {
      bad: known.verdict?.decision === 'reject',
      // A random sample is shown without a rule, so a decision on it is about none.
      blind: known.verdict?.rule === '*',
      waived: new Set(known.waived.keys()),
    };
  };
}

function labelledBy(
  {id, signal, badness}: Target,
  {line, bad, waived}: Known,
  stratified: boolean,
): Labelled {
  const value = line.signals[signal];
  return {
    bad: bad && !waived.has(id),
    score: typeof value === 'number' ? badness(value) : undefined,
    stratum: stratified && !isOpen(line) ? 1 : 0,
  };
}
