import {definePlugin} from '../../src/api.js';
import {createCutCounter} from './cut.js';
import {detectorProvider, machineLabels} from './detector.js';
import {embeddingProvider} from './embedding.js';
import {graphOf, placeOf, readJson} from './files.js';
import {labelsOf} from './labels.js';
import {limitOf} from './load.js';
import {classesOf, nliProvider} from './nli.js';
import {type Folders, type ModelOptions, readAll} from './options.js';

/**
 * Models in ONNX, run by `@huggingface/transformers`: the features `embedding`, `entailment` and `detector`, of
 * those that the options name a model for. What can be known without the library is checked here, before a run
 * begins; the library and the models are loaded when the first record asks for them.
 */
export default definePlugin(({options: given, folder}) => {
  const {folders, embedding, nli, detector} = readAll(given, folder);
  const cuts = createCutCounter({
    embedding: embedding && checked(embedding, folders, () => {}),
    entailment: nli && checked(nli, folders, config => classesOf(nli, config)),
    detector:
      detector &&
      checked(detector, folders, config => machineLabels(detector, labelsOf(detector.model, config))),
  });
  return {
    name: 'transformers',
    rules: [cuts.rule],
    providers: {
      ...(embedding && {embedding: embeddingProvider(embedding, folders, cuts)}),
      ...(nli && {entailment: nliProvider(nli, folders, cuts)}),
      ...(detector && {detector: detectorProvider(detector, folders, cuts)}),
    },
  };
});

/**
 * Looks whether the files are there and the config fits. Gives the tokens that the model reads at most; of one
 * that is still to be downloaded nothing is known yet, and it is checked when it is loaded.
 */
function checked(
  model: ModelOptions,
  folders: Folders,
  check: (config: Readonly<Record<string, unknown>>) => unknown,
): number | undefined {
  const place = placeOf(model, folders);
  graphOf(place, model.dtype);
  const config = readJson(place.folder, 'config.json');
  if (config === undefined) return undefined;
  check(config);
  return limitOf(model, Number(readJson(place.folder, 'tokenizer_config.json')?.model_max_length), config);
}
