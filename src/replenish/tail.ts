import type {Estimate} from '../../rules/tail/rarefaction.js';
import {countRecord, createSpectrum, mergeSpectra, type Spectrum} from '../../rules/tail/spectrum.js';
import {choicesOf, survive, tailOf} from '../../rules/tail/survive.js';
import {chosenTokens, judgedTokens, keysOf, placeOf, wordKey} from '../../rules/tail/types.js';

export {countRecord, createSpectrum, type Spectrum} from '../../rules/tail/spectrum.js';

/** Rare words by which records are chosen, and others, by which the choice is judged. */
export interface SplitTail {
  readonly chosenBy: Uint32Array;
  readonly judgedOn: Uint32Array;
}

/**
 * Parts the tail so that the choice cannot flatter itself: of the words, split by hash, those of one half choose
 * and those of the other judge. Those that judge are of the tail as tail/survival defines it, by one part of the
 * reference, and are looked for in another part of the round. Those that choose are rare in all of the reference
 * alike, so that the choice takes records of no part of it rather than of another: of a mix as large a part is
 * judged as of the round.
 */
export function splitTail({words}: Spectrum, share: number): SplitTail {
  const keys = keysOf(words);
  const tokens = keys.map(key => {
    const at = placeOf(words, key);
    return words.counts[at + chosenTokens]! + words.counts[at + judgedTokens]!;
  });
  return {
    chosenBy: tailOf({keys, tokens}, share).keys.filter(key => key % 2 === 0),
    judgedOn: tailOf(choicesOf(words), share).keys.filter(key => key % 2 === 1),
  };
}

/** Rare words that no record has. What the sample of the round's words leaves out is not known. */
export function missingFrom({words}: Spectrum, keys: Uint32Array): Uint32Array {
  return keys.filter(key => key < words.limit && placeOf(words, key) < 0);
}

/** Which of these words, given by key with a number each, a record has: their numbers, each once. */
export function wordsAmong(hashes: Uint32Array, numbers: ReadonlyMap<number, number>): Uint32Array {
  const found = new Set<number>();
  for (let index = 0; index < hashes.length; index++) {
    const number = numbers.get(wordKey(hashes[index]!));
    if (number !== undefined) found.add(number);
  }
  return Uint32Array.from(found).sort();
}

/** A round with more records, given by the hashes of their words. */
export function withRecords(round: Spectrum, records: readonly Uint32Array[]): Spectrum {
  const added = createSpectrum();
  for (const hashes of records) countRecord(added, hashes);
  mergeSpectra(added, round);
  return added;
}

/** Survival of rare words in a round. */
export interface TailState {
  /** Rare words that it was measured on. */
  readonly words: number;
  /** Share of them that the round has. */
  readonly survival: number;
  /** Share that an honest sample of the reference has at the same number of records. */
  readonly expected: number;
  /** The first over the second: what `--target` is about. */
  readonly share: number;
  /** Of `share`, at 95 %: the chance of both. */
  readonly interval: readonly [low: number, high: number];
}

/** Undefined for too few records or too few rare words to say anything. */
export function stateOf(round: Spectrum, reference: Spectrum, keys: Uint32Array): TailState | undefined {
  const measured = survive('words', keys, round, reference);
  if (measured === undefined || measured.reference.value === 0) return undefined;
  const {round: own, reference: expected} = measured;
  const share = own.value / expected.value;
  const spread = 1.96 * share * Math.hypot(relative(own), relative(expected));
  return {
    words: keys.length,
    survival: own.value,
    expected: expected.value,
    share,
    interval: [Math.max(0, share - spread), share + spread],
  };
}

/** Standard error as a part of the value: the delta method for a ratio. */
function relative({value, variance}: Estimate): number {
  return value === 0 ? 0 : Math.sqrt(variance) / value;
}

/** How many numbers are tried before the first that holds is narrowed down. */
const tries = 64;

/**
 * A small number in [0, most] for which `holds`, and not for the one before it; undefined for none found.
 * What is measured on records wavers as one comes to others, so the first of evenly spaced ones is sought.
 */
export function least(most: number, holds: (number: number) => boolean): number | undefined {
  const step = Math.max(1, Math.ceil(most / tries));
  let high = 0;
  while (!holds(high)) {
    if (high === most) return undefined;
    high = Math.min(most, high + step);
  }
  let low = Math.max(0, high - step + 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
