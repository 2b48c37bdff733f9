import {createTextAnalyser, type TextAnalyser} from '../features/text.js';
import type {ScannedRecord} from './scanned-record.js';

/**
 * Large rounds are sampled: what corpus rules measure are mostly shares and distributions, of which some tens
 * of megabytes tell as much as all of it. One record in 2, 4, 8 … is taken by a hash of its text and its id, so
 * that the sample is the same on any thread and in any format, and in any order where records have ids of their
 * own; others go by their line. By the text alone one that stands a thousand times would be in the sample as
 * often or not at all, and a share as far off as its records weigh.
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
  const taken = ({exactLow, exactHigh}: TextAnalyser, id: string) => {
    let hash = Math.imul(exactLow ^ (exactHigh >>> 7) ^ (exactHigh << 25), 0x2c1b3c6d);
    for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    return (hash ^ (hash >>> 15)) >>> (32 - bits) === 0;
  };
  return {
    note(record, text) {
      if (bits > 0) record.sampled = taken(text, record.id);
    },
    holds(record) {
      if (bits === 0) return true;
      if (record.sampled === undefined) {
        analyser ??= createTextAnalyser();
        analyser.read(record.utf8 ?? record.text);
        record.sampled = taken(analyser, record.id);
      }
      return record.sampled;
    },
  };
}
