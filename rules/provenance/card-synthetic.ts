import {type Declaration, defineCorpusRule} from '../../src/api.js';
import {counts, placeOf, type Said, saidUnder} from './card.js';
import {countValues, decodeCounter, encodeCounter, listed, mergeCounter, noCounts} from './counter.js';

export default defineCorpusRule({
  id: 'provenance/card-synthetic',
  summary:
    'Looks whether a data set card says who wrote the texts, people or models, as the records and the rules on synthetic text do.',
  why: 'Who takes a data set for human text by its card trains on machine text without knowing it, which is how the loop closes unseen (arXiv:2305.17493); and who takes human text for synthetic leaves out what keeps the loop open (arXiv:2404.01413).',
  advice:
    'Say it in the card: the tag `synthetic` and `language_creators: machine-generated` for what models wrote, `found`, `crowdsourced` or `expert-generated` for people, both for a mixture.',
  details:
    'Runs where a data set folder with a card is checked. The card says that models wrote the texts by a tag (`synthetic`, `machine-generated`, `llm-generated`, `distilabel` …) or by `machine-generated` among `language_creators` or `annotations_creators`; that people did by other values of `language_creators`, by a tag (`human-written` …), or, where there is neither, by `crowdsourced` or `expert-generated` annotations. Against it stands what records name in their field `generator` (as composition/origins counts it, with the same values for people in `human`), and the hard evidence that synthetic/declared, synthetic/assistant-boilerplate and synthetic/chat-residue find, where it is in more than the share `evidence` of the records and in at least three. Nobody has looked whether what records declare is so, and a text without evidence may be machine text all the same.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: ['all'],
  inProfile: false,
  ofDataset: true,
  options: {
    human: {
      type: 'array',
      items: {type: 'string'},
      default: ['human', 'person', 'people', 'author', 'expert', 'crowd'],
      description: 'Values of the field `generator` that mean that people wrote the record.',
    },
    evidence: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.005,
      description: 'Share of records with hard evidence that is put down to quotations and mistakes.',
    },
  },
  messages: {
    human:
      'The card says that people wrote this ({{said}}), but {{records}} of {{looked}} records name a model: {{models}}',
    evidence:
      'The card says that people wrote this ({{said}}), but there is hard evidence of a model: {{rules}}',
    silent:
      'The card does not say that models wrote any of this, but {{records}} of {{looked}} records name one: {{models}}',
    silentEvidence:
      'The card does not say that models wrote any of this, but there is hard evidence: {{rules}}',
    synthetic:
      'The card says that a model wrote this ({{said}}), but {{records}} of {{looked}} records declare people as their writers',
  },
  measures: {},
  init: noCounts,
  observe(counter, {generator}) {
    countValues(counter, generator === undefined ? [] : [generator.trim()]);
  },
  merge: mergeCounter,
  measure(counter, _, {dataset, options, report, flagged}) {
    if (dataset === undefined || counter.looked === 0) return {};
    const {card} = dataset;
    const {synthetic, human} = whoWrote(card);
    const people = new Set(options.human.map(name => name.toLowerCase()));
    const isHuman = ([name]: readonly [string, number]) => people.has(name.toLowerCase());
    const sum = (some: readonly (readonly [string, number])[]) =>
      some.reduce((all, [, count]) => all + count, 0);
    const named = listed(counter);
    const models = named.filter(one => !isHuman(one));
    const {looked} = counter;
    if (synthetic !== undefined) {
      const records = sum(named.filter(isHuman));
      if (human === undefined && records > looked / 2)
        report({
          messageId: 'synthetic',
          data: {said: shown(synthetic), records, looked},
          place: at(card, synthetic),
        });
      return {};
    }
    const place = human === undefined ? placeOf(card, 'tags') : at(card, human);
    if (models.length > 0) {
      const data = {records: sum(models), looked, models: counts(models)};
      if (human === undefined) report({messageId: 'silent', data, place});
      else report({messageId: 'human', data: {...data, said: shown(human)}, place});
      return {};
    }
    const hard = evidenceRules
      .map(rule => [rule, flagged(rule)] as const)
      .filter(([, records]) => records >= 3 && records > options.evidence * looked);
    if (hard.length === 0) return {};
    const rules = hard.map(([rule, records]) => `${rule} (${records} records)`).join(', ');
    if (human === undefined) report({messageId: 'silentEvidence', data: {rules}, place});
    else report({messageId: 'evidence', data: {rules, said: shown(human)}, place});
    return {};
  },
  encode: encodeCounter,
  decode: decodeCounter,
});

const evidenceRules = ['synthetic/declared', 'synthetic/assistant-boilerplate', 'synthetic/chat-residue'];

const syntheticTag =
  /^(?:synthetic(?:[-_ ](?:data|datasets?|text|instructions?|dialogues?|conversations?|generation|generated))?|(?:machine|llm|ai|model|gpt|chatgpt|gpt-?4o?)[-_ ]?generated(?:[-_ ].*)?|generated|distilabel|distilled|self-instruct)$/i;
const humanTag =
  /^(?:human|human[-_ ](?:written|generated|authored|made|only)|non[-_ ]synthetic|not[-_ ]synthetic)$/i;

interface Statement extends Said {
  readonly key: string;
}

/** What a card says on who wrote the texts: the first statement of each kind. */
function whoWrote(card: Declaration): {synthetic: Statement | undefined; human: Statement | undefined} {
  const under = (key: string): Statement[] => saidUnder(card, key).map(said => ({...said, key}));
  const [tags, texts, labels] = [under('tags'), under('language_creators'), under('annotations_creators')];
  const isMachine = ({value}: Said) => /^machine-generated$/i.test(value);
  const isPeople = ({value}: Said) => /^(?:found|crowdsourced|expert-generated)$/i.test(value);
  return {
    synthetic: tags.find(({value}) => syntheticTag.test(value)) ?? [...texts, ...labels].find(isMachine),
    human:
      tags.find(({value}) => humanTag.test(value)) ??
      texts.find(isPeople) ??
      (texts.length > 0 ? undefined : labels.find(one => isPeople(one) && one.value !== 'found')),
  };
}

function shown({key, value}: Statement): string {
  return `\`${key}: ${value.slice(0, 40)}\``;
}

function at(card: Declaration, {path}: Statement) {
  return placeOf(card, ...path);
}
