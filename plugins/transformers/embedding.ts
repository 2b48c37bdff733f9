import {type CorpusRecord, type Embedding, notApplicable, type Provider} from '../../src/api.js';
import {createAnswers} from './answers.js';
import {type Batch, shaped} from './ask.js';
import {keyOf} from './cache.js';
import type {CutCounter} from './cut.js';
import {type Loaded, load} from './load.js';
import type {EmbeddingOptions, Folders} from './options.js';
import {partOf} from './part.js';

/** Records per call: enough for batches of like length. */
const perCall = 256;

/** What a text means, as the mean (or first, or last) of what the model makes of its tokens. */
export function embeddingProvider(
  options: EmbeddingOptions,
  folders: Folders,
  cuts: CutCounter,
): Provider<Embedding | ReturnType<typeof notApplicable>> {
  const {pooling, normalize, prefix, part} = options;

  async function start() {
    const loaded = await load('AutoModel', options, folders);
    const answer = createAnswers(loaded, folders, ['embedding', pooling, normalize], batch =>
      pool(loaded, batch, options),
    );
    // Of the model: its files, the tokens it reads and the dtype.
    const own = [...loaded.identity.slice(0, 3), pooling, prefix, part];
    const ask = (texts: readonly string[]) =>
      answer(texts.map(text => ({text, encode: () => encode(loaded, text)})));
    return {ask, model: keyOf(JSON.stringify(own))};
  }

  let asking: ReturnType<typeof start> | undefined;
  return {
    batch: perCall,
    async provide(records: readonly CorpusRecord[]) {
      asking ??= start();
      const {ask, model} = await asking;
      const texts = records.map(record => partOf(record, part));
      const filled = texts.filter(text => text !== undefined);
      const given = (await ask(filled.map(text => prefix + text))).values();
      return records.map((record, at) => {
        if (texts[at] === undefined) return notApplicable('there is no text');
        const {values, read} = given.next().value!;
        cuts.count(record, 'embedding', read);
        return {vector: values, model, read};
      });
    },
  };
}

const encode = ({encoder}: Loaded, text: string) => encoder.one(encoder.tokens(text));

/** Names under which models give a vector for each token, and one for the whole text. */
const tokenOutputs = ['last_hidden_state', 'token_embeddings', 'logits'];

function pool(
  {name}: Loaded,
  {outputs, rows, length, lengths}: Batch,
  {pooling, normalize}: EmbeddingOptions,
): Float32Array[] {
  const called = tokenOutputs.find(key => outputs[key] !== undefined) ?? tokenOutputs[0]!;
  const {dims, data} = shaped(name, outputs[called], [rows, length, 0], called);
  const size = dims[2]!;
  return lengths.map((tokens, row) => {
    const first = pooling === 'last' ? tokens - 1 : 0;
    const end = pooling === 'cls' ? 1 : tokens;
    const sum = new Float64Array(size);
    for (let token = first; token < end; token++) {
      const start = (row * length + token) * size;
      for (let at = 0; at < size; at++) sum[at]! += Number(data[start + at]);
    }
    const norm = Math.hypot(...sum);
    const scale = normalize ? (norm === 0 ? 0 : 1 / norm) : 1 / (end - first);
    return Float32Array.from(sum, component => component * scale);
  });
}
