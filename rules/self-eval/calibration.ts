import {defineCorpusRule} from '../../src/api.js';
import {auroc, calibrationError, overConfidence} from './auroc.js';
import {createSelfEvalReader, type SelfEvalOptions, selfEvalOptions} from './parse.js';

/** Scores are counted to a hundredth. */
const bins = 101;
interface Counts {
  readonly right: Float64Array;
  readonly wrong: Float64Array;
}

const readers = new WeakMap<object, ReturnType<typeof createSelfEvalReader>>();
function readerOf(options: SelfEvalOptions) {
  const reader = readers.get(options) ?? createSelfEvalReader(options);
  readers.set(options, reader);
  return reader;
}

function addTo(into: Counts, from: Counts, sign: 1 | -1): void {
  for (let bin = 0; bin < bins; bin++) {
    into.right[bin]! += sign * from.right[bin]!;
    into.wrong[bin]! += sign * from.wrong[bin]!;
  }
}

export default defineCorpusRule({
  id: 'self-eval/calibration',
  summary:
    'Measures whether the scores that a model gave its own answers tell right answers from wrong ones.',
  why: 'A model that cannot tell its right answers from its wrong ones selects by its taste: arXiv:2406.07515 finds that selection by a model without such knowledge performs like random selection. Post-Completion Learning (arXiv:2507.20252) trains for the consistency of the two; whether it is there has to be measured.',
  advice:
    'Do not gate on a score that does not discriminate: train it further, or take a verifier, a vote or another judge.',
  details:
    'Of the records with a readable score and a known reward (`truth`; right is 0.5 and more of the scale): `self-eval.auroc`, the chance that a right answer has a higher score than a wrong one, 0.5 is chance, with its interval (Hanley and McNeil); `self-eval.ece`, the expected calibration error over ten stretches of the score; `self-eval.over-confidence`, the mean score less the share of right answers. The gate `calibration` reads the first. Scores are counted to a hundredth.',
  since: '0.2.0',
  recommended: 'off',
  version: 1,
  views: ['all'],
  options: selfEvalOptions,
  messages: {
    blind:
      'The model’s own scores do not tell right answers from wrong ones: AUROC {{auroc}} ({{low}} to {{high}}) on {{records}} answers, 0.5 is chance. Do not gate on them',
    confident:
      'The model thinks better of its answers than they are: mean score {{over}} above the share of right ones',
  },
  measures: {
    'self-eval.auroc': 'Chance that a right answer has a higher score of its own than a wrong one.',
    'self-eval.ece': {description: 'Expected calibration error of the scores.', unit: 'share'},
    'self-eval.over-confidence': 'Mean score less the share of right answers.',
  },
  init: (): Counts => ({right: new Float64Array(bins), wrong: new Float64Array(bins)}),
  observe(counts, {response, text, fields}, {options}) {
    const {score, truth} = readerOf(options)(response ?? text, fields);
    if (typeof score !== 'number' || truth === undefined) return;
    (truth >= 0.5 ? counts.right : counts.wrong)[Math.round(score * (bins - 1))]!++;
  },
  merge: (into, from) => addTo(into, from, 1),
  subtract: (from, what) => addTo(from, what, -1),
  measure(counts, _, {report}) {
    const estimate = auroc(counts);
    if (estimate === undefined) return {};
    const over = overConfidence(counts);
    const records = [...counts.right, ...counts.wrong].reduce((total, count) => total + count, 0);
    const [low, high] = estimate.interval;
    if (low <= 0.5) report({messageId: 'blind', data: {auroc: estimate.value, low, high, records}});
    if (over > 0.1) report({messageId: 'confident', data: {over}});
    return {
      'self-eval.auroc': estimate,
      'self-eval.ece': {value: calibrationError(counts)},
      'self-eval.over-confidence': {value: over},
    };
  },
  encode: ({right, wrong}) => new TextEncoder().encode(JSON.stringify([[...right], [...wrong]])),
  decode(bytes) {
    const [right, wrong] = JSON.parse(new TextDecoder().decode(bytes)) as [number[], number[]];
    return {right: Float64Array.from(right), wrong: Float64Array.from(wrong)};
  },
});
