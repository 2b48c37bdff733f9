import {shorten} from './width.js';

/**
 * What a terminal would obey or hide instead of show: control characters, line separators, lone
 * surrogates, and everything that Unicode lets a renderer ignore (bidi controls, zero-width characters,
 * tags, fillers). Two exceptions are ordinary spelling: a joiner between letters of a script that joins
 * or shapes its letters, and the presentation selector after an emoji.
 */
const scripts = ['Arab', 'Syrc', 'Mong', 'Deva', 'Beng', 'Gujr', 'Guru', 'Knda', 'Mlym', 'Orya', 'Sinh'];
const joining = `[${[...scripts, 'Taml', 'Telu'].map(script => `\\p{scx=${script}}`).join('')}]`;
const joiner = `(?<=[\\p{L}\\p{M}])(?<=${joining})[\\u200c\\u200d](?=\\p{L})(?=${joining})`;
const selector = '(?<=[\\p{ExtPict}#*0-9])\\ufe0f';
const ignorable = '[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\p{DI}\\ufff9-\\ufffb]';
const hidden = new RegExp(`(?=${ignorable})(?!${joiner}|${selector})(?:\\r\\n|.)`, 'gsu');
/** Marks past the eighth on one letter would only paint over the lines above and below. */
const pile = /(\p{M}{8})\p{M}+/gu;
const printable = /^[\x20-\x7e]*$/;

/** Record text made harmless for a terminal, on one line. Applying it again changes nothing. */
export function visible(text: string): string {
  return printable.test(text) ? text : text.replace(pile, '$1…').replace(hidden, mark);
}

function mark(character: string): string {
  if (character === '\n' || character === '\r\n') return '⏎';
  if (character === '\t') return '→';
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/**
 * The beginning of a text, made visible, in at most `limit` terminal cells, cut between characters as a
 * reader sees them. Looks at a bounded prefix only: a record may be 100 MB.
 */
export function excerpt(text: string, limit = 100): string {
  // A visible character takes at most 19 code units: a pair, eight marks of two each, an ellipsis.
  let end = Math.min(text.length, limit * 20);
  if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? '')) end -= 1;
  const cut = end < text.length;
  const shown = shorten(visible(text.slice(0, end)) + (cut ? '…' : ''), limit);
  return shown.replace(/⟨[U+0-9A-F]*…$/, '…');
}

/** JSON text in which everything that `visible` marks is written as an escape: the same value. */
export function escapeJson(json: string): string {
  return json.replace(/[\x7f-\x9f\p{Zl}\p{Zp}\p{DI}\ufff9-\ufffb]/gu, character =>
    character
      .split('')
      .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
