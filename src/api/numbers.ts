/** What stands before and after a number and says nothing about its value. */
const wrapping = /^[\s$€£¥₹]+|(?:[\s$€£¥₹%]|\\%)+$/gu;
const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;
/** Groups of three digits behind commas, underscores, apostrophes or spaces (thin ones are spaces by now). */
const grouped = /^[+-]?\d{1,3}(?:([,_'\u2019 ])\d{3})(?:\1\d{3})*(?:\.\d*)?$/;
/** As in India: 1,00,000. */
const lakhs = /^[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?$/;
/**
 * With a decimal comma, where it can be nothing else: behind groups (1.234,5; 1 234,5), or before other than
 * three digits (12,5). 1,234 is 1234, and 1.234 is less than two.
 */
const decimalComma = /^[+-]?(?:\d{1,3}(?:([. '\u2019])\d{3})(?:\1\d{3})*,\d+|\d+,(?!\d{3}$)\d+)$/;
/** Two dots or more cannot be decimal ones. */
const dotted = /^[+-]?\d{1,3}(?:\.\d{3}){2,}$/;
const latexFraction = /^([+-]?)\\[dt]?frac\{(\d+)\}\{(\d+)\}$/;

/** A number of more digits than this is compared as text: no answer is so long. */
const mostDigits = 400;

interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

/**
 * One spelling for all spellings of a number: 1,000 = 1000 = 1.0e3, 1/2 = 0.5 = \frac{1}{2}, 1.234,5 = 1234.5.
 * Currency and percent signs do not count. Exact, so that large numbers do not become equal by rounding.
 * Undefined for what is no number.
 */
export function normalNumber(text: string): string | undefined {
  if (text.length > mostDigits) return undefined;
  const plain = withPlainSigns(text)
    .normalize('NFKC')
    .replace(wrapping, '')
    .replace(/^-\s*[$€£¥₹]\s*/u, '-');
  const value = fraction(plain) ?? decimalOf(plain);
  if (value === undefined || value.under === 0n) return undefined;
  const divisor = gcd(value.over < 0n ? -value.over : value.over, value.under);
  const [over, under] = [value.over / divisor, value.under / divisor];
  return under === 1n ? `${over}` : `${over}/${under}`;
}

/** Minus signs of Unicode as hyphens, and fractions of one character as two numbers: `1½` is `1 1/2`. */
function withPlainSigns(text: string): string {
  return text
    .replace(/[\u2212\u2012\u2013]/g, '-')
    .replace(
      /(\d?)([\u00bc-\u00be\u2150-\u215e])/g,
      (_, digit: string, sign: string) =>
        `${digit && `${digit} `}${sign.normalize('NFKC').replace('\u2044', '/')}`,
    );
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
  const match = decimal.exec(withoutGroups(text));
  if (match === null) return undefined;
  const [, sign, whole = '', rest = '', exponent = '0'] = match;
  if (whole === '' && rest === '') return undefined;
  const power = Number(exponent) - rest.length;
  if (Math.abs(power) > mostDigits) return undefined;
  const digits = BigInt(whole + rest);
  const scale = 10n ** BigInt(Math.abs(power));
  return power < 0 ? signed(sign!, digits, scale) : signed(sign!, digits * scale, 1n);
}

function withoutGroups(text: string): string {
  if (grouped.test(text) || lakhs.test(text)) return text.replace(/[,_'\u2019 ]/g, '');
  if (dotted.test(text)) return text.replaceAll('.', '');
  return decimalComma.test(text) ? text.replace(/[. '\u2019]/g, '').replace(',', '.') : text;
}

function signed(sign: string, over: bigint, under: bigint): Rational {
  return {over: sign === '-' ? -over : over, under};
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/**
 * Digits with single separators between them are one number, whatever the language: 12,5 does not end in 5, nor
 * 1 000 in 0.
 */
const inText =
  /(?:\d+ (?=\d+ ?\/ ?\d))?(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,'\u2019_]\d+)*|\.\d+)(?:e[+-]?\d{1,3}\b)?(?: ?\/ ?\d+(?![\d.]))?/gi;

/** How far from the end of a text its last number is looked for. */
const stretch = 2000;

/**
 * The last number that a text shows, of its last 2,000 characters. A sign belongs to it where it cannot be a
 * minus between two terms: `16-3` ends in 3, `x = -3` in -3.
 */
export function lastNumber(text: string): string | undefined {
  const end = withPlainSigns(text.slice(-stretch));
  let last: string | undefined;
  for (const match of end.matchAll(inText)) {
    const before = end.slice(Math.max(0, match.index - 3), match.index);
    last = /(?:^|[^\w)\]}.])-[$€£¥₹]?$/u.test(before) ? `-${match[0]}` : match[0];
  }
  return last;
}
