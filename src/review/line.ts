import {visible} from '../report/sanitize.js';
import {cells, head} from '../report/width.js';

/** What a stretch of a line is, which decides how it is painted. Without colours it must still be understood. */
export type Tone = 'plain' | 'dim' | 'strong' | 'name' | 'good' | 'bad' | 'warn' | 'mark' | 'gone' | 'new';

export interface Stretch {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the screen. Its text is harmless already. */
export type Line = readonly Stretch[];

export function plain(text: string): Line {
  return [{text, tone: 'plain'}];
}

/**
 * Lays out hostile text in lines of at most `width` cells: breaks where it breaks and, where a line is too
 * long, after a blank. At most `most` lines.
 */
export function layOut(stretches: readonly Stretch[], width: number, most: number): Line[] {
  const lines: Line[] = [];
  let line: Stretch[] = [];
  let used = 0;
  const end = () => {
    lines.push(line);
    line = [];
    used = 0;
  };
  for (const {text, tone} of stretches) {
    for (const [number, row] of text.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
      if (number > 0) end();
      // Words with the blanks behind them; a word longer than a line is cut.
      for (const word of visible(row).match(/\S+\s*|\s+/g) ?? []) {
        let rest = word;
        if (used > 0 && used + cells(rest.trimEnd()) > width) end();
        while (cells(rest) > width - used && rest.trimEnd() !== '') {
          const cut = head(rest, Math.max(1, width - used));
          // What stands for a hidden character is one too: `👩⟨U+200D⟩👩`.
          const whole = cut.replace(/⟨(?:U(?:\+[0-9A-F]*)?)?$/, '');
          const start = whole === '' && used === 0 ? cut : whole;
          // A character wider than the room that is left goes to the next line.
          if (start === '' && used === 0) break;
          line.push({text: start, tone});
          rest = rest.slice(start.length);
          end();
        }
        if (rest !== '') line.push({text: rest, tone});
        used += cells(rest);
      }
      if (lines.length >= most) return lines.slice(0, most);
    }
  }
  if (line.length > 0) end();
  return lines.map(joined);
}

/** Neighbouring stretches of one tone as one: fewer things to draw. */
function joined(line: Line): Line {
  const all: Stretch[] = [];
  for (const stretch of line) {
    const last = all.at(-1);
    if (last?.tone === stretch.tone) all[all.length - 1] = {text: last.text + stretch.text, tone: last.tone};
    else all.push(stretch);
  }
  return all;
}

export function textOf(line: Line): string {
  return line.map(({text}) => text).join('');
}
