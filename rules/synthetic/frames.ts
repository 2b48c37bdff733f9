/** Frames that many texts fill in: the same words in the same order, with slots between them. */

export interface Frame {
  /** `write a … about a … in the style of …` */
  readonly text: string;
  /** Texts that fill it. */
  readonly count: number;
  /** Words of it that are the same in all. */
  readonly fixed: number;
}

/** Words of a text that are looked at. */
const headWords = 64;
/** Neighbouring words that make a piece of a frame. */
const piece = 3;
/** Share of the texts with one piece that must have another one, too, for both to be of one frame. */
const together = 0.8;
/** Words that a frame must fix, and share of the words of its texts: sayings and openings are less. */
const fewestFixed = 5;
const leastCover = 0.4;
/** Pieces that are tried, the most frequent first, and frames that are given. */
const seeds = 3000;
export const mostFrames = 20;

const word = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?/gu;

interface Text {
  readonly words: readonly string[];
  /** Pieces, each with where it stands first. */
  readonly pieces: ReadonlyMap<string, number>;
}

function read(text: string): Text {
  const words: string[] = [];
  for (const match of text.matchAll(word)) {
    words.push(/^\p{N}+$/u.test(match[0]) ? '#' : match[0].toLowerCase());
    if (words.length === headWords) break;
  }
  const pieces = new Map<string, number>();
  for (let at = 0; at + piece <= words.length; at++) {
    const key = words.slice(at, at + piece).join(' ');
    if (!pieces.has(key)) pieces.set(key, at);
  }
  return {words, pieces};
}

/**
 * The frames of some texts, the most frequent first; each text is counted for one. Around every frequent piece
 * it looks at what else its texts have in common: of a saying that is little, of a frame most of its words.
 */
export function framesOf(texts: readonly string[], fewest: number): Frame[] {
  const read1 = texts.map(read);
  const free = new Set(read1.keys());
  const holders = new Map<string, number[]>();
  for (const [index, {pieces}] of read1.entries()) {
    for (const key of pieces.keys()) {
      const list = holders.get(key);
      if (list === undefined) holders.set(key, [index]);
      else list.push(index);
    }
  }
  const frequent = [...holders]
    .filter(([, list]) => list.length >= fewest)
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .slice(0, seeds);
  const frames: Frame[] = [];
  for (const [, list] of frequent) {
    const left = list.filter(index => free.has(index));
    if (left.length < fewest) continue;
    const found = frameAmong(
      left.map(index => read1[index]!),
      fewest,
    );
    if (found === undefined) continue;
    for (const at of found.members) free.delete(left[at]!);
    frames.push(found.frame);
  }
  return frames
    .sort((one, other) => other.count - one.count || (one.text < other.text ? -1 : 1))
    .slice(0, mostFrames);
}

function frameAmong(texts: readonly Text[], fewest: number) {
  const counts = new Map<string, number>();
  for (const {pieces} of texts) for (const key of pieces.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const shared = new Set(
    [...counts].filter(([, count]) => count >= together * texts.length).map(([key]) => key),
  );
  if (shared.size < fewestFixed - piece + 1) return undefined;
  const covers = texts.map(text => fixedIn(text, shared));
  const members: number[] = [];
  for (const [at, {words}] of texts.entries()) {
    const fixed = covers[at]!.reduce((sum, each) => sum + each, 0);
    // A text that the frame fills wholly has no slot: it is a repeat, or a saying.
    if (fixed >= fewestFixed && fixed >= leastCover * words.length && fixed < words.length) members.push(at);
  }
  if (members.length < fewest) return undefined;
  const shown = members.map(at => frameText(texts[at]!, covers[at]!));
  const first = mostFrequent(shown);
  const fixed = first.split(' ').filter(each => each !== slot).length;
  return {members, frame: {text: first, count: members.length, fixed}};
}

/** For each word whether it stands in a shared piece. */
function fixedIn({words, pieces}: Text, shared: ReadonlySet<string>): Uint8Array {
  const fixed = new Uint8Array(words.length);
  for (const [key, at] of pieces) if (shared.has(key)) fixed.fill(1, at, at + piece);
  return fixed;
}

const slot = '…';
const longestFrame = 30;

function frameText({words}: Text, fixed: Uint8Array): string {
  const frame: string[] = [];
  for (const [at, each] of words.entries()) {
    if (fixed[at] === 1) frame.push(each);
    else if (frame.at(-1) !== slot) frame.push(slot);
  }
  return frame.length > longestFrame ? [...frame.slice(0, longestFrame), slot].join(' ') : frame.join(' ');
}

function mostFrequent(list: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const each of list) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]![0];
}
