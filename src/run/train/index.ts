import {createHash} from 'node:crypto';
import type {Loaded} from '../../config/load.js';
import type {Figures} from '../../detector/own/figures.js';
import {fitOwn, type OwnFit} from '../../detector/own/fit.js';
import {groupByPassages} from '../../detector/own/passages.js';
import {type Difference, findDifferences, sharedDifference} from '../../detector/own/refusal.js';
import {type KeyedText, readSet} from './read.js';
import {requireEnough, requireHeard} from './require.js';
import {freePlace, writeAtomically} from './write.js';

export type {Difference, Figures};

export interface TrainRunOptions {
  readonly cwd: string;
  readonly human: readonly string[];
  readonly machine: readonly string[];
  /** File to write. Default: `style.detector` beside the first profile that the config names, else beside the config. */
  readonly out?: string | undefined;
  readonly overwrite?: boolean | undefined;
  /** Train even where the sets differ by something trivial: the file says so. */
  readonly force?: boolean | undefined;
  /** Field path of the kind of text (a domain). Default: the records' source; empty: none. */
  readonly kind?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: string) => void) | undefined;
}

/** One set as it was used. */
export interface SetReport {
  readonly records: number;
  readonly repeated: number;
  readonly malformed: number;
  /** Left out: they stand in the other set too. */
  readonly shared: number;
  /** Of a larger set a sample. */
  readonly used: number;
  readonly abstained: number;
}

export interface TrainReport {
  readonly version: 1;
  readonly human: SetReport;
  readonly machine: SetReport;
  /** What tells the sets apart without any style. Where there is something, only `force` trains. */
  readonly differences: readonly Difference[];
  /** Null where nothing was trained. */
  readonly trained: (Omit<OwnFit, 'file' | 'abstained'> & Written) | null;
}

interface Written {
  /** As it is named from the working folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Records of each set that are learnt from at most: more add little and take longer. */
const most = 40_000;

/**
 * Trains a detector for the generator that wrote the machine records, and writes it.
 * @throws RunError for too few records, or a file that is in the way; InputError for what cannot be read.
 */
export async function train(loaded: Loaded, options: TrainRunOptions): Promise<TrainReport> {
  const {force = false, onStep} = options;
  const place = freePlace(loaded, options);
  const sets = {
    human: await readSet(loaded, 'human', options.human, {...options, most}),
    machine: await readSet(loaded, 'machine', options.machine, {...options, most}),
  };
  const {human, machine, groups, shared} = apart(sets.human.texts, sets.machine.texts);
  requireEnough({human, machine}, sets);
  onStep?.(`${human.length} human and ${machine.length} machine records`);
  const both = sharedDifference(shared, Math.min(sets.human.texts.length, sets.machine.texts.length));
  const differences = [
    ...(both ? [both] : []),
    ...findDifferences(human, machine, index => groups[index]! & 1, options.kind || 'source'),
  ];
  const report = (role: 'human' | 'machine', used: readonly KeyedText[], abstained = 0): SetReport => {
    const {records, repeated, malformed, texts} = sets[role];
    return {records, repeated, malformed, shared: texts.length - used.length, used: used.length, abstained};
  };
  if (differences.length > 0 && !force) {
    return {
      version: 1,
      human: report('human', human),
      machine: report('machine', machine),
      differences,
      trained: null,
    };
  }
  const fit = fitOwn(human, machine, groups, aboutOf(human, machine, differences), onStep);
  options.signal?.throwIfAborted();
  const {file, abstained, ...figures} = fit;
  requireHeard(abstained, {human, machine});
  writeAtomically(place.path, file);
  const sha256 = createHash('sha256').update(file).digest('hex');
  return {
    version: 1,
    human: report('human', human, abstained.human),
    machine: report('machine', machine, abstained.machine),
    differences,
    trained: {...figures, file: place.shown, bytes: file.length, sha256},
  };
}

/** The sets without what stands in both, and which of their texts share passages. */
function apart(human: readonly KeyedText[], machine: readonly KeyedText[]) {
  const all = [...human, ...machine];
  const {groups, copies} = groupByPassages(all.map(({text}) => text));
  const inHuman = new Set(human.map(({key}) => key));
  const same = new Set(machine.filter(({key}) => inHuman.has(key)).map(({key}) => key));
  const isMachine = (index: number) => index >= human.length;
  const crossing = copies.filter(([one, other]) => isMachine(one) !== isMachine(other)).flat();
  const out = new Set([...crossing, ...all.flatMap(({key}, index) => (same.has(key) ? [index] : []))]);
  const kept = all.map((_, index) => index).filter(index => !out.has(index));
  return {
    human: kept.filter(index => !isMachine(index)).map(index => all[index]!),
    machine: kept.filter(isMachine).map(index => all[index]!),
    groups: Uint32Array.from(kept, index => groups[index]!),
    shared: [...out].filter(isMachine).length,
  };
}

/** What the file says of itself: no paths and no time, so that the same records give the same bytes. */
function aboutOf(
  human: readonly KeyedText[],
  machine: readonly KeyedText[],
  differences: readonly Difference[],
): string {
  const digest = createHash('sha256');
  for (const set of [human, machine]) for (const {key} of set) digest.update(key);
  const records = digest.digest('hex').slice(0, 16);
  const forced =
    differences.length === 0 ? '' : `; forced although ${differences.map(({what}) => what).join('; ')}`;
  return `collapse train: ${human.length} human and ${machine.length} machine records (${records})${forced}`;
}
