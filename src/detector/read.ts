import type {StyleReading} from '../api.js';
import {bundledDetector} from './bundled.js';
import type {Detector} from './detector.js';
import {explain} from './explain.js';

/** The feature `style` of a text. */
export function readStyle(text: string, detector: Detector = bundledDetector()): StyleReading {
  const seen = detector.analyse(text);
  if ('abstains' in seen) return seen;
  return {
    score: seen.score,
    percentile: seen.percentile,
    explain() {
      const {traits, spans} = explain(detector, text);
      return {
        traits: traits.map(({trait}) => trait),
        spans: spans.map(({start, end}) => ({part: 'text', start, end})),
      };
    },
  };
}
