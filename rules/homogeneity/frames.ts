import {foldWord, wordsOf} from './text.js';

/** Words of an opening or a closing that are kept. */
export const edgeWords = 5;
/** Longer words are slots of a frame: in most languages the short words are those that carry the grammar. */
const shortWord = 4;
/** Words of a sentence that its frame is made of, and the plain ones that it must have. */
const frameWords = 14;
const leastPlain = 3;
/** Sentences of an answer that are looked at, and how much of the answer. */
const sentenceLimit = 8;
const headUnits = 2000;
const edgeUnits = 400;
/** Answers with fewer words have no opening to speak of. */
export const leastWords = 8;

export interface Voice {
  /** The first and last words, at most five of each. */
  readonly opening: readonly string[];
  readonly closing: readonly string[];
  /** Distinct frames of its sentences, sorted. */
  readonly frames: readonly string[];
}

const slot = '…';
const plain = /^[\p{L}\p{M}]{1,24}$/u;

/** A word that may be shown: letters only; numbers become `#`, what is long or mixed a slot. */
function shown(word: string): string {
  if (/^\p{N}+$/u.test(word)) return '#';
  return plain.test(word) ? word : slot;
}

/**
 * The words of a sentence with all but the short ones taken out: `in … the … of the … is a …`. Undefined when
 * too few plain words are left to speak of a frame, or nothing was taken out.
 */
export function frameOf(words: readonly string[]): string | undefined {
  const frame: string[] = [];
  let plainWords = 0;
  for (const word of words.slice(0, frameWords)) {
    const known = word.length <= shortWord ? shown(word) : slot;
    if (known === slot && frame.at(-1) === slot) continue;
    if (known !== slot && known !== '#') plainWords++;
    frame.push(known);
  }
  if (words.length > frameWords && frame.at(-1) !== slot) frame.push(slot);
  const filled = frame.includes(slot) || frame.includes('#');
  return plainWords >= leastPlain && filled ? frame.join(' ') : undefined;
}

const sentenceEnd = /[.!?。！？।\n]/u;

/** The words of each sentence: a stop, a question mark or a line break ends one. */
function sentencesOf(text: string): string[][] {
  const {starts, ends} = wordsOf(text);
  const sentences: string[][] = [[]];
  for (const [at, start] of starts.entries()) {
    const gap = at > 0 ? text.slice(ends[at - 1], start) : ' ';
    if (gap !== ' ' && sentenceEnd.test(gap)) {
      if (sentences.length === sentenceLimit) break;
      sentences.push([]);
    }
    const words = sentences.at(-1)!;
    // One more than a frame holds tells that the sentence goes on.
    if (words.length <= frameWords) words.push(foldWord(text.slice(start, ends[at])));
  }
  return sentences;
}

/** The first words of a text, or the last ones for a negative number; undefined when it has too few. */
function edge(text: string, count: number): string[] | undefined {
  const {starts, ends} = wordsOf(text);
  if (starts.length < leastWords) return undefined;
  const words = starts.map((start, at) => [start, ends[at]] as const);
  return (count < 0 ? words.slice(count) : words.slice(0, count)).map(([start, end]) =>
    shown(foldWord(text.slice(start, end))),
  );
}

/** How an answer begins, ends and builds its sentences; undefined when it is too short. */
export function voiceOf(answer: string): Voice | undefined {
  const opening = edge(answer.slice(0, edgeUnits), edgeWords);
  const closing = edge(answer.slice(-edgeUnits), -edgeWords);
  if (opening === undefined || closing === undefined) return undefined;
  const frames = new Set<string>();
  for (const sentence of sentencesOf(answer.slice(0, headUnits))) {
    const frame = frameOf(sentence);
    if (frame !== undefined) frames.add(frame);
  }
  return {opening, closing, frames: [...frames].sort()};
}

/**
 * The voice of an answer, when it is asked for: most texts leave a sample again before that. Only what it is
 * made of is kept, as a copy, because a slice of a string keeps the whole string.
 */
export function voiceLater(answer: string): {
  readonly source: Buffer;
  readonly voice: () => Voice | undefined;
} {
  const short = answer.length <= headUnits + edgeUnits;
  const source = Buffer.from(
    short ? answer : answer.slice(0, headUnits) + answer.slice(-edgeUnits),
    'utf16le',
  );
  let voice: Voice | undefined;
  let made = false;
  return {
    source,
    voice() {
      if (!made) voice = voiceOf(source.toString('utf16le'));
      made = true;
      return voice;
    },
  };
}
