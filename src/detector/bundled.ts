import {existsSync, readFileSync} from 'node:fs';
import {createDetector, type Detector} from './detector.js';
import {decodeWeights, type Weights} from './weights.js';

/** What scores by the detector of the package are marked with: those of another one cannot be held against them. */
export const bundledMark = 'style-2';
const file = `weights/${bundledMark}.bin`;
let weights: Weights | undefined;
let detector: Detector | undefined;

/** The weights of the package, which stand above `dist` and above `src` alike. Read and checked once a thread. */
export function bundledWeights(): Weights {
  weights ??= decodeWeights(readFileSync(bundledWeightsPath()));
  return weights;
}

export function bundledWeightsPath(): URL {
  for (const up of ['../../', '../../../']) {
    const path = new URL(up + file, import.meta.url);
    if (existsSync(path)) return path;
  }
  throw new Error(`\`${file}\` is missing: the package is not complete. Install it again.`);
}

/** One detector a thread, with the weights of the package. */
export function bundledDetector(): Detector {
  detector ??= createDetector(bundledWeights());
  return detector;
}
