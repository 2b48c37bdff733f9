import {describe, expect, it} from 'vitest';
import {createDetector} from '../../src/detector/detector.js';
import {scoreForest} from '../../src/detector/forest.js';
import type {Labelled} from '../../src/detector/train/documents.js';
import {randomNumbers} from '../../src/detector/train/random.js';
import {trainDetector} from '../../src/detector/train/train.js';
import {fitForest} from '../../src/detector/train/trees.js';
import {encodeWeights} from '../../src/detector/weights.js';

const nouns = 'harbour keeper garden letter ferry orchard window teacher market river kettle lantern'.split(
  ' ',
);
const verbs = 'found mended carried lost painted watched'.split(' ');

/** Invented text: two writers who use the same words and differ in how they join them. */
function write(random: () => number, machine: boolean): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const sentences: string[] = [];
  for (let count = 0; count < 14; count++) {
    const clause = `the ${pick(nouns)} ${pick(verbs)} the ${pick(nouns)}`;
    if (machine) sentences.push(`Moreover, ${clause}, and it was important to note that ${clause}.`);
    else if (random() < 0.5) sentences.push(`So ${clause}.`);
    else
      sentences.push(
        `I think ${clause}, but then we all said that ${clause}, which is odd, and I left it at that.`,
      );
  }
  return sentences.join(' ');
}

const random = randomNumbers(11);
const texts: Labelled[] = Array.from({length: 240}, (_, index) => {
  const machine = index % 2 === 1;
  // Some of each write as the other does: there is no telling them apart, and scores stay finite.
  return {
    text: write(random, random() < 0.06 ? !machine : machine),
    machine,
    source: `s${(index % 4) >> 1}`,
    kind: 'tale',
  };
});
const train = () =>
  trainDetector(texts, {
    seed: 5,
    epochs: 3,
    trees: 20,
    least: 3,
    leastSources: 1,
    foldOf: ({source}) => Number(source.slice(1)),
    about: 'invented',
  });

describe('training', () => {
  const {weights, leftOut, texts: scored} = train();

  it('tells writers apart in a source that it did not know', () => {
    const means = [false, true].map(machine => {
      const scores = leftOut.filter((_, at) => scored[at]!.machine === machine).map(({score}) => score);
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    });
    expect(means[1]! - means[0]!).toBeGreaterThan(1);
  });

  it('gives weights that score new text likewise', () => {
    const detector = createDetector(weights);
    const fresh = randomNumbers(99);
    const scoreOf = (machine: boolean) => {
      const seen = detector.analyse(write(fresh, machine));
      return 'score' in seen ? seen.score : Number.NaN;
    };
    for (let count = 0; count < 10; count++) expect(scoreOf(true)).toBeGreaterThan(scoreOf(false));
  });

  it('gives the same bytes again', () => {
    expect(encodeWeights(train().weights).equals(encodeWeights(weights))).toBe(true);
  });
});

describe('trees', () => {
  it('learn what only both features together tell', () => {
    const rows = 800;
    const noise = randomNumbers(3);
    const values = Float32Array.from({length: 2 * rows}, () => noise());
    const labels = Uint8Array.from({length: rows}, (_, row) =>
      values[2 * row]! > 0.5 === values[2 * row + 1]! > 0.3 ? 1 : 0,
    );
    const forest = fitForest(
      values,
      2,
      Uint32Array.from(labels.keys()),
      labels,
      new Float32Array(rows).fill(1),
      [0, 1],
      {
        trees: 30,
        depth: 3,
        rate: 0.3,
        seed: 1,
        rowShare: 1,
        featureShare: 1,
      },
    );
    const right = labels.filter(
      (label, row) => scoreForest(forest, values.subarray(2 * row)) > 0 === (label === 1),
    );
    expect(right.length / rows).toBeGreaterThan(0.97);
  });
});
