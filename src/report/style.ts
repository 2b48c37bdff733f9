import {type Palette, palette} from './color.js';

const unicode = {pass: '✔', fail: '✘', abstain: '–', branch: '└', ellipsis: '…', full: '━', empty: '─'};
const ascii = {pass: '+', fail: 'x', abstain: '-', branch: '`-', ellipsis: '...', full: '#', empty: '-'};

export type Symbols = Readonly<Record<keyof typeof unicode, string>>;

/** Everything that rendering for a terminal depends on. */
export interface Style {
  readonly paint: Palette;
  readonly symbols: Symbols;
  /** Terminal cells per line. */
  readonly width: number;
  readonly color: boolean;
}

export interface StyleOptions {
  readonly color: boolean;
  /** Terminal cells per line; fewer than 50 are treated as 50. */
  readonly width: number;
  /** False draws with ASCII symbols. Default true. Ask `supportsUnicode`. */
  readonly unicode?: boolean;
}

export function createStyle({color, width, unicode: rich = true}: StyleOptions): Style {
  return {paint: palette(color), symbols: rich ? unicode : ascii, width: Math.max(50, width), color};
}

/** Whether symbols beyond ASCII can be expected to show: not when a locale says otherwise. */
export function supportsUnicode(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): boolean {
  if (env.TERM === 'dumb') return false;
  // The old Windows console has no glyphs for the symbols; its successors all announce themselves.
  if (platform === 'win32') return Boolean(env.WT_SESSION || env.TERM_PROGRAM || env.CI || env.ConEmuTask);
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return !locale || /utf-?8/i.test(locale);
}
