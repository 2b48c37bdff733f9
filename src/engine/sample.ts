import {createTextAnalyser, type TextAnalyser} from '../features/text.js';
import type {ScannedRecord} from './scanned-record.js';

/**
 * Large rounds are sampled: what corpus rules measure are mostly shares and distributions, of which some tens
 * of megabytes tell as much as all of it. One record in 2, 4, 8 … is taken by the hash of its text, so that the
 * sample is the same in any order, on any thread and in any format, and a text that stands twice is in it
 * twice or not at all.
 */
export interface Sampler {
  /** Takes note of the text that the analyser has just read: that of the record. */
  note(record: ScannedRecord, text: TextAnalyser): void;
  /** Whether the record is in the sample. */
  holds(record: ScannedRecord): boolean;
}

/**
 * Of a round of so many bytes one record in 2 to the power of this is enough: what is left is at most
 * `above` bytes, and more than half of that.
 */
export function samplingBits(bytes: number, above: number): number {
  return above > 0 && bytes > above ? Math.ceil(Math.log2(bytes / above)) : 0;
}

export function createSampler(bits: number): Sampler {
  let analyser: TextAnalyser | undefined;
  // Not the bits that equal texts are looked up by, nor those by which rules sample and split records.
  const taken = ({exactLow, exactHigh}: TextAnalyser) => {
    let hash = Math.imul(exactLow ^ (exactHigh >>> 7) ^ (exactHigh << 25), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    return (hash ^ (hash >>> 15)) >>> (32 - bits) === 0;
  };
  return {
    note(record, text) {
      if (bits > 0) record.sampled = taken(text);
    },
    holds(record) {
      if (bits === 0) return true;
      if (record.sampled === undefined) {
        analyser ??= createTextAnalyser();
        analyser.read(record.utf8 ?? record.text);
        record.sampled = taken(analyser);
      }
      return record.sampled;
    },
  };
}
