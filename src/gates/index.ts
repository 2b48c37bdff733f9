import type {Gate} from '../api.js';
import agreement from './agreement.js';
import attribution from './attribution.js';
import calibration from './calibration.js';
import composition from './composition.js';
import detector from './detector.js';
import duplication from './duplication.js';
import entailment from './entailment.js';
import findings from './findings.js';
import format from './format.js';
import homogeneity from './homogeneity.js';
import judge from './judge.js';
import novelty from './novelty.js';
import purity from './purity.js';
import refusal from './refusal.js';
import selectionBias from './selection-bias.js';
import selfEval from './self-eval.js';
import support from './support.js';
import synthetic from './synthetic.js';
import tail from './tail.js';
import voice from './voice.js';

/** All bundled gates, in the order in which they judge and are listed. */
const gates: readonly Gate[] = [
  findings,
  novelty,
  agreement,
  attribution,
  refusal,
  support,
  entailment,
  judge,
  selfEval,
  detector,
  calibration,
  duplication,
  tail,
  selectionBias,
  purity,
  composition,
  format,
  homogeneity,
  voice,
  synthetic,
];

export default gates;
