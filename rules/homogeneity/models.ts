import {defineCorpusRule} from '../../src/api.js';
import {addAnswer, decodeSample, emptySample, encodeSample, mergeSamples} from './answers.js';
import {meaningOf} from './meaning.js';
import {leastRoom, likenessMeasures} from './measures.js';
import {modelTables} from './tables.js';
import {hashOfHashes, promptKey, promptOrder, shortName, wordsOf} from './text.js';
import {countsOf, vectorWords} from './vectors.js';

export default defineCorpusRule({
  id: 'homogeneity/models',
  summary: 'Measures how alike answers to one prompt are, within each model and across models.',
  why: 'Models answer open prompts alike, each with itself and all with one another, so a corpus of several models may hold one voice (Artificial Hivemind, arXiv:2510.22954).',
  advice:
    'Raise the temperature, ask for several different answers, or take answers of other kinds of models; keep one of the answers that are word for word the same.',
  details:
    'From a sample: the answers to the 256 prompts with the least hashes, at most 16 to each (those with the least record hashes), so memory and profile stay small however large the corpus is. Prompts are the same when they are equal but for white space and the case of A to Z. Records without a prompt or an answer are not looked at, and neither are prompts that were answered once.\n\nAn answer is the counts of its first 128 words, dampened to 1 + ln(count); likeness is the cosine, and two answers are word for word the same when these words are. Cosines of words mean little by themselves, so `homogeneity.sameness` puts them on a scale: 0 is how alike answers to different prompts of this corpus are, 1 is the same words, and below 0 (to -1) they are less alike than answers to different prompts. Where those are as good as the same (a mean cosine above 0.9) it is not measured, and a finding says so. With `embedding` or `provider`, likeness is the cosine of those embeddings, and `homogeneity.high-intra` is the share of prompts above `mark`; published figures (0.8) hold for sentence embeddings only, never for words.\n\nIntervals are by jackknife over prompts; under 8 prompts with several answers nothing is measured. Measured on all records: it speaks of what the models gave, not of what is left after repeats were dropped.',
  since: '0.2.0',
  recommended: 'warn',
  needs: ({provider}) => (provider ? ['embedding'] : []),
  version: 1,
  views: ['all'],
  options: {
    nearest: {
      type: 'integer',
      minimum: 1,
      maximum: 15,
      default: 5,
      description: 'Nearest answers among which models are counted.',
    },
    embedding: {
      type: 'string',
      default: '',
      description:
        'Field that holds an embedding of the answer, as a list of numbers. Empty: words are compared.',
    },
    provider: {
      type: 'boolean',
      default: false,
      description: 'Compare the embeddings that a plugin gives (the feature `embedding`), not words.',
    },
    mark: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.8,
      description: 'With embeddings: cosine above which the answers of a model to a prompt count as one.',
    },
    copies: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.05,
      description: 'Largest share of answers that may be word for word those of another model.',
    },
  },
  messages: {
    copied:
      '{{percent}} % of the sampled answers are word for word the answer of another model to the same prompt: the models are not independent voices. Keep one of each',
    alike:
      'Answers to different prompts are as good as the same (mean cosine {{cosine}}), so how alike those to one prompt are cannot be measured: the corpus says one thing, whatever is asked',
  },
  measures: {
    'homogeneity.intra': {
      description: 'Mean cosine of two answers of one model to one prompt.',
      unit: 'share',
    },
    'homogeneity.inter': {
      description: 'Mean cosine of answers of two models to one prompt.',
      unit: 'share',
    },
    'homogeneity.other-prompts': {
      description: 'Mean cosine of answers to different prompts: what the two above are to be held against.',
      unit: 'share',
    },
    'homogeneity.sameness': {
      description:
        'How alike two answers to one prompt are: 0 as alike as answers to different prompts, 1 the same words.',
      unit: 'share',
    },
    'homogeneity.to-reference': {
      description: 'Mean cosine to the answers that the trusted references have to the same prompt.',
      unit: 'share',
    },
    'homogeneity.copied': {
      description: 'Share of answers that are word for word the answer of another model to the prompt.',
      unit: 'share',
    },
    'homogeneity.source-models': 'Distinct models among the nearest answers to an answer.',
    'homogeneity.mixing':
      'The same, over what chance gives: 1 when answers carry no trace of their model, less when each model has a voice.',
    'homogeneity.high-intra': {
      description: 'Share of prompts whose mean intra-model cosine is above `mark`; with embeddings only.',
      unit: 'share',
    },
  },
  init: emptySample,
  observe(sample, record, {options, feature}) {
    const {prompt} = record;
    if (prompt === undefined) return;
    const order = promptOrder(prompt);
    if (order > sample.limit) return;
    const {response, generator = ''} = record;
    if (response === undefined) return;
    const key = promptKey(prompt, order);
    if (key > sample.limit) return;
    const byWords = options.embedding === '' && !options.provider;
    const vector = byWords ? undefined : meaningOf(record, options, feature);
    if (byWords ? wordsOf(response, 1).hashes.length === 0 : vector === undefined) return;
    addAnswer(
      sample,
      key,
      () => record.hash,
      () => {
        const words = wordsOf(response, vectorWords).hashes;
        return {
          generator: shortName(generator),
          words: hashOfHashes(words),
          vector: vector ?? countsOf(words),
        };
      },
    );
  },
  merge: mergeSamples,
  measure(sample, reference, {options, report, table}) {
    const {measures, prompts, shared} = likenessMeasures(sample, reference, options);
    const copied = measures['homogeneity.copied'];
    if (copied !== undefined && copied.interval![0] > options.copies) {
      report({messageId: 'copied', data: {percent: (copied.value * 100).toFixed(1)}});
    }
    const others = measures['homogeneity.other-prompts'];
    if (options.embedding === '' && !options.provider && others !== undefined && 1 - others.value < leastRoom)
      report({messageId: 'alike', data: {cosine: others.value.toFixed(2)}});
    for (const each of modelTables(sample, prompts, shared)) table(each);
    return measures;
  },
  encode: encodeSample,
  decode: decodeSample,
});
