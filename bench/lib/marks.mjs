import {createSlots} from './slots.mjs';

/**
 * What stands between words, as JSON escapes, for it is written inside a JSON string. First the plain marks,
 * then those that end a sentence, then pairs that open and close. Number 0 is the space.
 */
const plain = {
  space: ' ',
  comma: ', ',
  colon: ': ',
  hyphen: '-',
  dash: ' – ',
  backslash: ' \\\\',
  tab: '\\t',
  possessive: "'s ",
  negation: "'t ",
  curlyPossessive: '’s ',
  curlyNegation: '’t ',
  hanComma: '，',
};
const stops = {
  stop: '. ',
  question: '? ',
  exclamation: '! ',
  paragraph: '.\\n\\n',
  bullet: '.\\n- ',
  line: '.\\n',
  hanStop: '。',
  hanLine: '。\\n',
};
const pairs = {
  parenthesis: ' (',
  closeParenthesis: ') ',
  quote: ' \\"',
  closeQuote: '\\" ',
  curlyQuote: ' “',
  closeCurlyQuote: '” ',
};
const texts = {...plain, ...stops, ...pairs};
const names = Object.keys(texts);

export const firstStop = Object.keys(plain).length;
export const firstOpening = firstStop + Object.keys(stops).length;
export const putMark = createSlots(Object.values(texts));

/** Shares of all gaps between words, in 4,096 parts; the rest are spaces. */
const sentenceEnds = 215;
function sharesOf({curly, breaks, script}) {
  const common = {backslash: 3, tab: 1, parenthesis: 8, colon: 16};
  const quotes = curly
    ? {curlyQuote: 36, curlyPossessive: 30, curlyNegation: 16, dash: 12, hyphen: 20}
    : {quote: 36, possessive: 30, negation: 16, hyphen: 28};
  if (script === 'han') return {...common, hanComma: 400, hanStop: 190, hanLine: 36};
  const broken = breaks
    ? {paragraph: sentenceEnds * 0.28, bullet: sentenceEnds * 0.14, line: sentenceEnds * 0.14}
    : {};
  const inLine = sentenceEnds * (breaks ? 0.44 : 1);
  return {
    ...common,
    ...quotes,
    ...broken,
    comma: 250,
    stop: inLine * 0.84,
    question: inLine * 0.1,
    exclamation: inLine * 0.06,
  };
}

const tables = [];

/** For each value of 12 random bits the mark it stands for, in the manner of one record. */
export function marksOf(style) {
  const key = (style.script === 'han' ? 4 : 0) + (style.curly ? 2 : 0) + (style.breaks ? 1 : 0);
  const known = tables[key];
  if (known) return known;
  const table = new Uint8Array(4096);
  let at = 0;
  for (const [name, share] of Object.entries(sharesOf(style))) {
    const end = at + Math.round(share);
    table.fill(names.indexOf(name), at, end);
    at = end;
  }
  tables[key] = table;
  return table;
}
