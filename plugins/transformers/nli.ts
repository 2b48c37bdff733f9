import {
  type Absence,
  type CorpusRecord,
  checkLabelMap,
  type EntailmentScores,
  entailmentClasses,
  type FeatureContext,
  missing,
  notApplicable,
  type Provider,
  readLabelMap,
} from '../../src/api.js';
import {type Answer, createAnswers} from './answers.js';
import {claimsIn, sourceReader, windowsOf} from './claims.js';
import type {CutCounter} from './cut.js';
import {labelsOf, readLogits} from './labels.js';
import {load} from './load.js';
import type {Folders, NliOptions} from './options.js';
import {rounded, softmax} from './part.js';

/** Each record has several claims, and each claim several windows. */
const perCall = 64;

/** How the sources of a record stand to each claim of its answer, by a model of natural language inference. */
export function nliProvider(
  options: NliOptions,
  folders: Folders,
  cuts: CutCounter,
): Provider<readonly EntailmentScores[] | Absence> {
  const sourcesOf = sourceReader(options.sources);

  async function start() {
    const loaded = await load('AutoModelForSequenceClassification', options, folders);
    const {name, config, encoder} = loaded;
    const classes = classesOf(options, config);
    const answer = createAnswers(loaded, folders, ['logits'], batch =>
      readLogits(name, batch, classes.length),
    );
    return {encoder, classes, answer};
  }

  let starting: ReturnType<typeof start> | undefined;
  return {
    batch: perCall,
    async provide(records: readonly CorpusRecord[], {feature}: FeatureContext) {
      starting ??= start();
      const {encoder, classes, answer} = await starting;
      const questions: {text: string; encode: () => ReturnType<typeof encoder.two>}[] = [];
      const plans = records.map(record => {
        const {response} = record;
        if (response === undefined) return notApplicable('the record has no response');
        const sources = sourcesOf(record);
        if (sources.length === 0)
          return missing(
            `there is no source text at ${options.sources.map(path => `\`${path}\``).join(', ')}: name its field in \`nli.sources\``,
          );
        const claims = claimsIn(response, feature(record, 'sentences'));
        if (claims.length === 0) return notApplicable('the answer makes no claim');
        const all = sources.reduce((sum, text) => sum + text.length, 0);
        return claims.map(claim => {
          const second = encoder.tokens(claim);
          const windows = windowsOf(sources, encoder, encoder.room(second), options.windows);
          const at = questions.length;
          for (const {text, tokens} of windows)
            questions.push({text: JSON.stringify([text, claim]), encode: () => encoder.two(tokens, second)});
          const seen = windows.reduce((sum, {text}) => sum + text.length, 0);
          return {
            at,
            count: windows.length,
            read: windows.length < options.windows ? 1 : Math.min(1, seen / all),
          };
        });
      });
      const given = await answer(questions);
      return plans.map((plan, index) => {
        if ('absent' in plan) return plan;
        const parts = plan.map(({at, count, read}) => ({answers: given.slice(at, at + count), read}));
        const read = Math.min(
          ...parts.flatMap(({answers, read: own}) => [own, ...answers.map(each => each.read)]),
        );
        cuts.count(records[index]!, 'entailment', read);
        return parts.map(({answers}) => strongest(answers, classes));
      });
    },
  };
}

type Classes = readonly (typeof entailmentClasses)[number][];

/**
 * What each output of the model is.
 * @throws Error where `labels` is not set, or is not what the model's own config says.
 */
export function classesOf({labels, model}: NliOptions, config: Readonly<Record<string, unknown>>): Classes {
  const own = labelsOf(model, config);
  if (labels.length === 0)
    throw new Error(
      `\`nli.labels\` is not set: name the outputs of \`${model}\` in their order. Its own config has ${own.map(label => `\`${label}\``).join(', ')}; where these say what they mean, write them down as they are, else as \`LABEL_0=contradiction\``,
    );
  const map = readLabelMap(labels);
  checkLabelMap(map, config);
  return map.map(label => label.class);
}

/**
 * The scores of the window that bears out the claim most. Where none does, those of the window that contradicts
 * it most: a passage about something else must not hide either.
 */
function strongest(answers: readonly Answer[], classes: Classes): EntailmentScores {
  const scores = answers.map(({values}) => {
    const shares = softmax(values);
    const at = (wanted: Classes[number]) => rounded(shares[classes.indexOf(wanted)] ?? 0);
    return Object.fromEntries(entailmentClasses.map(name => [name, at(name)])) as unknown as EntailmentScores;
  });
  const best = (name: Classes[number]) =>
    scores.reduce((most, score) => (score[name] > most[name] ? score : most));
  const entailing = best('entailment');
  return entailing.entailment >= 0.5 ? entailing : best('contradiction');
}
