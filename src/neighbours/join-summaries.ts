import type {Summaries} from './summary.js';

/** The rows of several summaries as one, in order. */
export function joinSummaries(parts: readonly Summaries[]): Summaries {
  const [only] = parts;
  if (parts.length === 1) return only!;
  const joined: Summaries = {
    count: parts.reduce((sum, {count}) => sum + count, 0),
    words: concat(
      Uint32Array,
      parts.map(({words}) => words),
    ),
    exact: concat(
      Uint32Array,
      parts.map(({exact}) => exact),
    ),
    sketches: concat(
      Uint8Array,
      parts.map(({sketches}) => sketches),
    ),
    fingerprintEnds: concatEnds(parts.map(({fingerprintEnds}) => fingerprintEnds)),
    fingerprints: concat(
      Uint32Array,
      parts.map(({fingerprints}) => fingerprints),
    ),
  };
  if (only?.runs === undefined) return joined;
  return {
    ...joined,
    runEnds: concatEnds(parts.map(({runEnds}) => runEnds!)),
    runs: concat(
      Uint32Array,
      parts.map(({runs}) => runs!),
    ),
  };
}

function concat<A extends Uint8Array | Uint32Array>(make: new (length: number) => A, parts: readonly A[]): A {
  const joined = new make(parts.reduce((sum, {length}) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Ends count from the start of what they end in: those of later parts move up. */
function concatEnds(parts: readonly Uint32Array[]): Uint32Array {
  let before = 0;
  return concat(
    Uint32Array,
    parts.map(part => {
      const shifted = part.map(end => end + before);
      before += part.at(-1) ?? 0;
      return shifted;
    }),
  );
}
