/**
 * How many terminal cells text takes: 0 for marks that combine, 2 for East Asian wide characters and emoji.
 * Terminals differ on the rarest of these, so this is good enough to align columns, not a promise.
 */
const zero = /[\p{Mn}\p{Me}\p{DI}\p{EMod}\u1160-\u11ff\ud7b0-\ud7ff]/u;
const wide =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|(?!\p{RI})\p{EPres}/u;
const plain = /^[\x20-\x7e]*$/;

export function cells(text: string): number {
  if (plain.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return sum;
}

/** Code points that may belong to the character before or after them. */
const joined =
  /[\p{M}\p{Cf}\p{DI}\p{RI}\p{EMod}\u0e33\u0eb3\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uff9e\uff9f]/u;
let segmenter: Intl.Segmenter | undefined;

/** Characters as a reader sees them. Most text has one per code point, and the segmenter is slow to make. */
function* characters(text: string): Iterable<string> {
  if (!joined.test(text)) {
    yield* text;
    return;
  }
  segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
  for (const {segment} of segmenter.segment(text)) yield segment;
}

/** The longest beginning of whole characters that takes at most `limit` cells. */
export function head(text: string, limit: number): string {
  if (plain.test(text)) return text.slice(0, Math.max(0, limit));
  let used = 0;
  let end = 0;
  for (const character of characters(text)) {
    used += cells(character);
    if (used > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Cuts text that takes more than `limit` cells; the ellipsis is counted in. */
export function shorten(text: string, limit: number, ellipsis = '…'): string {
  return cells(text) <= limit ? text : head(text, limit - cells(ellipsis)) + ellipsis;
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - cells(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** Breaks at spaces, not before a percent sign; a word longer than a line is broken inside. Always at least one line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(/[ \n]+(?!%|[ \n])/)) {
    if (line !== '' && cells(line) + 1 + cells(word) <= room) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (cells(word) > room) {
      const start = head(word, room);
      if (start === '') break;
      lines.push(start);
      word = word.slice(start.length);
    }
    line = word;
  }
  return [...lines, line];
}

/** Pads the cells of each column to the same width; `aligns` says which side the blanks go. */
export function table(
  rows: readonly (readonly string[])[],
  aligns: readonly ('left' | 'right')[],
): string[][] {
  const widths = aligns.map((_, column) => Math.max(0, ...rows.map(row => cells(row[column] ?? ''))));
  return rows.map(row => aligns.map((align, column) => pad(row[column] ?? '', widths[column]!, align)));
}
