/**
 * The numbers that the kernel measures on a text, in the order in which it gives them (assembly/style.ts), and how
 * each is told to a person.
 */
export interface StyleMeasure {
  readonly name: string;
  /** What a text is like that has more, or less, of it than human texts usually have. */
  readonly more: string;
  readonly less: string;
  /** Left to people and to what abstains: length and layout separate data sets, not authors. */
  readonly unjudged?: true;
}

export const styleMeasures: readonly StyleMeasure[] = [
  {name: 'words', more: 'long', less: 'short', unjudged: true},
  {name: 'letters per word', more: 'long words', less: 'short words'},
  {name: 'spread of word lengths', more: 'uneven word lengths', less: 'even word lengths'},
  {name: 'words of more than 6 letters', more: 'many long words', less: 'few long words'},
  {name: 'words of more than 9 letters', more: 'many very long words', less: 'few very long words'},
  {name: 'words of at most 3 letters', more: 'many short words', less: 'few short words'},
  {name: 'common words', more: 'few rare words', less: 'many rare words'},
  {name: 'words repeated within 50', more: 'words repeated soon', less: 'words seldom repeated soon'},
  {name: 'words repeated within 200', more: 'words repeated often', less: 'words seldom repeated'},
  {name: 'word pairs repeated within 200', more: 'phrases repeated', less: 'phrases seldom repeated'},
  {name: 'words per sentence', more: 'long sentences', less: 'short sentences'},
  {
    name: 'spread of sentence lengths',
    more: 'wide spread of sentence lengths',
    less: 'sentence lengths close together',
  },
  {
    name: 'relative spread of sentence lengths',
    more: 'uneven sentence lengths',
    less: 'even sentence lengths',
  },
  {name: 'longest sentence', more: 'a long sentence', less: 'no long sentence', unjudged: true},
  {name: 'shortest sentence', more: 'no short sentence', less: 'a short sentence', unjudged: true},
  {
    name: 'change of length from sentence to sentence',
    more: 'sentence lengths jump',
    less: 'neighbouring sentences alike in length',
  },
  {
    name: 'sentences that begin like one before',
    more: 'sentences begin alike',
    less: 'sentences begin differently',
  },
  {name: 'words between punctuation marks', more: 'long clauses', less: 'short clauses'},
  {name: 'spread of clause lengths', more: 'uneven clauses', less: 'even clauses'},
  {name: 'commas per word', more: 'many commas', less: 'few commas'},
  {name: 'semicolons per word', more: 'many semicolons', less: 'no or few semicolons'},
  {name: 'colons per word', more: 'many colons', less: 'no or few colons'},
  {name: 'dashes per word', more: 'many dashes', less: 'no or few dashes'},
  {name: 'hyphens per word', more: 'many hyphens', less: 'few hyphens'},
  {name: 'quotation marks per word', more: 'much in quotation marks', less: 'little in quotation marks'},
  {name: 'contractions per word', more: 'many contractions', less: 'no or few contractions'},
  {name: 'brackets per word', more: 'many brackets', less: 'no or few brackets'},
  {name: 'question marks per word', more: 'many questions', less: 'no or few questions'},
  {name: 'exclamation marks per word', more: 'many exclamations', less: 'no exclamations'},
  {name: 'full stops per word', more: 'many full stops', less: 'few full stops'},
  {name: 'ellipses per word', more: 'many ellipses', less: 'no or few ellipses'},
  {name: 'numbers per word', more: 'many numbers', less: 'no or few numbers'},
  {name: 'signs of code per word', more: 'signs of code', less: 'no signs of code', unjudged: true},
  {name: 'marks of layout per word', more: 'much mark-up', less: 'no mark-up', unjudged: true},
  {name: 'words of other scripts', more: 'other scripts', less: 'no other scripts', unjudged: true},
  {name: 'lines', more: 'many lines', less: 'few lines', unjudged: true},
];

/** Index of a measure by its name, for code that reads single ones. */
export const styleIndex = {
  words: 0,
  framed: 6,
  sentence: 10,
  contractions: 25,
  symbols: 32,
  foreign: 34,
  lines: 35,
  numbers: 31,
} as const;

/** Indexes of what the trees may look at. */
export const judgedMeasures: readonly number[] = styleMeasures.flatMap(({unjudged}, index) =>
  unjudged ? [] : [index],
);
