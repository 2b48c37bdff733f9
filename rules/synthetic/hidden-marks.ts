import {defineRecordRule} from '../../src/api.js';
import {excerptOf} from './answer-part.js';
import {hiddenText, type Mark, markKeywords, marksOf} from './marks.js';

/** Different code points of one finding that are named. */
const named = 4;
/** One comma of another script comes from the keyboard of someone who writes in both. */
const leastCommas = 3;

export default defineRecordRule({
  id: 'synthetic/hidden-marks',
  summary:
    'Flags invisible characters, hidden tags, and letters of other scripts that look like the ones they replace.',
  why: 'Nobody types them: they are watermarks, text that was hidden for a model to read, or letters swapped so that a detector does not know the words (homoglyph attacks, arXiv:2406.11239). They break words into tokens that a model should not learn.',
  advice:
    'Drop the record. What came out of a web page with stray marks may be kept once they are taken out.',
  details:
    'Four kinds. **Invisible**: zero-width, bidirectional and filler characters inside a word, in scripts that have no use for them; right-to-left overrides anywhere; three or more zero-width spaces. **Tags**: the tag characters of Unicode, whose text is decoded and shown; those of flags are not counted. **Lookalikes**: a word of one script with letters of another that look the same, such as a Cyrillic `о` in a Latin word. Greek letters of formulas, and endings that a language hangs on a foreign name, are not counted. **Punctuation**: three or more commas or stops of another script between Latin words, in a text without letters of that script. A text without such characters costs nothing.',
  since: '0.2.0',
  recommended: 'warn',
  options: {
    lookalikes: {
      type: 'integer',
      minimum: 1,
      default: 1,
      description: 'Words with lookalikes that a record must have to be flagged for them.',
    },
  },
  messages: {
    invisible: 'Invisible characters, {{count}} in all ({{codes}}), the first at “{{word}}”',
    tags: 'Hidden tag characters that say “{{hidden}}”',
    lookalikes:
      'Words with letters of another script that look alike, {{count}} in all: “{{word}}” has {{codes}}',
    punctuation: 'Punctuation of another script between Latin words, {{count}} in all ({{codes}})',
  },
  examples: {
    pass: [
      {
        label: 'scripts that need joiners',
        rows: ['می\u200cخواهم به خانه بروم.', 'The 👩\u200d🔧 fixed the lamp.'],
      },
      {label: 'formulas and endings', rows: ['The Hα line is narrow.', 'Он работает в Windowsе.']},
    ],
    fail: [
      {label: 'a Cyrillic letter', rows: ['The lighthоuse was built of granite.']},
      {label: 'a zero-width space', rows: ['The light\u200bhouse was built of granite.']},
      {label: 'hidden tags', rows: ['A lamp.\u{e0068}\u{e0069}']},
    ],
  },
  create({options, keywords, report}) {
    const suspects = keywords([{keywords: markKeywords}]);
    return record => {
      if (suspects(record).length === 0) return;
      const {text} = record;
      const marks = marksOf(text);
      if (marks.length === 0) return;
      for (const kind of ['tags', 'invisible', 'lookalikes', 'punctuation'] as const) {
        const of = marks.filter(mark => mark.kind === kind);
        if (
          of.length < (kind === 'lookalikes' ? options.lookalikes : kind === 'punctuation' ? leastCommas : 1)
        )
          continue;
        const [first] = of as [Mark];
        const span = {part: 'text', start: first.start, end: first.end} as const;
        const whole = text.slice(first.start, first.end);
        const count = of.length;
        if (kind === 'tags') {
          report({messageId: kind, data: {hidden: excerptOf(hiddenText(whole)) || '(nothing)'}, span});
          continue;
        }
        const codes = codesOf(of.map(({start, end}) => text.slice(start, end)));
        if (kind === 'punctuation') report({messageId: kind, data: {count, codes}, span});
        else {
          const word = kind === 'lookalikes' ? whole : visible(text, first.start);
          report({messageId: kind, data: {count, codes, word: excerptOf(word)}, span});
        }
      }
    };
  },
});

/** The marks by their numbers; of words the letters that are not of the word's script. */
function codesOf(marks: readonly string[]): string {
  const codes = new Set<string>();
  for (const mark of marks) {
    const letters = [...mark].map(each => each.codePointAt(0)!);
    const foreign = letters.filter(code => code > 0x7f);
    const strange =
      foreign.length <= letters.length - foreign.length || letters.length === 1
        ? foreign
        : letters.filter(code => code <= 0x7f);
    for (const code of strange) codes.add(`U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  }
  const list = [...codes];
  return list.length > named ? `${list.slice(0, named).join(', ')} …` : list.join(', ');
}

/** What stands around an invisible character, which is shown as `·`. */
function visible(text: string, at: number): string {
  const before = /[\p{L}\p{N}]{0,12}$/u.exec(text.slice(Math.max(0, at - 24), at))![0];
  const after = /^[\p{L}\p{N}]{0,12}/u.exec(text.slice(at + 1, at + 25))![0];
  return `${before}·${after}`;
}
