/** Characters that are not seen, or not seen for what they are. */
import type {KeywordList} from '../../src/api.js';

export interface Mark {
  readonly kind: 'invisible' | 'tags' | 'lookalikes' | 'punctuation';
  readonly start: number;
  readonly end: number;
}

/** Zero-width and bidirectional controls, fillers, invisible operators, variation selectors of the supplement. */
const invisible =
  '\\u034f\\u115f\\u1160\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0';
const tag = '\\udb40[\\udc00-\\udfff]';
/** Letters of other scripts that look like Latin ones, where no notation puts them beside Latin letters. */
const cyrillic = 'АВЕКМНОРСТХЬІЈЅҮаеорсухіјѕһԁԛԝӏьѵѡ';
const greek = 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ';
const others = '\\u0531-\\u0587\\u13a0-\\u13f4\\u2c80-\\u2cf3\\u217c-\\u217f\\uff21-\\uff3a\\uff41-\\uff5a';
/** Latin letters that stand inside a Cyrillic word unseen. */
const latinAlike = 'aceopxyiABCEHKMOPTX';
const mathematical = '\\ud835[\\udc00-\\udfcb]';
const comma = '、，。،؛';

/** The ranges of a class of characters of a pattern. */
function charactersOf(ranges: string): string[] {
  const [...points] = ranges.replace(/\\u([\da-f]{4})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return points.flatMap((point, at) => {
    if (point === '-') return [];
    const from = point.codePointAt(0)!;
    const to = points[at + 1] === '-' ? points[at + 2]!.codePointAt(0)! : from;
    return Array.from({length: to - from + 1}, (_, more) => String.fromCodePoint(from + more));
  });
}

/** Without one of these a text has no marks: what stands beside them is looked at when one is there. */
export const markKeywords: KeywordList = {
  signs: [
    ...new Set(
      [
        invisible,
        cyrillic,
        greek,
        others,
        comma,
        '\\u0400-\\u04ff',
        '\u{e0000}-\u{e03ff}',
        '\u{1d400}-\u{1d7cb}',
      ].flatMap(charactersOf),
    ),
  ],
};

const lookalike = `(?:[${cyrillic}${greek}${others}]|${mathematical})`;
const suspect = new RegExp(
  `[${invisible}]|${tag}|(?<=[A-Za-z])${lookalike}|${lookalike}(?=[A-Za-z])|(?<=[\\u0400-\\u04ff])[${latinAlike}](?=[\\u0400-\\u04ff])|(?<=[A-Za-z])[${comma}](?=\\s?[A-Za-z])`,
);
const everySuspect = new RegExp(suspect.source, 'g');

const letter = /[\p{L}\p{M}\p{Nl}]/u;
const latin = /[A-Za-z]/;
/** Scripts whose spelling needs joiners and zero-width spaces, or is written from right to left. */
const joining =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Sinhala}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Mongolian}\p{Script=Tibetan}\p{Script=Thaana}\p{Script=Nko}]/u;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic}]/u;
/** Marks that are looked at: a text of nothing else says no more. */
const most = 2000;
/** Zero-width characters beside words are leftovers of web pages; so many of them are not. */
const stray = 3;

/** All marks of a text, in order. */
export function marksOf(text: string): Mark[] {
  if (!suspect.test(text)) return [];
  const marks: Mark[] = [];
  const beside: Mark[] = [];
  everySuspect.lastIndex = 0;
  for (let left = most; left > 0; left--) {
    const match = everySuspect.exec(text);
    if (match === null) break;
    const start = match.index;
    const code = match[0].charCodeAt(0);
    if (code === 0xdb40) {
      const end = tagsEnd(text, start);
      if (!isFlagOrVariant(text, start, end)) marks.push({kind: 'tags', start, end});
      everySuspect.lastIndex = end;
    } else if (isInvisible(code)) {
      const end = start + 1;
      if (hides(text, start)) marks.push({kind: 'invisible', start, end});
      else if (start > 0 && isZeroWidthSpace(code)) beside.push({kind: 'invisible', start, end});
    } else if (comma.includes(match[0])) {
      marks.push({kind: 'punctuation', start, end: start + 1});
    } else {
      const word = wordAround(text, start);
      everySuspect.lastIndex = Math.max(word.end, start + 1);
      if (isDisguised(text.slice(word.start, word.end))) marks.push({kind: 'lookalikes', ...word});
    }
  }
  if (beside.length >= stray && !joining.test(text)) marks.push(...beside);
  const kept = wide.test(text) ? marks.filter(({kind}) => kind !== 'punctuation') : marks;
  return kept.sort((one, other) => one.start - other.start);
}

const isInvisible = (code: number) =>
  (code >= 0x200b && code <= 0x206f) ||
  [0x34f, 0x115f, 0x1160, 0x180e, 0x3164, 0xfeff, 0xffa0].includes(code);
const isZeroWidthSpace = (code: number) => code === 0x200b || code === 0x2060 || code === 0xfeff;

/** Whether an invisible character stands where its script has no use for it. */
function hides(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const around = text.slice(Math.max(0, at - 2), at + 3);
  // Overrides of the direction of letters: what is read is not what is there.
  if (code === 0x202d || code === 0x202e) return true;
  if ((code >= 0x202a && code <= 0x202c) || code >= 0x2066 || code === 0x200e || code === 0x200f)
    return code <= 0x2069 && latin.test(text[at - 1] ?? '') && latin.test(text[at + 1] ?? '');
  if (joining.test(around)) return false;
  return letter.test(text[at - 1] ?? '') && letter.test(text[at + 1] ?? '');
}

function tagsEnd(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) === 0xdb40) end += 2;
  return end;
}

/** Flags of regions are written with tags after a black flag; one variation selector belongs to a Han sign. */
function isFlagOrVariant(text: string, start: number, end: number): boolean {
  if (text.slice(start - 2, start) === '\u{1f3f4}') return true;
  const selector = text.charCodeAt(start + 1) >= 0xdd00;
  return selector && end - start === 2 && wide.test(text.slice(Math.max(0, start - 2), start));
}

/** Long enough for a word of any language. */
const longestWord = 60;

function wordAround(text: string, at: number) {
  let start = at;
  let end = at;
  const isLetter = (index: number) => {
    const code = text.charCodeAt(index);
    return (code >= 0xd835 && code <= 0xdfff) || letter.test(text[index]!);
  };
  while (start > 0 && at - start < longestWord && isLetter(start - 1)) start--;
  while (end < text.length && end - at < longestWord && isLetter(end)) end++;
  return {start, end};
}

const isLookalike = new RegExp(`^${lookalike}$`);

/**
 * Whether a word is written in one script but for letters of another that look the same. All letters of the
 * other script must be such, and either few and inside, or the word must be Latin: an ending that a language
 * hangs on a foreign name is none.
 */
function isDisguised(word: string): boolean {
  const letters = [...word.normalize('NFC')];
  if (letters.length < 3) return false;
  const ascii = letters.filter(each => latin.test(each)).length;
  const alike = letters.filter(each => isLookalike.test(each)).length;
  if (ascii === 0 || alike === 0) return false;
  if (ascii + alike === letters.length || alike <= 2) {
    if (ascii >= alike) return !isEnding(letters);
  }
  // A word of the other script in which a Latin letter stands inside.
  const inside = letters.slice(1, -1).some((each, at) => {
    const [before, after] = [letters[at]!, letters[at + 2]!];
    return latin.test(each) && !latin.test(before) && !latin.test(after);
  });
  return (
    inside &&
    ascii <= 2 &&
    letters.length >= 4 &&
    latinAlike.includes(letters.find(each => latin.test(each))!)
  );
}

/** `Windowsа`: a Latin name of some length with a Cyrillic or Greek ending. */
function isEnding(letters: readonly string[]): boolean {
  const first = letters.findIndex(each => !latin.test(each));
  const ending = letters.slice(first);
  return (
    first >= 3 &&
    ending.length <= 2 &&
    ending.every(each => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(each))
  );
}

/** The letters that a run of tags stands for. */
export function hiddenText(tags: string): string {
  return [...tags]
    .map(each => each.codePointAt(0)! - 0xe0000)
    .map(code => (code >= 32 && code < 127 ? String.fromCharCode(code) : ''))
    .join('');
}
