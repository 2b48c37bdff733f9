/** A word or number of a text with its place, as support is measured on them. */
export interface Token {
  readonly kind: 'word' | 'number' | 'name';
  /** As it is compared: a stem in lower case, or a number in one spelling. */
  readonly key: string;
  /** Of a number: the stem of the unit behind it, such as `km` or `%`; of money the sign before it. */
  readonly unit?: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /([$€£¥])?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:(?:st|nd|rd|th)\b)?( ?%|(?: |-)?(?:[\p{L}°µ²³]+))?|[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;

/** Words that hold no content by themselves; short, so that what is not English loses little. */
const stop = new Set(
  "a an the and or but nor so if then than as of at by for from in into on onto to with without about over under between through during before after above below up down out off again further once is am are was were be been being have has had having do does did doing will would shall should can could may might must i you he she it we they me him her us them my your his its our their mine yours hers ours theirs this that these those who whom whose which what when where why how all any both each few more most other some such no not only own same too very just also there here am's it's that's he's she's don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't wouldn't shouldn't hasn't haven't hadn't because while until although though however therefore thus".split(
    ' ',
  ),
);

const numberWords = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, value): [string, string] => [word, String(value)]),
);
for (const [word, value] of Object.entries({
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  dozen: 12,
  hundred: 100,
  thousand: 1000,
  million: 1e6,
  billion: 1e9,
  half: 0.5,
  twice: 2,
  double: 2,
}))
  numberWords.set(word, String(value));

const unitNames = new Map(
  Object.entries({
    kilometer: 'km',
    kilometre: 'km',
    meter: 'm',
    metre: 'm',
    centimeter: 'cm',
    centimetre: 'cm',
    millimeter: 'mm',
    millimetre: 'mm',
    mile: 'mi',
    foot: 'ft',
    feet: 'ft',
    inche: 'in',
    inch: 'in',
    yard: 'yd',
    kilogram: 'kg',
    gram: 'g',
    pound: 'lb',
    lb: 'lb',
    ounce: 'oz',
    liter: 'l',
    litre: 'l',
    hour: 'h',
    hr: 'h',
    minute: 'min',
    second: 's',
    sec: 's',
    day: 'day',
    week: 'week',
    month: 'month',
    year: 'year',
    percent: '%',
    degree: '°',
    celsius: '°c',
    fahrenheit: '°f',
    dollar: '$',
    euro: '€',
    cent: 'cent',
    m: 'm',
    g: 'g',
    l: 'l',
    h: 'h',
    km: 'km',
    kg: 'kg',
    cm: 'cm',
    mm: 'mm',
    mi: 'mi',
    ft: 'ft',
    oz: 'oz',
    mph: 'mph',
    kph: 'kph',
    gb: 'gb',
    mb: 'mb',
    kb: 'kb',
    tb: 'tb',
    hz: 'hz',
    khz: 'khz',
    mhz: 'mhz',
    ghz: 'ghz',
    kw: 'kw',
    mw: 'mw',
    volt: 'v',
    watt: 'w',
  }),
);

/** Tokens of a text, at most so many. What is a name is decided by its capital, see `isName`. */
export function tokensOf(text: string, most: number): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (tokens.length >= most) break;
    const start = match.index;
    const end = start + match[0].length;
    const [whole, sign, digits, behind] = match;
    if (digits !== undefined) {
      const unit = sign ?? unitOf(behind);
      const stop = unit === undefined || sign !== undefined ? end - (behind?.length ?? 0) : end;
      tokens.push({kind: 'number', key: plainNumber(digits), ...(unit && {unit}), start, end: stop});
      // A word behind a number that is no unit is a word of its own.
      const word = unit === undefined || sign !== undefined ? behind?.replace(/^[ -]/, '') : undefined;
      if (word && /\p{L}/u.test(word)) pushWord(tokens, text, word, end - word.length, from);
    } else pushWord(tokens, text, whole, start, from);
    from = end;
  }
  return tokens;
}

function pushWord(tokens: Token[], text: string, word: string, start: number, from: number): void {
  const folded = word.toLowerCase().replaceAll('’', "'").replace(/'s$/, '');
  const end = start + word.length;
  const value = numberWords.get(folded);
  if (value !== undefined) {
    const unit = unitOf(/^[ -]\p{L}+/u.exec(text.slice(end, end + 20))?.[0]);
    tokens.push({kind: 'number', key: value, ...(unit && {unit}), start, end});
    return;
  }
  if (folded.length < 2 || stop.has(folded)) return;
  const kind = isName(text, word, start, from) ? 'name' : 'word';
  tokens.push({kind, key: stem(folded), start, end});
}

/** A capital that no sentence start explains. */
function isName(text: string, word: string, start: number, from: number): boolean {
  if (!/^\p{Lu}[\p{L}'’-]+$/u.test(word)) return false;
  const before = text.slice(Math.max(from, start - 8), start);
  const first = start === 0 || (from === 0 && !/\p{L}/u.test(text.slice(0, start)));
  return !first && !/[.!?:“"‘(\n]\s*$|^\s*[-*•]\s*$/u.test(before);
}

function unitOf(behind: string | undefined): string | undefined {
  if (behind === undefined) return undefined;
  const word = behind.replace(/^[ -]/, '').toLowerCase();
  return word === '%' ? '%' : (unitNames.get(word) ?? unitNames.get(word.replace(/s$/, '')));
}

/** 1,000 is 1000, 2.50 is 2.5. */
function plainNumber(digits: string): string {
  const plain = digits.replaceAll(',', '');
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain.replace(/^0+(?=\d)/, '');
}

/** Cuts the commonest endings of English, so that `boats` is found in `boat`; of other scripts nothing. */
export function stem(word: string): string {
  if (word.length < 4) return word;
  const one = /(?:x|ch|sh|ss|z)es$/.test(word)
    ? word.slice(0, -2)
    : word.replace(/ies$/, 'y').replace(/([^sui])s$/, '$1');
  if (one.length < 4) return one;
  return one
    .replace(/ied$/, 'y')
    .replace(/(.{2})(?:ing|edly|ed|ly)$/, '$1')
    .replace(/(.{2})e$/, '$1')
    .replace(/([bdfgklmnprtz])\1$/, '$1');
}

const negations =
  /\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|hardly|barely)\b|n['’]t\b|\b(?:nicht|kein(?:e[nrms]?)?|nie|niemals|ohne|jamais|aucune?|sans|nunca|sin|ning[uú]n[oa]?)\b/giu;

/** How many words of a sentence deny something. */
export function negationsIn(sentence: string): number {
  return sentence.match(negations)?.length ?? 0;
}
