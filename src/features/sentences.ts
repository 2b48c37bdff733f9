import type {Sentence} from '../api.js';

/**
 * Where a sentence may end: stops with what closes behind them before white space, full-width stops, an empty
 * line, and a line break before an item of a list, a heading or a code fence. White space at the end of each
 * alternative is met once only, so the search is linear.
 */
const candidate =
  /[.!?…]+["'”’»)\]*_]*(?=\s|$)|[。！？]+[”’」』）]*|\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[-*•+#]|\d{1,3}[.)]|```)\s?)/gu;

const abbreviations = new Set(
  'mr mrs ms dr prof rev hon st sr jr gen col lt sgt capt vs etc al ca cf fig figs no nos vol pp ed eds approx dept est inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e a.m p.m u.s u.k bzw z.b d.h u.a usw ggf evtl sog nr bd'.split(
    ' ',
  ),
);

/**
 * Splits plain text and simple Markdown into sentences: a stop, white space, and then no lower-case letter.
 * Not behind known abbreviations, initials and the numbers of lists. It does without a tree of words and their
 * meaning, so it errs where a sentence ends in an abbreviation; test/features/sentences.test.ts holds it
 * against retext-english.
 */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const match of text.matchAll(candidate)) {
    const end = match.index + match[0].length;
    if (/^[.!?…]/u.test(match[0]) && continues(text, start, match.index, match[0], end)) continue;
    add(sentences, text, start, end);
    start = end;
  }
  add(sentences, text, start, text.length);
  return sentences;
}

function add(sentences: Sentence[], text: string, from: number, to: number): void {
  const stretch = text.slice(from, to);
  const start = from + stretch.length - stretch.trimStart().length;
  const end = from + stretch.trimEnd().length;
  if (start < end) sentences.push({start, end});
}

/** Whether the sentence goes on behind this stop. */
function continues(text: string, start: number, at: number, stop: string, end: number): boolean {
  const next = /^\s+["'“‘«([*_]*(\p{L})/u.exec(text.slice(end, end + 20))?.[1];
  const small = next !== undefined && /\p{Ll}/u.test(next);
  if (small) return true;
  if (stop !== '.') return false;
  const before = text.slice(Math.max(start, at - 16), at);
  const [word = ''] = /[\p{L}\p{N}.]*$/u.exec(before) ?? [];
  // The number of an item, `2. Cast off`, and an initial, `A. Lund`.
  if (/^\d{1,3}$/.test(word) && before.slice(0, -word.length).trim() === '') return true;
  if (/^\p{Lu}$/u.test(word)) return next !== undefined;
  const folded = word.toLowerCase();
  return abbreviations.has(folded) && !(folded === 'etc' || folded === 'a.m' || folded === 'p.m');
}
