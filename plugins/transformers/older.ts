import {basename, dirname} from 'node:path';
import type {Library, Model, Tokenizer} from './library.js';

export interface Older extends Library {
  readonly env: Library['env'] & {localModelPath: string};
}

type Options = Readonly<Record<string, unknown>>;

/** Options of `from_pretrained` that version 2 does not know. */
interface Newer {
  readonly subfolder?: string;
  readonly dtype?: string;
  readonly device?: string;
  readonly session_options?: unknown;
}

const made = new WeakMap<object, Library>();

/**
 * Version 2, under the name `@xenova/transformers`, called as the versions after it are. It has no options for
 * the runtime: it runs on the CPU, with all cores.
 */
export function asNewer(older: Older): Library {
  const known = made.get(older.env) ?? translate(older);
  made.set(older.env, known);
  return known;
}

function translate(older: Older): Library {
  /** A folder is looked up below `localModelPath` alone. */
  function place(model: string): string {
    if (basename(model) === model || model.split('/').length === 2) return model;
    older.env.localModelPath = dirname(model);
    return basename(model);
  }
  const models = (kind: 'AutoModel' | 'AutoModelForSequenceClassification') => ({
    from_pretrained(model: string, options: Options & Newer): Promise<Model> {
      const {subfolder, dtype, device, session_options: _, ...rest} = options;
      const version = `version ${older.env.version} of \`@xenova/transformers\``;
      if (device !== 'cpu') throw new Error(`Unsupported device: ${version} has \`cpu\` only`);
      if (dtype !== 'fp32' && dtype !== 'q8')
        throw new Error(`${version} reads \`dtype: fp32\` and \`q8\`, and no \`${dtype}\``);
      if (subfolder !== 'onnx') throw new Error(`${version} looks for the graph in a folder \`onnx\` alone`);
      return older[kind].from_pretrained(place(model), {...rest, quantized: dtype === 'q8'});
    },
  });
  return {
    AutoTokenizer: {
      async from_pretrained(model, options): Promise<Tokenizer> {
        const tokenizer = await older.AutoTokenizer.from_pretrained(place(model), options);
        const encode = tokenizer.encode.bind(tokenizer) as unknown as (
          text: string,
          pair: null,
          options: object,
        ) => readonly number[];
        // Its second argument is another text.
        return Object.assign(tokenizer, {encode: (text: string, more: object) => encode(text, null, more)});
      },
    },
    AutoModel: models('AutoModel'),
    AutoModelForSequenceClassification: models('AutoModelForSequenceClassification'),
    Tensor: older.Tensor,
    env: older.env,
  };
}
