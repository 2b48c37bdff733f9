import {existsSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {isMainThread} from 'node:worker_threads';
import {createEncoder, type Encoder} from './encode.js';
import {graphOf, hashFiles, type Place, placeOf, readJson} from './files.js';
import {type Library, loadLibrary, type Model} from './library.js';
import type {Folders, ModelOptions} from './options.js';
import {createProgress, type Progress} from './progress.js';

export interface Loaded {
  /** As the config names it. */
  readonly name: string;
  readonly library: Library;
  /** Loads it where it is not loaded yet. */
  model(): Promise<Model>;
  /** The model's own config.json. */
  readonly config: Model['config'];
  readonly encoder: Encoder;
  readonly batch: number;
  /** Tokens that every text has, with padding; 0 where a batch is as long as its longest. */
  readonly padTo: number;
  /** What answers depend on beside the text: files, numbers, version. */
  readonly identity: readonly unknown[];
}

/** Tokens that are read of a text where neither `maxTokens` nor the model say. */
const usualTokens = 512;

/**
 * Loads the library and the tokenizer, and the model when it is first asked, if all of it is here: a run whose
 * answers are all kept from an earlier one never loads it.
 * @throws Error that names the model, and says what to install or set.
 */
export async function load(
  architecture: 'AutoModel' | 'AutoModelForSequenceClassification',
  options: ModelOptions,
  folders: Folders,
): Promise<Loaded> {
  const place = placeOf(options, folders);
  const {subfolder, file} = graphOf(place, options.dtype);
  const library = await loadLibrary(folders.config);
  const switches = () => setSwitches(library, place, options, folders);
  let asking: Promise<Model> | undefined;
  const model = () => {
    asking ??= attempt(options, place, callback =>
      library[architecture].from_pretrained(place.name, {
        ...switches(),
        progress_callback: callback,
        subfolder,
        dtype: options.dtype,
        device: options.device,
        session_options: {intraOpNumThreads: threadsFor(options), interOpNumThreads: 1, logSeverityLevel: 3},
      }),
    );
    return asking;
  };
  const tokenizer = await attempt(options, place, callback =>
    library.AutoTokenizer.from_pretrained(place.name, {...switches(), progress_callback: callback}),
  );
  const here = existsSync(file) ? readJson(place.folder, 'config.json') : undefined;
  const config = here ?? (await model()).config;
  const limit = limitOf(options, Number(tokenizer.model_max_length), config);
  const {dtype, device, revision, batch, model: name} = options;
  const hash = hashFiles(place.folder, subfolder);
  return {
    name,
    library,
    model,
    config,
    encoder: await attempt(options, place, async () => createEncoder(tokenizer, limit)),
    batch,
    padTo: options.padded ? limit : 0,
    identity: [hash, limit, dtype, device, revision, library.env.version],
  };
}

/** The library's switches are global: they are set anew before each thing that is loaded. */
function setSwitches(
  {env}: Library,
  {local}: Place,
  {allowDownload, revision, host}: ModelOptions,
  folders: Folders,
) {
  env.allowLocalModels = true;
  env.allowRemoteModels = allowDownload && !local;
  env.cacheDir = folders.models;
  if (host !== '') env.remoteHost = host.replace(/\/?$/, '/');
  return {revision, local_files_only: !env.allowRemoteModels};
}

async function attempt<Value>(
  options: ModelOptions,
  place: Place,
  step: (callback: Progress['callback']) => Promise<Value>,
): Promise<Value> {
  const progress = createProgress(options.model);
  try {
    return await step(progress.callback);
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
