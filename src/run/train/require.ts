import type {OwnFit} from '../../detector/own/fit.js';
import {RunError} from '../error.js';
import type {KeyedText, TrainingSet} from './read.js';

type BothSets<Set> = Readonly<Record<'human' | 'machine', Set>>;

/** Fewer cannot put a score on the human scale, nor be left out to judge it. */
const fewest = 200;

/** @throws RunError that says how many more are needed. */
export function requireEnough(used: BothSets<readonly KeyedText[]>, sets: BothSets<TrainingSet>): void {
  for (const role of ['human', 'machine'] as const) {
    const {length} = used[role];
    if (length >= fewest) continue;
    const {records, repeated} = sets[role];
    throw new RunError(
      `The ${role} set has ${length} distinct records that are not in the other (of ${records} read, ${repeated} repeated): ` +
        `at least ${fewest} are needed, ${fewest - length} more. Add records; 2,000 of each and more are better.`,
    );
  }
}

/** @throws RunError where the detector would be silent on most records. */
export function requireHeard(abstained: OwnFit['abstained'], used: BothSets<readonly KeyedText[]>): void {
  for (const role of ['human', 'machine'] as const) {
    if (used[role].length - abstained[role] >= fewest && abstained[role] <= used[role].length / 2) continue;
    throw new RunError(
      `The detector would abstain on ${abstained[role]} of ${used[role].length} ${role} records: it speaks of texts of 30 words ` +
        'and more in letters of Latin script that are no code and no tables. Nothing was written.',
    );
  }
}
