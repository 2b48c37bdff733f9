export type ColorFlag = 'always' | 'never' | 'auto';

/**
 * Whether to colour what goes to one stream. The first that has an opinion decides: `--color`, `NO_COLOR`
 * (any non-empty value), `FORCE_COLOR` (`0` and `false` mean no), `TERM=dumb`, and whether it is a terminal.
 */
export function wantsColor(
  flag: ColorFlag,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (flag !== 'auto') return flag === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return env.TERM !== 'dumb' && isTTY;
}

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  inverse: [7, 27],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
};

export type Palette = Readonly<Record<keyof typeof codes, (text: string) => string>>;

/** Functions that colour their text, or leave it as it is. */
export function palette(color: boolean): Palette {
  const paint = Object.entries(codes).map(([name, [open, close]]) => [
    name,
    (text: string) => (color && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text),
  ]);
  return Object.fromEntries(paint);
}
