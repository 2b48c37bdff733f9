import type {MeasureValue} from '../../src/api.js';
import {z95} from '../statistics/proportions.js';
import type {Voice} from './frames.js';

/** What is counted once for each text: its opening, its closing, or each of its frames. */
export type Aspect = 'openings' | 'closings' | 'frames';

export function patternsOf(voice: Voice, aspect: Aspect, words: number): readonly string[] {
  if (aspect === 'frames') return voice.frames;
  return [
    aspect === 'openings' ? voice.opening.slice(0, words).join(' ') : voice.closing.slice(-words).join(' '),
  ];
}

/** How often patterns of one aspect occur in some texts. */
export interface Counted {
  /** The most frequent first. */
  readonly counts: readonly (readonly [pattern: string, texts: number])[];
  /** Texts that have one of the ten most frequent patterns. */
  readonly withTop: number;
}

export function countPatterns(voices: readonly Voice[], aspect: Aspect, words: number): Counted {
  const counts = counted(voices, aspect, words);
  return {counts, withTop: withTop(voices, counts, aspect, words)};
}

function counted(voices: readonly Voice[], aspect: Aspect, words: number): [string, number][] {
  const counts = new Map<string, number>();
  for (const voice of voices) {
    for (const pattern of patternsOf(voice, aspect, words))
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return [...counts].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
}

export const topPatterns = 10;

function withTop(voices: readonly Voice[], counts: Counted['counts'], aspect: Aspect, words: number): number {
  const top = new Set(
    counts
      .slice(0, topPatterns)
      .filter(([, count]) => count > 1)
      .map(([pattern]) => pattern),
  );
  return voices.filter(voice => patternsOf(voice, aspect, words).some(pattern => top.has(pattern))).length;
}

/**
 * Probability that two of so many texts, drawn without putting back, begin alike, by their openings: unbiased at every size. Interval by the
 * delta method for a U-statistic (Hoeffding 1948).
 */
export function collision({counts}: Counted, total: number): MeasureValue {
  const value = counts.reduce((sum, [, count]) => sum + (count * (count - 1)) / (total * (total - 1)), 0);
  const spread = counts.reduce((sum, [, count]) => sum + count * ((count - 1) / (total - 1) - value) ** 2, 0);
  const error = (2 * z95 * Math.sqrt(spread / (total - 1))) / Math.sqrt(total);
  return {value, interval: [Math.max(0, value - error), Math.min(1, value + error)]};
}
