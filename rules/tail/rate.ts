import {type Estimate, jackknife} from './rarefaction.js';
import type {Spectrum} from './spectrum.js';
import {firstGroup, judgedTokens, judging, placeOf} from './types.js';

/**
 * Share of the tokens of the judging groups that are words of a tail, of those words under `limit`, which the
 * samples of both sides know. The variance is that of a jackknife over groups, by the records that hold the
 * words: tokens are not counted by group, and go with the records.
 */
export function rateOf(keys: Uint32Array, {words, tokens, sizes}: Spectrum, limit: number): Estimate {
  let found = 0;
  let held = 0;
  const byGroup = new Float64Array(judging);
  for (const key of keys) {
    const at = key < limit ? placeOf(words, key) : -1;
    if (at < 0) continue;
    found += words.counts[at + judgedTokens]!;
    for (let group = 0; group < judging; group++) {
      const records = words.counts[at + firstGroup + group]!;
      held += records;
      byGroup[group]! += records;
    }
  }
  const all = tokens.reduce((sum, count) => sum + count, 0);
  // Words were sampled by their hash: each stands for so many.
  const value = ((found / all) * 2 ** 32) / limit;
  if (held === 0) return {value: all === 0 ? Number.NaN : 0, variance: 0, freedom: 1};
  const changes = byGroup.map((own, group) => {
    const left = all - tokens[group]!;
    return left === 0 ? 0 : (value * (held - own) * all) / (held * left) - value;
  });
  return {value, ...jackknife(changes, sizes)};
}
