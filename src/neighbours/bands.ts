import {sketchBytes} from '../features/text.js';

/**
 * Locality-sensitive hashing by bands (Broder; Leskovec, Rajaraman, Ullman, ch. 3): a sketch of 128 bytes is
 * cut into `bands` stretches of `rows` bytes, and two texts are candidates when one stretch is equal. At
 * similarity s that happens with probability 1 - (1 - s^rows)^bands.
 */
export interface Banding {
  readonly bands: number;
  readonly rows: number;
}

/** The most selective banding that finds at least 99 % of the pairs at `threshold` + 0.05, and more above. */
export function chooseBanding(threshold: number): Banding {
  const similarity = Math.min(1, threshold + 0.05);
  for (let rows = 16; rows > 1; rows--) {
    const bands = Math.floor(sketchBytes / rows);
    if (1 - (1 - similarity ** rows) ** bands >= 0.99) return {bands, rows};
  }
  return {bands: sketchBytes, rows: 1};
}
