import {createHash} from 'node:crypto';

/** Which texts share passages: those must not be learnt from and judged by at once. */
export interface Passages {
  /** By text, the number of its group. */
  readonly groups: Uint32Array;
  /** Pairs of which the shorter text stands for the larger part in the other. */
  readonly copies: readonly (readonly [one: number, other: number])[];
}

const runLength = 8;
/** One in so many runs is looked at, by its hash: the same runs in every text. */
const sampled = 4;
/** A run that more texts have is a stock phrase or a prompt's frame, no shared passage. */
const common = 20;
/** Shared runs that make two texts belong together. */
const leastShared = 2;

/** Share of the shorter text's runs, of so many at least, that makes it a copy. */
const copied = 0.5;
const leastRuns = 4;

/** Groups texts that share at least two sampled runs of 8 words which few texts have, in any number of steps. */
export function groupByPassages(texts: readonly string[]): Passages {
  const runs = texts.map(runsOf);
  const holders = new Map<number, number[]>();
  for (const [text, own] of runs.entries()) {
    for (const run of own) {
      const known = holders.get(run);
      if (known === undefined) holders.set(run, [text]);
      else if (known.length <= common) known.push(text);
    }
  }
  const parents = Uint32Array.from(texts.keys());
  const root = (text: number): number => {
    let at = text;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]!]!;
    return at;
  };
  const shared = new Map<number, number>();
  for (const known of holders.values()) {
    if (known.length < 2 || known.length > common) continue;
    for (let one = 1; one < known.length; one++) {
      for (let other = 0; other < one; other++) {
        const pair = known[other]! * texts.length + known[one]!;
        const count = (shared.get(pair) ?? 0) + 1;
        shared.set(pair, count);
        if (count === leastShared) parents[root(known[one]!)] = root(known[other]!);
      }
    }
  }
  const copies: [number, number][] = [];
  for (const [pair, count] of shared) {
    const [one, other] = [Math.floor(pair / texts.length), pair % texts.length];
    const smaller = Math.min(runs[one]!.length, runs[other]!.length);
    if (smaller >= leastRuns && count >= copied * smaller) copies.push([one, other]);
  }
  return {groups: Uint32Array.from(texts.keys(), root), copies};
}

function runsOf(text: string): Uint32Array {
  const words = [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => hashOf(word));
  const found = new Set<number>();
  for (let at = 0; at + runLength <= words.length; at++) {
    let hash = 0;
    for (let next = at; next < at + runLength; next++)
      hash = (Math.imul(hash, 0x01000193) ^ words[next]!) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
    hash = (hash ^ (hash >>> 13)) >>> 0;
    if (hash % sampled === 0) found.add(hash);
  }
  return Uint32Array.from(found);
}

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** What makes two texts the same: letters and digits in lower case, in order. */
export function sameness(text: string): string {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return createHash('sha256').update(bare).digest('base64').slice(0, 22);
}
