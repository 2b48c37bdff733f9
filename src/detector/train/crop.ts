import type {Labelled} from './documents.js';
import {randomNumbers} from './random.js';

const longEnough = 120;
const shortest = 50;
const range = 50;

/** A stretch of 50 to 100 words of each text of 120 and more: what it is like to see little of a text. */
export function crop<Text extends Labelled>(texts: readonly Text[], seed: number): Text[] {
  const random = randomNumbers(seed);
  const crops: Text[] = [];
  for (const text of texts) {
    const words = [...text.text.matchAll(/\S+/g)];
    if (words.length < longEnough) continue;
    const length = shortest + Math.floor(random() * range);
    const first = Math.floor(random() * (words.length - length));
    crops.push({...text, text: text.text.slice(words[first]!.index, words[first + length]!.index)});
  }
  return crops;
}
