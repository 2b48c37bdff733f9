import {mix} from './hash';
import {align, words} from './memory';

let fingerprints: usize = 0;

export function fingerprintsAt(): usize { return fingerprints; }

const RUN: u32 = 6;
const MULTIPLIER: u32 = 0x08088405;

/**
 * Winnowing: of every `window` consecutive runs of 6 words the one with the least hash. Returns how many. A
 * window of 1 keeps all runs. The least of every window comes from running minima within blocks of the
 * window's size, forwards and backwards (van Herk 1992), without a branch per run.
 */
export function winnow(count: u32, window: u32): u32 {
  fingerprints = align(words + (<usize>count << 2) + 16);
  if (count < RUN) return 0;
  const total = count - RUN + 1;
  const runs = align(fingerprints + (<usize>total << 2) + 32);
  const backwards = align(runs + (<usize>total << 2) + 32);
  // MULTIPLIER to the power of RUN - 1 takes the oldest word out of the rolling hash.
  let oldest: u32 = 1;
  for (let power: u32 = 1; power < RUN; power++) oldest *= MULTIPLIER;
  let rolling: u32 = 0;
  for (let index: u32 = 0; index < RUN - 1; index++) {
    rolling = rolling * MULTIPLIER + load<u32>(words + (<usize>index << 2));
  }
  for (let index: u32 = 0; index < total; index++) {
    const at = words + (<usize>index << 2);
    rolling = rolling * MULTIPLIER + load<u32>(at, (RUN - 1) * 4);
    store<u32>(runs + (<usize>index << 2), mix(rolling));
    rolling -= load<u32>(at) * oldest;
  }
  if (total <= window) {
    let least: u32 = -1;
    for (let index: u32 = 0; index < total; index++) least = min(least, load<u32>(runs + (<usize>index << 2)));
    store<u32>(fingerprints, least);
    return 1;
  }
  for (let block: u32 = 0; block < total; block += window) {
    let least: u32 = -1;
    for (let index = min(block + window, total); index > block; index--) {
      least = min(least, load<u32>(runs + (<usize>(index - 1) << 2)));
      store<u32>(backwards + (<usize>(index - 1) << 2), least);
    }
  }
  let to = fingerprints;
  let previous: u32 = 0;
  let first = true;
  for (let block: u32 = 0; block + window <= total; block += window) {
    // The window that begins at `start` ends in the next block, whose minimum so far is `forwards`.
    let forwards: u32 = -1;
    const stop = min(window, total - window + 1 - block);
    for (let offset: u32 = 0; offset < stop; offset++) {
      const start = block + offset;
      if (offset > 0) forwards = min(forwards, load<u32>(runs + (<usize>(start + window - 1) << 2)));
      const least = min(forwards, load<u32>(backwards + (<usize>start << 2)));
      store<u32>(to, least);
      to += <usize>(least != previous || first) << 2;
      previous = least;
      first = false;
    }
  }
  return <u32>((to - fingerprints) >>> 2);
}
