import type {Rule} from '../src/api.js';
import agreementPrompt from './agreement/prompt.js';
import agreementSamples from './agreement/samples.js';
import origins from './composition/origins.js';
import benchmark from './contamination/benchmark.js';
import detector from './detector/score.js';
import contained from './duplicate/contained.js';
import exact from './duplicate/exact.js';
import near from './duplicate/near.js';
import concentration from './format/concentration.js';
import suppressed from './format/suppressed.js';
import winnerNotBest from './format/winner-not-best.js';
import entailment from './grounding/entailment.js';
import refusal from './grounding/refusal.js';
import support from './grounding/support.js';
import homogeneityModels from './homogeneity/models.js';
import homogeneityPrompt from './homogeneity/prompt.js';
import homogeneityVoice from './homogeneity/voice.js';
import judgeAgreement from './judge/agreement.js';
import selfJudging from './judge/self-judging.js';
import verdict from './judge/verdict.js';
import words from './length/words.js';
import noveltyEmbeddings from './novelty/embeddings.js';
import noveltyScore from './novelty/score.js';
import noveltySemantic from './novelty/semantic.js';
import cardLanguage from './provenance/card-language.js';
import cardLicence from './provenance/card-licence.js';
import cardSize from './provenance/card-size.js';
import cardSources from './provenance/card-sources.js';
import cardSynthetic from './provenance/card-synthetic.js';
import declared from './provenance/declared.js';
import fabricatedCitation from './provenance/fabricated-citation.js';
import keepRate from './selection/keep-rate.js';
import calibration from './self-eval/calibration.js';
import selfEvalScore from './self-eval/score.js';
import assistantBoilerplate from './synthetic/assistant-boilerplate.js';
import chatResidue from './synthetic/chat-residue.js';
import syntheticDeclared from './synthetic/declared.js';
import degenerate from './synthetic/degenerate.js';
import hiddenMarks from './synthetic/hidden-marks.js';
import secondOpinion from './synthetic/second-opinion.js';
import syntheticShare from './synthetic/share.js';
import syntheticStyle from './synthetic/style.js';
import template from './synthetic/template.js';
import surprise from './tail/surprise.js';
import surprising from './tail/surprising.js';
import survival from './tail/survival.js';
import topics from './tail/topics.js';

/** All bundled rules, in the order in which they run and are listed. */
const rules: readonly Rule[] = [
  exact,
  near,
  contained,
  benchmark,
  words,
  survival,
  concentration,
  suppressed,
  winnerNotBest,
  origins,
  surprise,
  surprising,
  topics,
  keepRate,
  homogeneityModels,
  homogeneityVoice,
  homogeneityPrompt,
  agreementSamples,
  agreementPrompt,
  cardLanguage,
  cardLicence,
  cardSize,
  cardSources,
  cardSynthetic,
  declared,
  fabricatedCitation,
  refusal,
  support,
  syntheticStyle,
  assistantBoilerplate,
  chatResidue,
  hiddenMarks,
  syntheticDeclared,
  degenerate,
  template,
  entailment,
  noveltyScore,
  noveltyEmbeddings,
  noveltySemantic,
  detector,
  verdict,
  selfJudging,
  judgeAgreement,
  selfEvalScore,
  calibration,
  secondOpinion,
  syntheticShare,
];

export default rules;
