import type {PresetConfig} from '../api.js';

/**
 * The filters of published systems, each reading its own rows and deciding by its published thresholds. What
 * we add to a system are findings: they never change its decision. docs/presets has a page for each.
 */
export const published = {
  /** arXiv:2305.17493: keep rare words, and a tenth of human records. */
  recursion: {
    rules: {
      'tail/survival': 'warn',
      'composition/origins': 'warn',
      'selection/keep-rate': 'warn',
      ...withoutRepeats(),
    },
    gates: {tail: 'on', composition: 'on', duplication: 'off'},
  },
  /** arXiv:2510.22954. */
  hivemind: {
    rules: {
      'homogeneity/models': 'warn',
      'homogeneity/voice': 'warn',
      'homogeneity/prompt': 'warn',
      ...withoutRepeats(),
    },
    gates: {homogeneity: 'on', duplication: 'off'},
  },
  /** arXiv:2504.07912. */
  'echo-chamber': {
    rules: {
      'format/concentration': 'warn',
      'format/suppressed': 'warn',
      'format/winner-not-best': 'warn',
      ...withoutRepeats(),
    },
    gates: {format: 'on', duplication: 'off'},
  },
  /** arXiv:2512.22199: entailment at least 0.65, a citation of a source, novelty above 0.10. */
  'bidirectional-rag': {
    fields: {id: 'query_id', prompt: 'query', response: 'response'},
    rules: {
      'grounding/entailment': ['warn', {field: ['grounding_score']}],
      'provenance/fabricated-citation': ['warn', {sources: ['retrieved_ids'], brackets: 'all'}],
      'novelty/score': ['warn', {field: ['novelty_score']}],
      'grounding/refusal': 'warn',
      // Repeats within a run are reported, as the published filter does not look for them.
      'duplicate/exact': 'warn',
      'duplicate/near': 'warn',
      'duplicate/contained': 'warn',
    },
    gates: {
      entailment: {minimum: 0.65},
      attribution: {citations: 'paper'},
      novelty: {minimum: 0, semantic: 0.1},
      duplication: 'off',
    },
  },
  /** arXiv:2508.03682: the answer of the majority, and more than one vote but not all. */
  'self-questioning': {
    rules: {'agreement/prompt': ['warn', {extract: ['tag', 'boxed', 'number']}], ...withoutRepeats()},
    gates: {agreement: {minimum: 0, votes: 2, unanimous: 'drop', onAbstain: 'reject'}, duplication: 'off'},
  },
  /** arXiv:2604.27660: every rubric passes. */
  ctx2skill: {
    rules: {
      'judge/verdict': 'warn',
      'judge/self-judging': 'warn',
      'judge/agreement': 'warn',
      ...withoutRepeats(),
    },
    gates: {judge: {need: 'all'}, duplication: 'off'},
  },
  /** arXiv:2507.20252: predicted and computed reward agree. */
  'post-completion': {
    fields: {prompt: 'question', response: 'generated_result'},
    rules: {
      'self-eval/score': ['warn', postCompletion()],
      'self-eval/calibration': ['warn', postCompletion()],
      // `<think>` is part of the format here.
      'synthetic/chat-residue': [
        'warn',
        {kinds: ['tokens', 'roles', 'citations', 'tracking', 'slots', 'prompt', 'truncation']},
      ],
      ...withoutRepeats(),
    },
    gates: {'self-eval': {minimum: 0.5, gap: 0.2}, calibration: 'on', duplication: 'off'},
  },
  /** arXiv:2502.15654: records are drawn in proportion to (1 - p)^10, by `--weights`. */
  'detector-resampling': {
    fields: {text: 'text'},
    rules: {'detector/score': ['warn', {field: ['cls_confidence']}], ...withoutRepeats()},
    gates: {detector: {maximum: 1}, duplication: 'off'},
    weights: {signal: 'detector', power: 10, draws: 1.5, repeats: 3},
  },
} as const satisfies Readonly<Record<string, PresetConfig>>;

function postCompletion() {
  return {marker: '<reward>', end: '</reward>', item: 0, solution: 'ground_truth'};
}

/** Answers to one prompt are alike: these systems sample several on purpose, so repeats are only reported. */
function withoutRepeats() {
  return {'duplicate/exact': 'warn', 'duplicate/near': 'warn', 'duplicate/contained': 'warn'} as const;
}
