import {randomNumbers} from '../../../src/detector/train/random.js';

const nouns =
  'harbour keeper garden letter ferry orchard window teacher market river kettle lantern bridge sailor cellar pony meadow clerk'.split(
    ' ',
  );
const verbs = 'found mended carried lost painted watched sold hid'.split(' ');

type Writer = (clause: () => string, random: () => number) => string;

/** Two writers who use the same words and differ in how they join them. */
export const loose: Writer = (clause, random) =>
  random() < 0.5
    ? `So ${clause()}.`
    : `I think ${clause()}, but then we all said that ${clause()}, which was odd, and I left it at that.`;
export const stiff: Writer = (clause, random) =>
  random() < 0.5
    ? `Moreover, ${clause()}, and it was important that ${clause()}.`
    : `It was of note that ${clause()}, as a whole.`;

/** Invented texts. Some sentences are written as the other writer does, so that scores stay finite. */
export function inventedSet(count: number, seed: number, writer: Writer): string[] {
  const random = randomNumbers(seed);
  const other = writer === loose ? stiff : loose;
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const clause = () => `the ${pick(nouns)} ${pick(verbs)} the ${pick(nouns)} by the ${pick(nouns)}`;
  return Array.from({length: count}, () =>
    Array.from({length: 5 + Math.floor(random() * 6)}, () =>
      (random() < 0.12 ? other : writer)(clause, random),
    ).join(' '),
  );
}
