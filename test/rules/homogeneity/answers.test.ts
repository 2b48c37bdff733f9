import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  type Answer,
  type AnswerSample,
  addAnswer,
  answerLimit,
  decodeSample,
  emptySample,
  encodeSample,
  inOrder,
  mergeSamples,
  promptLimit,
} from '../../../rules/homogeneity/answers.js';
import {mix32} from '../../../rules/homogeneity/text.js';

interface Seen {
  readonly key: number;
  readonly answer: Answer;
}

/** A record by two numbers: which prompt, and which answer. Hashes stand for those of texts. */
function seen(prompt: number, which: number): Seen {
  const id = `${mix32(prompt * 4099 + which)
    .toString(16)
    .padStart(8, '0')}${'0'.repeat(24)}`;
  const vector =
    which % 5 === 0
      ? Int8Array.of(which % 127, -3, prompt % 100)
      : Uint32Array.of(which * 256 + 1, 2 ** 31 + prompt);
  return {
    key: mix32(prompt) * 4096 + (prompt % 4096),
    answer: {id, count: 1, generator: `m${which % 3}`, words: which, vector},
  };
}

function observed(list: readonly Seen[]): AnswerSample {
  const sample = emptySample();
  for (const {key, answer} of list)
    addAnswer(
      sample,
      key,
      () => answer.id,
      () => answer,
    );
  return sample;
}

function merged(parts: readonly (readonly Seen[])[]): Uint8Array {
  const into = emptySample();
  for (const part of parts) mergeSamples(into, decodeSample(encodeSample(observed(part))));
  return encodeSample(into);
}

/** All records are sorted; no sampling goes on while they are read. */
function naive(list: readonly Seen[]): [number, [string, number][]][] {
  const prompts = new Map<number, Map<string, number>>();
  for (const {key, answer} of list) {
    const answers = prompts.get(key) ?? new Map<string, number>();
    answers.set(answer.id, (answers.get(answer.id) ?? 0) + 1);
    prompts.set(key, answers);
  }
  return [...prompts]
    .sort(([one], [other]) => one - other)
    .slice(0, promptLimit)
    .map(([key, answers]) => [key, [...answers].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, answerLimit)]);
}

const corpora = fc.array(
  fc
    .tuple(fc.oneof(fc.nat(500), fc.nat(3)), fc.oneof(fc.nat(40), fc.nat(2)))
    .map(([prompt, which]) => seen(prompt, which)),
  {maxLength: 3000, size: 'max'},
);
const settings = {numRuns: 12, seed: 5};

describe('the sample of answers', () => {
  test('is the least of all, with counts', () => {
    fc.assert(
      fc.property(corpora, list => {
        const sample = inOrder(observed(list)).map(([key, answers]) => [
          key,
          answers.map(({id, count}) => [id, count]),
        ]);
        expect(sample).toEqual(naive(list));
      }),
      settings,
    );
  });

  test('is full in these tests', () => {
    const list = Array.from({length: 20_000}, (_, at) => seen(at % 500, Math.floor(at / 500)));
    const sample = observed(list);
    expect(sample.prompts.size).toBe(promptLimit);
    expect([...sample.prompts.values()].every(answers => answers.length === answerLimit)).toBe(true);
  });

  test('merges to the same bytes in any order and grouping', () => {
    fc.assert(
      fc.property(corpora, fc.array(fc.nat(3000), {maxLength: 3}), (list, cuts) => {
        const at = [0, ...cuts.map(cut => Math.min(cut, list.length)).sort((a, b) => a - b), list.length];
        const parts = at.slice(1).map((end, index) => list.slice(at[index], end));
        const whole = encodeSample(observed(list));
        expect(Buffer.compare(merged(parts), whole)).toBe(0);
        expect(Buffer.compare(merged([...parts].reverse()), whole)).toBe(0);
        expect(Buffer.compare(merged([parts[0]!, parts.slice(1).flat()]), whole)).toBe(0);
        expect(Buffer.compare(encodeSample(observed([...list].reverse())), whole)).toBe(0);
      }),
      settings,
    );
  });

  test('is what it was after it was stored', () => {
    fc.assert(
      fc.property(corpora, list => {
        const sample = observed(list);
        const again = decodeSample(encodeSample(sample));
        expect(inOrder(again)).toEqual(inOrder(sample));
        expect(again.limit).toBe(sample.limit);
      }),
      settings,
    );
  });

  test('says when bytes are missing', () => {
    const bytes = encodeSample(observed([seen(1, 1), seen(1, 2)]));
    expect(() => decodeSample(bytes.slice(0, -1))).toThrow(RangeError);
  });
});
