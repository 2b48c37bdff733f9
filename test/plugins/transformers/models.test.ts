import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test, vi} from 'vitest';
import transformers from '../../../plugins/transformers/index.js';
import {loadLibrary} from '../../../plugins/transformers/library.js';
import type {CorpusRecord, Features} from '../../../src/api.js';
import {sentencesOf} from '../../../src/features/sentences.js';
import {labels, withLibrary, workshop} from './library.js';
import {vectorOf} from './vocabulary.mjs';

let folder: string;
beforeAll(() => {
  folder = workshop();
});

const record = (text: string, fields: object = {}) =>
  ({id: text, text, response: text, fields}) as CorpusRecord;
const context = {feature: (({text}: CorpusRecord) => sentencesOf(text)) as never};

/** What a model gives for these records, without the cache unless it is asked for. */
async function give<Name extends 'embedding' | 'entailment' | 'detector'>(
  name: Name,
  options: object,
  records: readonly CorpusRecord[],
): Promise<readonly Features[Name][]> {
  const {providers} = transformers({options: {cache: false, ...options}, folder});
  return (await providers![name]!.provide(records, context)) as readonly Features[Name][];
}

const embed = async (options: object, ...texts: string[]) => {
  const given = await give(
    'embedding',
    {embedding: {model: 'embedding', ...options}},
    texts.map(text => record(text)),
  );
  return given.map(each =>
    'absent' in each ? each.absent : Array.from(each.vector, value => Math.round(value * 1e5) / 1e5),
  );
};

/** What the model does, by hand: each token and half the mean of all; then pooled. */
function byHand(words: readonly string[], pooling: string, normalize = true): number[] {
  const rows: number[][] = ['[CLS]', ...words, '[SEP]'].map(vectorOf);
  const mean = [0, 1, 2, 3].map(at => rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length);
  const tokens = rows.map(row => row.map((value, at) => value + mean[at]! / 2));
  const pooled = pooling === 'mean' ? mean.map(value => value * 1.5) : tokens.at(pooling === 'cls' ? 0 : -1)!;
  const length = normalize ? Math.hypot(...pooled) : 1;
  return pooled.map(value => Math.round((value / length) * 1e5) / 1e5);
}

withLibrary('embedding', () => {
  test.each(['mean', 'cls', 'last'])('pooling %s', async pooling => {
    const given = await embed({pooling}, 'the old boat', 'gale', 'a red lamp is in the old boat');
    expect(given).toEqual([
      byHand(['the', 'old', 'boat'], pooling),
      byHand(['gale'], pooling),
      byHand('a red lamp is in the old boat'.split(' '), pooling),
    ]);
    expect(await embed({pooling, normalize: false}, 'gale')).toEqual([byHand(['gale'], pooling, false)]);
  });

  test('batches of any size give the same, and copies are asked once', async () => {
    const words = ['boat', 'the storm', 'a cold red loaf', 'the lamp is not in the vessel', 'boat'];
    const alone = await embed({batch: 1}, ...words);
    expect(await embed({batch: 3}, ...words)).toEqual(alone);
    expect(await embed({batch: 16}, ...words)).toEqual(alone);
    expect(await embed({padded: true, maxTokens: 16}, ...words)).toEqual(alone);
    expect(alone[4]).toEqual(alone[0]);
  });

  test('long texts are cut, and it is said how much was read; no text has no embedding', async () => {
    const given = await give('embedding', {embedding: {model: 'embedding', maxTokens: 6}}, [
      record('boat boat boat boat bread bread bread bread'),
      record(' '),
    ]);
    expect(given[0]).toMatchObject({read: 0.5});
    expect(given[1]).toMatchObject({absent: 'not-applicable'});
    const {vector} = given[0] as {vector: Float32Array};
    expect(Array.from(vector, value => Math.round(value * 1e5) / 1e5)).toEqual(
      byHand(['boat', 'boat', 'boat', 'boat'], 'mean'),
    );
  });

  test('a prefix is read too, and another part', async () => {
    expect(await embed({prefix: 'the old '}, 'boat')).toEqual([byHand(['the', 'old', 'boat'], 'mean')]);
    const asked = {...record('boat'), prompt: 'lamp'};
    const [given] = await give('embedding', {embedding: {model: 'embedding', part: 'prompt'}}, [asked]);
    expect(given).toMatchObject({read: 1});
  });

  test('what was answered once is not asked again', async () => {
    const copy = workshop();
    const options = {cache: true, cacheFolder: './cache', embedding: {model: join(copy, 'embedding')}};
    const first = await give('embedding', options, [record('boat'), record('gale')]);
    const {providers} = transformers({options, folder});
    const loads = vi.spyOn((await loadLibrary(folder)).AutoModel, 'from_pretrained');
    const again = await providers!.embedding!.provide([record('gale'), record('boat')], context);
    expect(again).toEqual([first[1], first[0]]);
    expect(loads).not.toHaveBeenCalled();
    await providers!.embedding!.provide([record('the loaf')], context);
    expect(loads).toHaveBeenCalledOnce();
  });
});

const nli = {model: 'nli', labels};
const answered = (text: string, ...contexts: string[]) => record(text, {contexts});

withLibrary('entailment', () => {
  test('each claim is held against the sources', async () => {
    const [both, denied, none, silent, unsaid] = await give('entailment', {nli}, [
      answered('The boat is old. The lamp is red.', 'The old boat is red.', 'A storm is cold.'),
      answered('The boat is not old.', 'The old boat is red.'),
      answered('The boat is old.'),
      answered('[d1] red!', 'The boat'),
      {...record('The boat is old'), response: undefined} as never,
    ]);
    // Logits are 8 times a share less 4: all words found, and one of two.
    const share = (own: number, ...others: number[]) =>
      Math.exp(own) / [own, ...others].reduce((sum, logit) => sum + Math.exp(logit), 0);
    expect(both).toEqual([
      {
        entailment: expect.closeTo(share(4, -4, -4), 4),
        neutral: expect.any(Number),
        contradiction: expect.any(Number),
      },
      {
        entailment: expect.closeTo(share(0, 0, -4), 4),
        neutral: expect.closeTo(share(0, 0, -4), 4),
        contradiction: expect.any(Number),
      },
    ]);
    expect(denied).toMatchObject([{contradiction: expect.closeTo(share(4, -4, -4), 4)}]);
    expect(none).toMatchObject({
      absent: 'missing',
      reason: expect.stringContaining('name its field in `nli.sources`'),
    });
    expect([silent, unsaid]).toMatchObject([{absent: 'not-applicable'}, {absent: 'not-applicable'}]);
  });

  test('sources that are longer than the model are read in windows, to the end', async () => {
    const far = [...Array.from({length: 12}, () => 'The storm is cold.'), 'The boat is old.'];
    const [given] = await give('entailment', {nli}, [answered('The boat is old.', far.join(' '))]);
    expect(given).toMatchObject([{entailment: expect.closeTo(0.9993, 3)}]);
    const [bounded] = await give('entailment', {nli: {...nli, windows: 2}}, [
      answered('The boat is old.', far.join(' ')),
    ]);
    expect(bounded).toMatchObject([{entailment: expect.closeTo(0.0003, 3)}]);
  });

  test('a claim that one passage bears out is entailed, whatever another one says; the order of labels may differ', async () => {
    const sources = [
      'The boat is not old.',
      ...Array.from({length: 8}, () => 'The storm is cold.'),
      'The boat is old.',
    ];
    const unnamed = {model: 'nli-unnamed', labels: labels.map((label, at) => `LABEL_${at}=${label}`)};
    for (const options of [nli, unnamed]) {
      const [given] = await give('entailment', {nli: options}, [answered('The boat is old.', ...sources)]);
      expect(given).toMatchObject([{entailment: expect.closeTo(0.9993, 3)}]);
    }
  });
});

withLibrary('detector', () => {
  const detector = {model: 'detector', machine: 'machine'};
  test('the share of the labels that mean a machine', async () => {
    const texts = ['the boat', 'furthermore the boat', 'delve'];
    const given = await give(
      'detector',
      {detector},
      [...texts, ' '].map(text => record(text)),
    );
    const share = (machine: number, person: number) =>
      Math.exp(machine) / (Math.exp(machine) + Math.exp(person));
    expect(given.slice(0, 3)).toEqual(
      [share(0, 1), share(3, 2), share(4, 1)].map(machine => ({
        machine: expect.closeTo(machine, 4),
        read: 1,
      })),
    );
    expect(given[3]).toMatchObject({absent: 'not-applicable'});
    const [other] = await give('detector', {detector: {...detector, machine: 'person'}}, [record('delve')]);
    expect(other).toMatchObject({machine: expect.closeTo(share(1, 4), 4)});
  });

  test('what is no number, and what has another shape, is an error that says what to do', async () => {
    const asked = [record('boat'), record('the overflow')];
    await expect(give('detector', {detector}, asked)).rejects.toThrow(
      /`detector` gave a number that is none .*Try another `dtype`, such as fp32/,
    );
    await expect(give('detector', {detector: {...detector, model: 'misshapen'}}, asked)).rejects.toThrow(
      '`misshapen` gave [2, 3] as `logits`, where [2, 2] is wanted',
    );
    const classifier = {embedding: {model: 'detector'}};
    await expect(give('embedding', classifier, asked)).rejects.toThrow(
      /gave \[2, 2\] as `logits`, where \[2, 4, any\]/,
    );
  });

  test('a device that is not there, and a graph that is none', async () => {
    await expect(give('detector', {device: 'abacus', detector}, [record('boat')])).rejects.toThrow(
      '`device: abacus` cannot be used here',
    );
    const copy = workshop();
    writeFileSync(join(copy, 'detector', 'onnx', 'model.onnx'), 'no graph');
    const broken = {...detector, model: join(copy, 'detector')};
    await expect(give('detector', {detector: broken}, [record('boat')])).rejects.toThrow(
      /detector` cannot be loaded: /,
    );
    rmSync(join(copy, 'detector', 'tokenizer.json'));
    await expect(give('detector', {detector: broken}, [record('boat')])).rejects.toThrow(
      'must hold config.json',
    );
  });
});
