import {describe, expect, test} from 'vitest';
import {dark, light} from '../../../src/report/html/theme.js';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

test('black on white is 21 to 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
});

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, colours) => {
  type Name = keyof typeof light;
  const text: [Name, Name][] = [
    ...(['ink', 'soft', 'pass', 'fail', 'warn', 'accent'] as const).flatMap((name): [Name, Name][] => [
      [name, 'card'],
      [name, 'ground'],
    ]),
    ...(['pass', 'fail', 'warn'] as const).flatMap((name): [Name, Name][] => [
      [name, `${name}-ground`],
      ['ink', `${name}-ground`],
    ]),
    ['card', 'ink'],
  ];
  test.each(text)('%s can be read on %s', (name, ground) => {
    expect(contrast(colours[name], colours[ground])).toBeGreaterThanOrEqual(4.5);
  });

  const marks = ['mark', 'reference', 'accepted', 'quarantined', 'rejected', 'malformed'] as const;
  test.each(marks)('%s can be told from the card', name => {
    expect(contrast(colours[name], colours.card)).toBeGreaterThanOrEqual(3);
  });
});
