import {type CorpusRecord, type Detection, notApplicable, type Provider} from '../../src/api.js';
import {createAnswers} from './answers.js';
import type {CutCounter} from './cut.js';
import {labelsOf, readLogits} from './labels.js';
import {load} from './load.js';
import type {DetectorOptions, Folders} from './options.js';
import {partOf, rounded, sigmoid, softmax} from './part.js';

const perCall = 256;

/** How sure a classifier is that a machine wrote the text: the share of the labels that `machine` names. */
export function detectorProvider(
  options: DetectorOptions,
  folders: Folders,
  cuts: CutCounter,
): Provider<Detection | ReturnType<typeof notApplicable>> {
  async function start() {
    const loaded = await load('AutoModelForSequenceClassification', options, folders);
    const {encoder, name, config} = loaded;
    const labels = labelsOf(name, config);
    const machine = machineLabels(options, labels);
    // A model with one output, or with labels that do not exclude each other, gives each its own share.
    const single = labels.length === 1 || config.problem_type === 'multi_label_classification';
    if (single && machine.length > 1)
      throw new Error(
        `The labels of \`${name}\` do not exclude each other: \`detector.machine\` must name one`,
      );
    const answer = createAnswers(loaded, folders, ['logits'], batch =>
      readLogits(name, batch, labels.length),
    );
    return async (texts: readonly string[]) => {
      const given = await answer(
        texts.map(text => ({text, encode: () => encoder.one(encoder.tokens(text))})),
      );
      return given.map(({values, read}) => {
        const shares = single ? Array.from(values, sigmoid) : softmax(values);
        return {machine: rounded(machine.reduce((sum, label) => sum + shares[label]!, 0)), read};
      });
    };
  }

  let asking: ReturnType<typeof start> | undefined;
  return {
    batch: perCall,
    async provide(records: readonly CorpusRecord[]) {
      asking ??= start();
      const ask = await asking;
      const texts = records.map(record => partOf(record, options.part));
      const given = (await ask(texts.filter(text => text !== undefined))).values();
      return records.map((record, at) => {
        if (texts[at] === undefined) return notApplicable('there is no text');
        const detection = given.next().value!;
        cuts.count(record, 'detector', detection.read);
        return detection;
      });
    },
  };
}

/**
 * The outputs that mean that a machine wrote the text. There is no default: of two detectors one calls it
 * `Fake` and the other `LABEL_0`.
 */
export function machineLabels({machine, model}: DetectorOptions, labels: readonly string[]): number[] {
  const there = labels.map(label => `\`${label}\``).join(', ');
  if (machine.length === 0)
    throw new Error(
      `\`detector.machine\` is not set. \`${model}\` has the labels ${there}: write which of them means that a machine wrote the text, as \`machine: ${labels.at(-1)}\``,
    );
  const found = machine.map(label => labels.indexOf(label));
  const unknown = machine.find((_, at) => found[at]! < 0);
  if (unknown !== undefined)
    throw new Error(`\`detector.machine\` names \`${unknown}\`, and \`${model}\` has the labels ${there}`);
  if (new Set(found).size === labels.length && labels.length > 1)
    throw new Error(
      `\`detector.machine\` names all labels of \`${model}\`: nothing would be left for people`,
    );
  return [...new Set(found)];
}
