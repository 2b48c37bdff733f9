import {wilson} from '../../../rules/statistics/proportions.js';
import {areaInterval, areaOf, type Interval} from './curve.js';

/** What a detector says of a record that it did not learn from. */
export interface HeldOut {
  readonly machine: boolean;
  readonly words: number;
  /** Share of human text that looks less like machine text; 0.5 where the detector abstains. */
  readonly judged: number;
}

/** How well it tells records of one length apart. */
export interface Figures {
  /** In words: `50 to 100`. */
  readonly words: string;
  readonly human: number;
  readonly machine: number;
  readonly area: number;
  readonly areaInterval: Interval;
  /** Share of machine records found where one in a hundred human records is flagged; null of too few human records. */
  readonly rate: number | null;
  readonly rateInterval: Interval | null;
}

const lengths = [30, 50, 100, 200, 400, Number.POSITIVE_INFINITY];
/** Fewer say nothing of an area, or of one in a hundred. */
const fewest = 30;
const enoughForRate = 500;

/** Of all records, and of those of each length of which there are enough. */
export function figuresOf(records: readonly HeldOut[]): Figures[] {
  const byLength = lengths.slice(1).map((to, at) => {
    const from = lengths[at]!;
    const name = to === Number.POSITIVE_INFINITY ? `${from} and more` : `${from} to ${to}`;
    return figures(
      name,
      records.filter(({words}) => words >= from && words < to),
    );
  });
  return [figures('all', records), ...byLength].filter(one => one !== undefined);
}

function figures(words: string, records: readonly HeldOut[]): Figures | undefined {
  const human = records.filter(({machine}) => !machine).map(({judged}) => judged);
  const machine = records.filter(one => one.machine).map(({judged}) => judged);
  if (human.length < fewest || machine.length < fewest) return undefined;
  const rated = human.length >= enoughForRate ? rateWithInterval(human, machine, 0.01) : undefined;
  return {
    words,
    human: human.length,
    machine: machine.length,
    area: areaOf(human, machine),
    areaInterval: areaInterval(human, machine),
    rate: rated?.rate ?? null,
    rateInterval: rated?.interval ?? null,
  };
}

/**
 * Share of the machine records above the score that a share `fpr` of the human ones exceeds. The interval lets the
 * threshold go as far as the rank of a human record may by chance, and adds the share's own (Wilson): at least 95 %.
 */
export function rateWithInterval(
  human: readonly number[],
  machine: readonly number[],
  fpr: number,
): {readonly rate: number; readonly interval: Interval} {
  const sorted = [...human].sort((one, other) => other - one);
  const middle = fpr * human.length;
  const away = 1.96 * Math.sqrt(middle * (1 - fpr));
  const foundAt = (rank: number) => {
    const threshold = rank < 0 ? sorted[0]! : sorted[Math.min(sorted.length - 1, Math.floor(rank))]!;
    return machine.filter(score => score > threshold).length;
  };
  return {
    rate: foundAt(middle) / machine.length,
    interval: [
      wilson(foundAt(middle - away), machine.length)[0],
      wilson(foundAt(middle + away), machine.length)[1],
    ],
  };
}
