import {createHash} from 'node:crypto';
import type {Forest} from './forest.js';

/** All that a trained detector consists of. */
export interface Weights {
  /** Hashes of the words that are kept when others are masked. */
  readonly frame: Uint32Array;
  /** Buckets of n-grams, ascending, and their weights in units of `scale`. */
  readonly buckets: Uint32Array;
  readonly values: Int16Array;
  readonly scale: number;
  readonly bias: number;
  readonly forest: Forest;
  /** How the score of human text goes with its length and manner. */
  readonly human: HumanScale;
  /** Scores that 2^-1, 2^-1.5, 2^-2, .. of human texts of sources left out exceed. */
  readonly tail: Float64Array;
  /** For each style measure the 10 %, 50 % and 90 % quantiles of human text. */
  readonly usual: Float64Array;
  /** What it was trained on, for people. */
  readonly about: string;
}

/** Coefficients of the terms of `centreTerms` and `spreadTerms` in detector.ts. */
export interface HumanScale {
  readonly centre: readonly number[];
  readonly spread: readonly number[];
}

const magic = 'CGSTYLE2';
const digestBytes = 32;
const arrays = {Uint32Array, Int16Array, Int8Array, Float32Array, Float64Array} as const;
type ArrayName = keyof typeof arrays;

/** One file: mark, length of the head, head as JSON, arrays at multiples of 8 bytes, SHA-256 of all before. */
export function encodeWeights(weights: Weights): Buffer {
  const {forest, human, scale, bias, about} = weights;
  const sections: Record<string, Uint32Array | Int16Array | Int8Array | Float32Array | Float64Array> = {
    frame: weights.frame,
    buckets: weights.buckets,
    values: weights.values,
    tail: weights.tail,
    usual: weights.usual,
    features: forest.features,
    thresholds: forest.thresholds,
    leaves: forest.values,
  };
  const listed: [name: string, type: string, length: number][] = [];
  const parts: Buffer[] = [];
  for (const [name, array] of Object.entries(sections)) {
    listed.push([name, array.constructor.name, array.length]);
    parts.push(padded(Buffer.from(array.buffer, array.byteOffset, array.byteLength)));
  }
  const head = {sections: listed, depth: forest.depth, human, scale, bias, about};
  const json = padded(Buffer.from(JSON.stringify(head)), 32);
  const length = Buffer.alloc(8);
  length.writeUInt32LE(json.length);
  const body = Buffer.concat([Buffer.from(magic), length, json, ...parts]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/** Whether a file begins as detector weights do, of whatever version. */
export function isWeights(file: Uint8Array): boolean {
  return Buffer.from(file.subarray(0, magic.length - 1)).toString('latin1') === magic.slice(0, -1);
}

/** @throws Error when the file is not what `encodeWeights` wrote. */
export function decodeWeights(file: Uint8Array): Weights {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!isWeights(bytes)) throw new Error('it is no file of detector weights');
  const version = bytes.toString('latin1', magic.length - 1, magic.length);
  if (version !== magic.at(-1)) {
    throw new Error(
      `it is of another version (${version}, expected ${magic.at(-1)}): train it again with this version of the tool`,
    );
  }
  const body = bytes.subarray(0, bytes.length - digestBytes);
  if (
    !createHash('sha256')
      .update(body)
      .digest()
      .equals(bytes.subarray(bytes.length - digestBytes))
  ) {
    throw new Error('its checksum does not match: the file is damaged');
  }
  const start = magic.length + 8;
  const headBytes = bytes.readUInt32LE(magic.length);
  const head = JSON.parse(body.toString('utf8', start, start + headBytes));
  const found = new Map<string, unknown>();
  let at = start + headBytes;
  for (const [name, type, length] of head.sections as [string, ArrayName, number][]) {
    const made = new arrays[type](length);
    const target = new Uint8Array(made.buffer);
    target.set(body.subarray(at, at + target.length));
    found.set(name, made);
    at += target.length + pad(target.length);
  }
  const {depth, human, scale, bias, about} = head;
  const get = <T>(name: string) => found.get(name) as T;
  return {
    frame: get('frame'),
    buckets: get('buckets'),
    values: get('values'),
    tail: get('tail'),
    usual: get('usual'),
    forest: {depth, features: get('features'), thresholds: get('thresholds'), values: get('leaves')},
    human,
    scale,
    bias,
    about,
  };
}

function pad(length: number): number {
  return (8 - (length % 8)) % 8;
}

function padded(part: Buffer, fill = 0): Buffer {
  return Buffer.concat([part, Buffer.alloc(pad(part.length), fill)]);
}
