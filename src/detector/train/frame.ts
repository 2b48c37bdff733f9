import {createReader, isWord} from '../reader.js';
import type {Labelled} from './documents.js';

/**
 * The words that stay when others are masked: those that are common in every source, by the geometric mean of the
 * shares of texts that hold them.
 */
export function chooseFrame(texts: readonly Labelled[], size: number): Uint32Array {
  const reader = createReader(new Uint32Array(0));
  const sources = [...new Set(texts.map(({source}) => source))];
  const places = new Map(sources.map((source, index) => [source, index]));
  const totals = new Float64Array(sources.length);
  const found = new Map<number, Float64Array>();
  for (const {text, source} of texts) {
    const place = places.get(source)!;
    totals[place]! += 1;
    reader.read(text);
    const tokens = reader.tokens();
    const words = new Set<number>();
    for (let at = 0; at < tokens.length; at += 4) if (isWord(tokens[at + 3]!)) words.add(tokens[at]!);
    for (const word of words) {
      let counts = found.get(word);
      if (counts === undefined) {
        counts = new Float64Array(sources.length);
        found.set(word, counts);
      }
      counts[place]! += 1;
    }
  }
  const scored: [hash: number, score: number][] = [];
  for (const [hash, counts] of found) {
    let score = 0;
    for (const [place, count] of counts.entries()) score += Math.log((count + 0.5) / (totals[place]! + 1));
    scored.push([hash, score]);
  }
  scored.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  return Uint32Array.from(scored.slice(0, size), ([hash]) => hash).sort();
}
