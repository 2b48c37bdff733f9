/** Where a text goes round in circles: the same run of words, or the same stretch of signs, again and again. */

export interface Loop {
  /** Words of the text that stand in a run of `run` words that stood earlier in it. */
  readonly repeated: number;
  /** First word of the first run that stood earlier; 0 where none did. */
  readonly first: number;
  /** The longest stretch that repeats one unit without a break, in words. */
  readonly longest: {readonly start: number; readonly end: number; readonly period: number};
}

/** Words that must be equal to count as a repeat: sayings and names are shorter. */
export const run = 8;

let stamp = 0;

function nextStamp(): void {
  if (++stamp < 0xffffffff) return;
  seenStamps.fill(0);
  stamp = 1;
}

/** Where runs were seen last, by their keys: runs that share a slot drop one another, and loops are near by. */
const positions = new Uint32Array(1 << 14);
const seenStamps = new Uint32Array(positions.length);
const factor = 0x9e3779b1;
/** What a word counts for when it leaves the run. */
const leaving = Array.from({length: run - 1}).reduce<number>(power => Math.imul(power, factor), factor);

/** Counts what repeats. Linear in the words. */
export function loopOf(words: Uint32Array): Loop {
  nextStamp();
  const longest = {start: 0, end: 0, period: 0};
  let current = {start: 0, end: 0, period: 0};
  let repeated = 0;
  let first = -1;
  /** Words before here are counted already. */
  let counted = 0;
  let key = 0;
  for (let at = 0; at < Math.min(run - 1, words.length); at++) key = Math.imul(key, factor) + words[at]!;
  for (let at = 0; at + run <= words.length; at++) {
    key = Math.imul(key, factor) + words[at + run - 1]!;
    if (at > 0) key -= Math.imul(words[at - 1]!, leaving);
    const slot = (key ^ (key >>> 15)) & (positions.length - 1);
    const before = seenStamps[slot] === stamp ? positions[slot]! : -1;
    positions[slot] = at;
    seenStamps[slot] = stamp;
    if (before < 0 || !sameRun(words, before, at)) continue;
    if (first < 0) first = at;
    repeated += at + run - Math.max(at, counted);
    counted = at + run;
    const period = at - before;
    // One unit after another: where it stood last is as far back as it is long.
    if (period === current.period && at <= current.end) current.end = at + run;
    else current = {start: before, end: at + run, period};
    if (
      current.end - current.start > longest.end - longest.start &&
      2 * period <= current.end - current.start
    )
      Object.assign(longest, current);
  }
  return {repeated, first: Math.max(0, first), longest};
}

function sameRun(words: Uint32Array, one: number, other: number): boolean {
  for (let index = 0; index < run; index++) if (words[one + index] !== words[other + index]) return false;
  return true;
}

/** Share of the lines, numbers and bullets at their beginning left out, that stood earlier; 0 of few lines. */
export function repeatedLines(text: string, least: number): number {
  const seen = new Set<string>();
  let lines = 0;
  for (const line of text.split('\n')) {
    const bare = line.replace(/^[\s\d.)\]*•-]{1,12}/u, '').trim();
    if (bare.length < 3) continue;
    lines++;
    seen.add(bare);
  }
  return lines < least ? 0 : 1 - seen.size / lines;
}

/** A stretch of signs that one short unit fills. */
export interface SignLoop {
  readonly start: number;
  readonly end: number;
  readonly unit: string;
}

/** Units of signs that are looked for: the words of a longer one repeat as words. */
const longestUnit = 40;

/** The longest stretch of at least `least` characters that repeats a unit of up to 40. Linear: 40 passes at most. */
export function signLoopOf(text: string, least: number): SignLoop | undefined {
  let best: SignLoop | undefined;
  for (let period = 1; period <= longestUnit; period++) {
    let length = 0;
    for (let at = period; at <= text.length; at++) {
      if (at < text.length && text.charCodeAt(at) === text.charCodeAt(at - period)) {
        length++;
        continue;
      }
      const start = at - length - period;
      const unit = text.slice(start, start + period);
      if (
        length + period >= least &&
        length + period > (best ? best.end - best.start : 0) &&
        /[^\s\-=_*#.~+|]/u.test(unit)
      )
        best = {start, end: at, unit};
      length = 0;
    }
  }
  return best;
}
