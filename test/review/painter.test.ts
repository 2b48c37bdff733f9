import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type Line, plain} from '../../src/review/line.js';
import {createPainter} from '../../src/review/painter.js';

/** A terminal that understands what the painter writes, and nothing else. */
function terminal() {
  const rows: string[] = [];
  let written = '';
  return {
    rows,
    take() {
      const taken = written;
      written = '';
      return taken;
    },
    write(text: string) {
      written += text;
      let row = 0;
      for (const piece of text.split('\x1b[').slice(1)) {
        const [, number, code, words = ''] = /^([?\d]*)([A-Za-z])(.*)$/s.exec(piece)!;
        if (code === 'J') rows.length = 0;
        if (code === 'K') rows[row] = '';
        if (code === 'H') row = Number(number) - 1;
        if (words !== '') rows[row] = (rows[row] ?? '') + words;
      }
      return true;
    },
  };
}

const screens = fc.array(fc.array(fc.stringMatching(/^[a-c ]{0,4}$/), {minLength: 4, maxLength: 4}), {
  minLength: 1,
});

test('drawing only what changed gives the same as drawing all of it', () => {
  fc.assert(
    fc.property(screens, all => {
      const shown = terminal();
      const painter = createPainter(shown, true);
      for (const screen of all) {
        painter.draw(screen.map(plain), 10, 4);
        expect(screen.map((_, row) => shown.rows[row] ?? '')).toEqual(screen);
      }
    }),
  );
});

test('a line that is the same is not written again, until the terminal was somebody else’s or has another size', () => {
  const shown = terminal();
  const painter = createPainter(shown, false);
  painter.draw([plain('one'), plain('two')], 10, 4);
  shown.take();
  painter.draw([plain('one'), plain('three')], 10, 4);
  expect(shown.take()).toBe('\x1b[2H\x1b[2Kthree');
  painter.draw([plain('one'), plain('three')], 10, 4);
  expect(shown.take()).toBe('');
  painter.forget();
  painter.draw([plain('one'), plain('three')], 10, 4);
  expect(shown.take()).toContain('one');
  painter.draw([plain('one'), plain('three')], 11, 4);
  expect(shown.take()).toContain('one');
});

test('colours are only written where they are wanted', () => {
  const line: Line = [
    {text: 'gone', tone: 'gone'},
    {text: 'here', tone: 'mark'},
  ];
  const [plainly, colourful] = [terminal(), terminal()];
  createPainter(plainly, false).draw([line], 10, 4);
  createPainter(colourful, true).draw([line], 10, 4);
  expect(plainly.take()).not.toMatch(/\x1b\[\d+m/);
  expect(colourful.take()).toContain('\x1b[31mgone\x1b[39m\x1b[7mhere\x1b[27m');
});
