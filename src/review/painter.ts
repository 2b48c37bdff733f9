import {type Palette, palette} from '../report/color.js';
import type {Line, Tone} from './line.js';

const paints: Readonly<Record<Tone, keyof Palette | undefined>> = {
  plain: undefined,
  dim: 'dim',
  strong: 'bold',
  name: 'cyan',
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  mark: 'inverse',
  gone: 'red',
  new: 'green',
};

const hideCursor = '\x1b[?25l';

export interface Painter {
  draw(lines: readonly Line[], columns: number, rows: number): void;
  /** What is on the terminal is no longer known: the next screen is drawn whole. */
  forget(): void;
}

/**
 * Draws screens, and of each only the rows that differ from the one before. Ink would take every character of a
 * frame apart and put it together again, 7 ms for 120x40; a key that is held down comes every 30.
 */
export function createPainter(stdout: Pick<NodeJS.WriteStream, 'write'>, color: boolean): Painter {
  const paint = palette(color);
  const painted = (line: Line) =>
    line
      .map(({text, tone}) => {
        const name = paints[tone];
        return name === undefined ? text : paint[name](text);
      })
      .join('');
  let size = '';
  let shown: readonly string[] = [];

  return {
    draw(lines, columns, rows) {
      const next = lines.map(painted);
      const changed = next.flatMap((text, row) =>
        text === shown[row] ? [] : [`\x1b[${row + 1}H\x1b[2K${text}`],
      );
      const whole = size !== `${columns}x${rows}`;
      if (whole)
        stdout.write(`${hideCursor}\x1b[2J${next.map((text, row) => `\x1b[${row + 1}H${text}`).join('')}`);
      else if (changed.length > 0) stdout.write(changed.join(''));
      size = `${columns}x${rows}`;
      shown = next;
    },
    forget() {
      size = '';
    },
  };
}
