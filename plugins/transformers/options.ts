import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import {readLabelMap} from '../../src/api.js';
import {type Given, readOptions, type Spec} from './spec.js';

/** What each model has; set for all of them at the top, or for one beside its `model`. */
const shared = {
  device: {type: 'string', default: 'cpu'},
  dtype: {type: 'string', default: 'fp32'},
  allowDownload: {type: 'boolean', default: false},
  revision: {type: 'string', default: 'main'},
  host: {type: 'string', default: ''},
  batch: {type: 'integer', default: 16, minimum: 1, maximum: 1024},
  maxTokens: {type: 'integer', default: 0, minimum: 0, maximum: 1 << 20},
  padded: {type: 'boolean', default: false},
  threads: {type: 'integer', default: 0, minimum: 0, maximum: 256},
} as const satisfies Spec;

const folders = {
  cache: {type: 'boolean', default: true},
  cacheFolder: {type: 'string', default: ''},
  cacheMegabytes: {type: 'integer', default: 256, minimum: 1, maximum: 1 << 20},
} as const satisfies Spec;

export const parts = ['answer', 'text', 'prompt', 'response', 'chosen', 'rejected'] as const;
export type Part = (typeof parts)[number];

const model = {...shared, model: {type: 'string', default: ''}} as const satisfies Spec;
const specs = {
  embedding: {
    ...model,
    pooling: {type: 'string', default: 'mean', enum: ['mean', 'cls', 'last']},
    normalize: {type: 'boolean', default: true},
    prefix: {type: 'string', default: ''},
    part: {type: 'string', default: 'answer', enum: parts},
  },
  nli: {
    ...model,
    labels: {type: 'texts', default: []},
    sources: {
      type: 'texts',
      default: ['contexts[*]', 'contexts[*].text', 'documents[*].text', 'sources[*].text', 'context'],
    },
    windows: {type: 'integer', default: 32, minimum: 1, maximum: 10_000},
  },
  detector: {
    ...model,
    machine: {type: 'texts', default: []},
    part: {type: 'string', default: 'answer', enum: parts},
  },
} as const satisfies Record<string, Spec>;

export type ModelOptions = Given<typeof model>;
export type EmbeddingOptions = Given<(typeof specs)['embedding']>;
export type NliOptions = Given<(typeof specs)['nli']>;
export type DetectorOptions = Given<(typeof specs)['detector']>;

/** Where things are, made absolute. */
export interface Folders {
  /** Of the config: models are looked for here. */
  readonly config: string;
  readonly models: string;
  /** Undefined: answers are not kept between runs. */
  readonly answers: string | undefined;
  readonly megabytes: number;
}

export interface Options {
  readonly folders: Folders;
  readonly embedding: EmbeddingOptions | undefined;
  readonly nli: NliOptions | undefined;
  readonly detector: DetectorOptions | undefined;
}

/** @throws Error that says which option is wrong and what to write. */
export function readAll(given: Readonly<Record<string, unknown>>, folder: string): Options {
  const {embedding, nli, detector, ...others} = given;
  const top = readOptions({...shared, ...folders}, others, '');
  const ownTop = Object.fromEntries(
    Object.keys(shared).flatMap(key => (Object.hasOwn(others, key) ? [[key, others[key]]] : [])),
  );
  const read = <S extends Spec>(name: string, spec: S, value: unknown): Given<S> | undefined => {
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error(`\`${name}\` must be options, as in \`${name}: {model: ./models/mine}\`.`);
    const options = readOptions(spec, {...ownTop, ...value}, `${name}.`);
    if (options.model === '')
      throw new Error(`\`${name}.model\` is not set: name the folder of a model, or its name on the hub.`);
    return options;
  };
  const root = top.cacheFolder === '' ? defaultFolder() : resolve(folder, top.cacheFolder);
  const options = {
    folders: {
      config: folder,
      models: join(root, 'models'),
      answers: top.cache ? join(root, 'answers') : undefined,
      megabytes: top.cacheMegabytes,
    },
    embedding: read('embedding', specs.embedding, embedding),
    nli: read('nli', specs.nli, nli),
    detector: read('detector', specs.detector, detector),
  };
  if (options.embedding === undefined && options.nli === undefined && options.detector === undefined)
    throw new Error('No model is named. Set `embedding`, `nli` or `detector`: see docs/transformers.md.');
  if (options.nli !== undefined && options.nli.labels.length > 0) readLabelMap(options.nli.labels);
  return options;
}

function defaultFolder(): string {
  const {COLLAPSE_CACHE_DIR, XDG_CACHE_HOME} = process.env;
  const base = COLLAPSE_CACHE_DIR || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'collapse-gate');
  return join(base, 'transformers');
}
