import {availableParallelism} from 'node:os';
import {isMainThread} from 'node:worker_threads';
import {createEncoder, type Encoder} from './encode.js';
import {hashFiles, type Place, placeOf, subfolderOf} from './files.js';
import {type Library, loadLibrary, type Model} from './library.js';
import type {Folders, ModelOptions} from './options.js';
import {createProgress} from './progress.js';

export interface Loaded {
  /** As the config names it. */
  readonly name: string;
  readonly library: Library;
  readonly model: Model;
  readonly encoder: Encoder;
  readonly batch: number;
  /** What answers depend on beside the text: files, numbers, version. */
  readonly identity: readonly unknown[];
}

/** Tokens that are read of a text where neither `maxTokens` nor the model say. */
const usualTokens = 512;

/**
 * Loads the library, tokenizer and model.
 * @throws Error that names the model, and says what to install or set.
 */
export async function load(
  architecture: 'AutoModel' | 'AutoModelForSequenceClassification',
  options: ModelOptions,
  folders: Folders,
): Promise<Loaded> {
  const place = placeOf(options, folders);
  const subfolder = subfolderOf(place, options.dtype);
  const library = await loadLibrary(folders.config);
  const {env} = library;
  // The library's own switches are global: they are set anew for each model.
  env.allowLocalModels = true;
  env.allowRemoteModels = options.allowDownload && !place.local;
  env.cacheDir = folders.models;
  if (options.host !== '') env.remoteHost = options.host.replace(/\/?$/, '/');
  const progress = createProgress(options.model);
  const common = {
    revision: options.revision,
    local_files_only: !env.allowRemoteModels,
    progress_callback: progress.callback,
  };
  try {
    const tokenizer = await library.AutoTokenizer.from_pretrained(place.name, common);
    const model = await library[architecture].from_pretrained(place.name, {
      ...common,
      subfolder,
      dtype: options.dtype,
      device: options.device,
      session_options: {intraOpNumThreads: threadsFor(options), interOpNumThreads: 1, logSeverityLevel: 3},
    });
    const limit = limitOf(options, Number(tokenizer.model_max_length), model.config);
    const {version} = env;
    const {dtype, device, revision} = options;
    return {
      name: options.model,
      library,
      model,
      encoder: createEncoder(tokenizer, limit),
      batch: options.batch,
      identity: [hashFiles(place.folder, subfolder), limit, dtype, device, revision, version],
    };
  } catch (error) {
    throw new Error(describe(options, place, error), {cause: error});
  } finally {
    progress.done();
  }
}

/** Each thread has a model: together they should not use more than there is. */
function threadsFor({threads}: ModelOptions): number {
  if (threads > 0) return threads;
  return isMainThread ? availableParallelism() : 1;
}

/** Tokens that are read of a text at most, with those that the model adds. */
export function limitOf(
  {maxTokens, model: name}: ModelOptions,
  tokenizer: number,
  config: Model['config'],
): number {
  const positions = Number(config.max_position_embeddings ?? Number.POSITIVE_INFINITY);
  // Some tokenizers say 1e30 for "not known".
  const most = Math.min(tokenizer > 0 && tokenizer < 1e9 ? tokenizer : Number.POSITIVE_INFINITY, positions);
  if (maxTokens > most)
    throw new Error(`\`maxTokens\` is ${maxTokens}, and \`${name}\` reads at most ${most} tokens`);
  return maxTokens > 0 ? maxTokens : Math.min(most, usualTokens);
}

function describe({model, device, allowDownload}: ModelOptions, {local}: Place, error: unknown): string {
  const message = (error as Error).message ?? String(error);
  if (/unsupported device/i.test(message)) return `\`device: ${device}\` cannot be used here: ${message}`;
  const missing = (error as Error).name === 'ModelFileNotFoundError' || /not found locally/.test(message);
  const advice = local
    ? 'The folder must hold config.json, tokenizer.json, tokenizer_config.json and the model as ONNX.'
    : allowDownload
      ? 'Check its name, `revision` and `dtype`, and the network.'
      : 'Set `allowDownload: true` to have the rest of it downloaded.';
  return missing || !local
    ? `\`${model}\` cannot be loaded: ${message} ${advice}`
    : `\`${model}\` cannot be loaded: ${message}`;
}
