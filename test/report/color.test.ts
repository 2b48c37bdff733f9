import {expect, test} from 'vitest';
import {palette, wantsColor} from '../../src/report/color.js';
import {supportsUnicode} from '../../src/report/style.js';

test.each([
  ['always', {NO_COLOR: '1'}, false, true],
  ['never', {FORCE_COLOR: '1'}, true, false],
  ['auto', {NO_COLOR: '1', FORCE_COLOR: '1'}, true, false],
  ['auto', {NO_COLOR: ''}, true, true],
  ['auto', {FORCE_COLOR: '1', TERM: 'dumb'}, false, true],
  ['auto', {FORCE_COLOR: '0'}, true, false],
  ['auto', {FORCE_COLOR: ''}, false, false],
  ['auto', {TERM: 'dumb'}, true, false],
  ['auto', {TERM: 'xterm'}, true, true],
  ['auto', {}, false, false],
] as const)('--color %s with %o on a terminal: %s gives %s', (flag, env, isTTY, expected) => {
  expect(wantsColor(flag, env, isTTY)).toBe(expected);
});

test('palette colours, or leaves the text as it is', () => {
  expect(palette(true).red('x')).toBe('\x1b[31mx\x1b[39m');
  expect(palette(true).bold('')).toBe('');
  expect(palette(false).red('x')).toBe('x');
});

test.each([
  [{}, 'linux', true],
  [{LANG: 'C.UTF-8'}, 'linux', true],
  [{LANG: 'en_US.UTF-8', LC_ALL: 'C'}, 'linux', false],
  [{LANG: 'de_DE.ISO-8859-1'}, 'linux', false],
  [{TERM: 'dumb', LANG: 'C.UTF-8'}, 'linux', false],
  [{}, 'win32', false],
  [{WT_SESSION: 'x'}, 'win32', true],
])('%o on %s can show symbols: %s', (env, platform, expected) => {
  expect(supportsUnicode(env, platform)).toBe(expected);
});
