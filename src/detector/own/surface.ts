/**
 * What a text looks like without regard to how it is written: what a set gets from the program that made, exported
 * or cleaned it. Two sets that differ here can be told apart without any style.
 */
export interface Surface {
  /** After “differ in”: `length`. */
  readonly name: string;
  readonly family: 'length' | 'encoding' | 'normalisation';
  /** The detector's reader undoes it, so that it cannot learn it. */
  readonly undone?: true;
  /** NaN where a text does not tell. */
  readonly of: (text: string) => number;
}

/** Texts are looked at up to here: what a set does, it does early. */
const looked = 20_000;

const perLetter = (pattern: RegExp) => (text: string) => {
  const head = text.slice(0, looked);
  return (head.match(pattern)?.length ?? 0) / Math.max(1, head.length);
};

/** One way of writing beside another; a text that does neither does not tell. */
const shareOf = (one: RegExp, other: RegExp) => (text: string) => {
  const head = text.slice(0, looked);
  const [a, b] = [head.match(one)?.length ?? 0, head.match(other)?.length ?? 0];
  return a / (a + b);
};

export const surfaces: readonly Surface[] = [
  {name: 'length', family: 'length', of: text => text.length},
  {name: 'number of words', family: 'length', of: text => text.match(/\S+/g)?.length ?? 0},
  {
    name: 'letters of a wrong encoding',
    family: 'encoding',
    of: perLetter(/\ufffd|\u00c3[\u0080-\u00bf]|\u00e2(?:\u20ac|\u0080)|\u00c2[\u0080-\u00bf]/g),
  },
  {
    name: 'accents as separate characters (NFD, not NFC)',
    family: 'encoding',
    of: perLetter(/\p{M}/gu),
  },
  {
    name: 'HTML entities and tags',
    family: 'encoding',
    of: perLetter(/&(?:[a-z]{2,8}|#\d{1,5});|<\/?[a-z]{1,8}\b/gi),
  },
  {name: 'written-out escapes such as `\\n`', family: 'encoding', of: perLetter(/\\[ntru"']/g)},
  {
    name: 'control and invisible characters',
    family: 'encoding',
    of: perLetter(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/g),
  },
  {name: 'carriage returns', family: 'encoding', undone: true, of: perLetter(/\r/g)},
  {
    name: 'special spaces',
    family: 'encoding',
    undone: true,
    of: perLetter(/[\u00a0\u2000-\u200a\u202f\u3000]/g),
  },
  {
    name: 'curly rather than straight quotation marks',
    family: 'normalisation',
    undone: true,
    of: shareOf(/[‘’“”]/g, /["']/g),
  },
  {
    name: 'long dashes rather than hyphens',
    family: 'normalisation',
    undone: true,
    of: shareOf(/[–—]/g, /--| - /g),
  },
  {
    name: 'texts all in small or all in capital letters',
    family: 'normalisation',
    undone: true,
    of: text => {
      const head = text.slice(0, looked);
      return (/\p{Lu}/u.test(head) ? 0 : 1) + (/\p{Ll}/u.test(head) ? 0 : 2);
    },
  },
  {name: 'spaces before punctuation', family: 'normalisation', undone: true, of: perLetter(/ [.,;:!?)]/g)},
  {name: 'several spaces in a row', family: 'normalisation', undone: true, of: perLetter(/[^\S\n]{2}/g)},
  {name: 'line breaks', family: 'normalisation', undone: true, of: perLetter(/\n/g)},
  {name: 'Markdown marks', family: 'normalisation', undone: true, of: perLetter(/\*\*|^#{1,6} |^[-*] |`/gm)},
  {
    name: 'white space at the ends',
    family: 'normalisation',
    undone: true,
    of: text => (/^\s/.test(text) ? 1 : 0) + (/\s$/.test(text) ? 2 : 0),
  },
  {
    name: 'ends in the middle of a sentence',
    family: 'normalisation',
    of: text => (/[\p{L}\p{N},;]\s*$/u.test(text.slice(-40)) ? 1 : 0),
  },
];
