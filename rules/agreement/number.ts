/** What stands before and after a number and says nothing about its value. */
const wrapping = /^[\s$€£¥₹]+|(?:[\s$€£¥₹%]|\\%)+$/gu;
const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;
/** Groups of three digits behind commas, underscores, apostrophes or spaces (thin ones are spaces by now). */
const grouped = /^([+-]?)\d{1,3}(?:([,_'\u2019 ])\d{3})(?:\2\d{3})*(?:\.\d*)?$/;
const latexFraction = /^([+-]?)\\[dt]?frac\{(\d+)\}\{(\d+)\}$/;

/** A number of more digits than this is compared as text: no answer is so long. */
const mostDigits = 400;

interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

/**
 * One spelling for all spellings of a number: 1,000 = 1000 = 1.0e3, 1/2 = 0.5 = \frac{1}{2}. Currency and
 * percent signs do not count. Exact, so that large numbers do not become equal by rounding. Undefined for
 * what is no number.
 */
export function normalNumber(text: string): string | undefined {
  if (text.length > mostDigits) return undefined;
  const plain = text
    .normalize('NFKC')
    .replace(/[\u2212\u2012\u2013]/g, '-')
    .replace(wrapping, '')
    .replace(/^-\s*[$€£¥₹]\s*/u, '-');
  const value = fraction(plain) ?? decimalOf(plain);
  if (value === undefined || value.under === 0n) return undefined;
  const divisor = gcd(value.over < 0n ? -value.over : value.over, value.under);
  const [over, under] = [value.over / divisor, value.under / divisor];
  return under === 1n ? `${over}` : `${over}/${under}`;
}

/** `3/4`, `1 3/4`, `\frac{3}{4}`. */
function fraction(text: string): Rational | undefined {
  const latex = latexFraction.exec(text);
  if (latex !== null) return signed(latex[1]!, BigInt(latex[2]!), BigInt(latex[3]!));
  const slash = /^([+-]?)(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)$/.exec(text);
  if (slash === null) return undefined;
  const [, sign, whole = '0', over, under] = slash;
  return signed(sign!, BigInt(whole) * BigInt(under!) + BigInt(over!), BigInt(under!));
}

function decimalOf(text: string): Rational | undefined {
  const plain = grouped.test(text) ? text.replace(/[,_'\u2019 ]/g, '') : text;
  const match = decimal.exec(plain);
  if (match === null) return undefined;
  const [, sign, whole = '', rest = '', exponent = '0'] = match;
  if (whole === '' && rest === '') return undefined;
  const power = Number(exponent) - rest.length;
  if (Math.abs(power) > mostDigits) return undefined;
  const digits = BigInt(whole + rest);
  const scale = 10n ** BigInt(Math.abs(power));
  return power < 0 ? signed(sign!, digits, scale) : signed(sign!, digits * scale, 1n);
}

function signed(sign: string, over: bigint, under: bigint): Rational {
  return {over: sign === '-' ? -over : over, under};
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

const inText =
  /(?:\d+ (?=\d+ ?\/ ?\d))?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,3}\b)?(?: ?\/ ?\d+(?![\d.]))?/gi;

/** How far from the end of a text its last number is looked for. */
const stretch = 2000;

/**
 * The last number that a text shows, of its last 2,000 characters. A sign belongs to it where it cannot be a
 * minus between two terms: `16-3` ends in 3, `x = -3` in -3.
 */
export function lastNumber(text: string): string | undefined {
  const end = text.slice(-stretch).replace(/[\u2212\u2012\u2013]/g, '-');
  let last: string | undefined;
  for (const match of end.matchAll(inText)) {
    const before = end.slice(Math.max(0, match.index - 3), match.index);
    last = /(?:^|[^\w)\]}.])-[$€£¥₹]?$/u.test(before) ? `-${match[0]}` : match[0];
  }
  return last;
}
