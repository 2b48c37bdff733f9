import {createRequire} from 'node:module';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {asNewer, type Older} from './older.js';

/** What is used of `@huggingface/transformers`. */
export interface Library {
  readonly AutoTokenizer: {from_pretrained(model: string, options: object): Promise<Tokenizer>};
  readonly AutoModel: {from_pretrained(model: string, options: object): Promise<Model>};
  readonly AutoModelForSequenceClassification: {
    from_pretrained(model: string, options: object): Promise<Model>;
  };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown;
  readonly LogLevel?: {readonly ERROR: number; readonly NONE?: number};
  readonly env: {
    readonly version: string;
    logLevel?: number;
    allowRemoteModels: boolean;
    allowLocalModels: boolean;
    remoteHost: string;
    cacheDir: string;
  };
}

export interface Tokenizer {
  (
    text: string,
    options: object,
  ): {
    readonly input_ids: readonly number[];
    readonly token_type_ids?: readonly number[];
  };
  encode(text: string, options: object): readonly number[];
  readonly pad_token_id?: number | null;
  readonly model_max_length: number;
}

export interface Model {
  (inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, Output | undefined>>>;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Output {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number | bigint>;
}

/** The second is the name that the first had: an alias of it, or version 2. */
const names = ['@huggingface/transformers', '@xenova/transformers'];
/** Of each name the oldest version that works. */
const oldest = {new: 4, old: 2};

/**
 * The library as the project of the config has it, or else as it is installed beside this tool.
 * @throws Error that says what to install.
 */
export async function loadLibrary(folder: string): Promise<Library> {
  const file = find([join(folder, 'collapserc'), fileURLToPath(import.meta.url)]);
  if (file === undefined)
    throw new Error(
      `It needs the package \`${names[0]}\`, which is not installed. Run \`npm install ${names[0]}\` in \`${folder}\`; ` +
        'on a closed network set ONNXRUNTIME_NODE_INSTALL=skip for it',
    );
  let library: Library;
  try {
    const module: Library & {readonly default?: Library} = await import(pathToFileURL(file).href);
    library = module.AutoTokenizer === undefined ? module.default! : module;
  } catch (error) {
    throw new Error(
      `\`${file}\` cannot be loaded: ${(error as Error).message}. Install it again with \`npm install ${names[0]}\``,
      {cause: error},
    );
  }
  const {env} = library;
  const version = Number.parseInt(env.version, 10);
  if (version === oldest.old) return asNewer(library as Older);
  if (!(version >= oldest.new))
    throw new Error(
      `\`${file}\` is version ${env.version}, and ${oldest.new} or newer is needed, or ${oldest.old} of \`${names[1]}\`. Run \`npm install ${names[0]}\``,
    );
  if (library.LogLevel !== undefined) env.logLevel = library.LogLevel.NONE ?? library.LogLevel.ERROR;
  return library;
}

function find(from: readonly string[]): string | undefined {
  for (const place of from) {
    for (const name of names) {
      try {
        return createRequire(place).resolve(name);
      } catch {
        // It is not here: the next place or name.
      }
    }
  }
  return undefined;
}
