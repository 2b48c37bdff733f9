import type {SignalValue} from '../api.js';
import {decodeTable, encodeTable, requireLengths} from './container/table.js';

/**
 * The section that says how signals are spread over a corpus: of each signal a sample of its values, those of
 * the records with the least content hashes. The same records make the same sample in any order and grouping.
 */
export const signalsSection = 'signals';
export const signalsVersion = 1;

/** Values kept of one signal. A quantile of so many is right to within 0.03 of the corpus. */
const most = 2048;

/** By signal and what its numbers depend on: values by the hash of their record. */
export type SignalSamples = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** What a sample is kept under: `meaning` says all that the numbers depend on beside the record. */
export function sampleKey(signal: string, meaning: string): string {
  return `${signal} ${meaning}`;
}

const schema = {key: 'text', ends: 'u32', hash: 'f64', value: 'f64'} as const;

export function encodeSignals(samples: SignalSamples): Uint8Array<ArrayBuffer> {
  const named = [...samples].sort(([a], [b]) => (a < b ? -1 : 1));
  let end = 0;
  const ends = Uint32Array.from(named, ([, values]) => {
    end += values.size;
    return end;
  });
  const ordered = named.flatMap(([, values]) => [...values].sort(([a], [b]) => a - b));
  return encodeTable({
    key: named.map(([key]) => key),
    ends,
    hash: Float64Array.from(ordered, ([hash]) => hash),
    value: Float64Array.from(ordered, ([, value]) => value),
  });
}

/** Throws ProfileError for a payload that is not one. */
export function decodeSignals(payload: Uint8Array<ArrayBuffer>): SignalSamples {
  const {key, ends, hash, value} = decodeTable(signalsSection, payload, schema);
  const total = ends.at(-1) ?? 0;
  requireLengths(signalsSection, {key, hash, value}, {key: ends.length, hash: total, value: total});
  const samples = new Map<string, Map<number, number>>();
  let start = 0;
  for (const [at, end] of ends.entries()) {
    const values = new Map<number, number>();
    for (let row = start; row < end; row++) values.set(hash[row]!, value[row]!);
    samples.set(key.at(at), values);
    start = end;
  }
  return samples;
}

/** Of the least hashes of all, as if it had been one corpus. */
export function mergeSignals(parts: readonly SignalSamples[]): SignalSamples {
  const sampler = createSignalSampler();
  for (const samples of parts)
    for (const [key, values] of samples) for (const [hash, value] of values) sampler.add(key, hash, value);
  return sampler.finish();
}

/** A record's place in the order that samples are taken by: the first 52 bits of its hash. */
export function orderOf(hash: string): number {
  return Number.parseInt(hash.slice(0, 13), 16);
}

export function createSignalSampler() {
  const samples = new Map<string, {values: Map<number, number>; limit: number}>();

  function trim(sample: {values: Map<number, number>; limit: number}): void {
    if (sample.values.size <= most) return;
    const least = [...sample.values].sort(([a], [b]) => a - b).slice(0, most);
    sample.values = new Map(least);
    sample.limit = least.at(-1)![0];
  }
  return {
    add(key: string, hash: number, value: number): void {
      let sample = samples.get(key);
      if (sample === undefined) {
        sample = {values: new Map(), limit: Number.POSITIVE_INFINITY};
        samples.set(key, sample);
      }
      if (hash > sample.limit) return;
      // The same bytes give the same number; should they not, the order of reading must not tell.
      sample.values.set(hash, Math.min(value, sample.values.get(hash) ?? value));
      if (sample.values.size >= 2 * most) trim(sample);
    },
    finish(): SignalSamples {
      for (const sample of samples.values()) trim(sample);
      return new Map([...samples].map(([key, {values}]) => [key, values]));
    },
  };
}

/** Samples the signals of a scan whose meaning is known, chunk by chunk. */
export function createSignalCollector(meanings: ReadonlyMap<string, string>) {
  const sampler = createSignalSampler();
  const keys = new Map([...meanings].map(([signal, meaning]) => [signal, sampleKey(signal, meaning)]));
  return {
    add({evidence, names}: SignalRows): void {
      if (keys.size === 0) return;
      for (const [row, {signals}] of evidence) {
        const name = names.get(row);
        if (name === undefined) continue;
        for (const [signal, value] of Object.entries(signals)) {
          const key = keys.get(signal);
          if (key !== undefined && typeof value === 'number') sampler.add(key, orderOf(name.hash), value);
        }
      }
    },
    finish: sampler.finish,
  };
}

/** What a scanned chunk says of its rows. */
export interface SignalRows {
  readonly evidence: ReadonlyMap<number, {readonly signals: Readonly<Record<string, SignalValue>>}>;
  readonly names: ReadonlyMap<number, {readonly hash: string}>;
}

/** 101 values that a hundredth of the sample each stands between; the first is the least, the last the greatest. */
export function percentiles(sample: ReadonlyMap<number, number>): number[] {
  const sorted = Float64Array.from(sample.values()).sort();
  return Array.from({length: 101}, (_, at) => {
    const value = sorted[Math.round((at / 100) * (sorted.length - 1))]!;
    return Number(value.toPrecision(6));
  });
}
