import type {Sentence} from '../../src/api.js';
import type {LanguagePatterns} from './refusal-patterns.js';

/** What a response spends on declining. */
export interface Declining {
  /** Share of its words, 0 where it does not decline. */
  readonly share: number;
  /** The first sentence that declines, and how. */
  readonly kind?: 'declines' | 'absent';
  readonly first?: Sentence;
}

/** Sentences that are looked at, and how much of each. */
const limits = {sentences: 200, characters: 400};
/** Words that may stand before a refusal that opens a response. */
const opening = 6;
/** Words of reasons that belong to a refusal. What is longer is an answer of its own. */
const reasons = 120;

const word = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
const wordsIn = (text: string) => text.match(word)?.length ?? 0;

/**
 * How much of a response declines. A sentence that declines counts, and what only keeps it company (offers,
 * questions, advice to look elsewhere); where the response opens with it and never turns to an answer, so do
 * the reasons it gives, up to 120 words. From the turn on (“but I can …”, “however, …”) it is an answer.
 */
export function decliningOf(
  text: string,
  sentences: readonly Sentence[],
  languages: readonly LanguagePatterns[],
): Declining {
  const seen = sentences.slice(0, limits.sentences);
  let total = 0;
  let declined = 0;
  let given = 0;
  let first: Pick<Declining, 'kind' | 'first'> | undefined;
  let open = false;
  for (const sentence of seen) {
    const stretch = text.slice(sentence.start, Math.min(sentence.end, sentence.start + limits.characters));
    const words = wordsIn(text.slice(sentence.start, sentence.end));
    const folded = stretch
      .toLowerCase()
      .replaceAll('’', "'")
      .replace(/^[\s*_#>-]+/, '');
    total += words;
    // What stands in quotation marks is somebody else’s refusal.
    const found = /^["“„«]/.test(folded) ? undefined : match(folded, languages);
    if (found !== undefined) {
      first ??= {kind: found.kind, first: sentence};
      // Behind “but I can …” in the same sentence stands an answer.
      const turn = found.turn === undefined ? 0 : wordsIn(folded.slice(found.turn));
      // A gap that is mentioned behind an answer takes less away from it than one that stands before it.
      const aside =
        total - words >= opening && /^(?:however|but|though|although|(?:please )?note)\b/.test(folded);
      declined += (words - turn) / (aside ? 2 : 1);
      if (found.turn !== undefined) open = false;
      else if (total - words < opening) open = true;
    } else if (first !== undefined) {
      if (languages.some(({courtesy}) => courtesy.test(folded))) declined += words;
      else if (languages.some(({turns}) => turns.test(folded))) open = false;
      else if (open) {
        const counted = Math.min(words, reasons - given);
        given += counted;
        declined += counted;
      }
    }
  }
  if (first === undefined || total === 0) return {share: 0};
  return {share: declined / total, ...first};
}

function match(sentence: string, languages: readonly LanguagePatterns[]) {
  for (const {declines, absent, turns} of languages) {
    for (const [kind, pattern] of [
      ['absent', absent],
      ['declines', declines],
    ] as const) {
      const found = pattern.exec(sentence);
      if (found === null) continue;
      const end = found.index + found[0].length;
      const turn = turns.exec(sentence.slice(end));
      if (turn !== null) return {kind, turn: end + turn.index};
      const whole = /^(?:while|although|though)\b/.test(sentence) ? turns.exec(sentence) : null;
      return {kind, turn: whole === null ? undefined : Math.max(end, whole.index + whole[0].length)};
    }
  }
  return undefined;
}
