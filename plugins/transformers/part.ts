import type {CorpusRecord} from '../../src/api.js';
import type {Part} from './options.js';

/** The text that a model is to read; `answer` is what a model would have said, or all there is. */
export function partOf(record: CorpusRecord, part: Part): string | undefined {
  const text = part === 'answer' ? (record.response ?? record.chosen ?? record.text) : record[part];
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** Shares as they are given: later digits hang on how a model adds up, and so on the machine. */
export function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}

/** Shares that add up to 1. */
export function softmax(logits: Float32Array): number[] {
  const top = Math.max(...logits);
  const powers = Array.from(logits, logit => Math.exp(logit - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map(power => power / sum);
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
