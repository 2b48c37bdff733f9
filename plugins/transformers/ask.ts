import type {Encoded} from './encode.js';
import type {Output} from './library.js';
import type {Loaded} from './load.js';

/** Numbers of a model on a batch: `rows` texts, each padded to `length` tokens. */
export interface Batch {
  readonly outputs: Readonly<Record<string, Output | undefined>>;
  readonly rows: number;
  readonly length: number;
  /** Tokens of each text, padding left out. */
  readonly lengths: readonly number[];
}

/**
 * Runs the model on texts in batches of like length, so that little is padding, and gives what `read` makes of
 * each batch, in the order of the texts.
 * @throws Error that names the model.
 */
export async function ask(
  loaded: Loaded,
  texts: readonly Encoded[],
  read: (batch: Batch) => readonly Float32Array[],
): Promise<Float32Array[]> {
  const order = texts.map((_, at) => at).sort((a, b) => texts[b]!.ids.length - texts[a]!.ids.length || a - b);
  const answers = new Array<Float32Array>(texts.length);
  if (texts.length === 0) return answers;
  const model = await loaded.model();
  for (let from = 0; from < order.length; from += loaded.batch) {
    const at = order.slice(from, from + loaded.batch);
    const batch = at.map(index => texts[index]!);
    const length = Math.max(loaded.padTo, batch[0]!.ids.length);
    let outputs: Batch['outputs'];
    try {
      outputs = await model(inputsOf(loaded, batch, length));
    } catch (error) {
      throw new Error(
        `\`${loaded.name}\` failed on a batch of ${batch.length}: ${(error as Error).message}${fixed(error)}`,
        {cause: error},
      );
    }
    const lengths = batch.map(({ids}) => ids.length);
    const given = read({outputs, rows: batch.length, length, lengths});
    for (const [offset, numbers] of given.entries()) {
      if (!numbers.every(Number.isFinite))
        throw new Error(
          `\`${loaded.name}\` gave a number that is none (NaN or infinite). Try another \`dtype\`, such as fp32, or another export of the model`,
        );
      answers[at[offset]!] = numbers;
    }
  }
  return answers;
}

/** What to do about a graph that was exported for texts of one length. */
function fixed(error: unknown): string {
  const length = /index: 1 Got: \d+ Expected: (\d+)/.exec((error as Error).message)?.[1];
  return length === undefined
    ? ''
    : ` Its graph reads texts of ${length} tokens alone: set \`maxTokens: ${length}\` and \`padded: true\``;
}

function inputsOf({library, encoder}: Loaded, batch: readonly Encoded[], length: number) {
  const dims = [batch.length, length];
  const tensor = (valueAt: (text: Encoded, at: number) => number) => {
    const data = new BigInt64Array(batch.length * length);
    for (const [row, text] of batch.entries())
      for (let at = 0; at < length; at++) data[row * length + at] = BigInt(valueAt(text, at));
    return new library.Tensor('int64', data, dims);
  };
  return {
    input_ids: tensor(({ids}, at) => ids[at] ?? encoder.pad),
    attention_mask: tensor(({ids}, at) => (at < ids.length ? 1 : 0)),
    ...(encoder.typed && {token_type_ids: tensor(({types}, at) => types[at] ?? 0)}),
  };
}

/** An output of the given shape, where 0 stands for any size. @throws Error that says what is there instead. */
export function shaped(
  name: string,
  output: Output | undefined,
  wanted: readonly number[],
  called: string,
): Output {
  const fits =
    output !== undefined &&
    output.dims.length === wanted.length &&
    wanted.every((size, at) => size === 0 || output.dims[at] === size);
  if (fits) return output;
  const is = output === undefined ? 'nothing' : `[${output.dims.join(', ')}]`;
  const want = wanted.map(size => (size === 0 ? 'any' : size)).join(', ');
  throw new Error(
    `\`${name}\` gave ${is} as \`${called}\`, where [${want}] is wanted. It is another kind of model, or a broken export`,
  );
}
