import {type CorpusRecord, defineRecordRule, type PartName} from '../../src/api.js';
import {answerPart, excerptOf} from './answer-part.js';
import {loopOf, repeatedLines, run, signLoopOf} from './loops.js';
import {placeOfWords} from './places.js';
import {isTabular} from './tabular.js';

/** Words of one unit after another that are a loop, and how often the unit must stand there. */
const loopWords = 60;
const loopTimes = 4;
/** Characters that one short unit must fill, and how many there must be to a word before it is looked for. */
const signs = 300;
const signsPerWord = 12;
/** Lines that a text must have before repeated ones are counted. */
const fewestLines = 10;
const repeatedShare = 0.6;
/** Share of sampled places that must repeat before all are counted. In prose about one in thirty does. */
const suspicious = 0.2;

export default defineRecordRule({
  id: 'synthetic/degenerate',
  summary: 'Flags texts that go round in circles: loops, repeated passages, one unit that fills the page.',
  why: 'Models that sample what is likely fall into loops (arXiv:1904.09751), and people do not. A model trained on loops loops more; filters on repeated runs are part of every large corpus since Gopher (arXiv:2112.11446).',
  advice:
    'Drop the record, or cut it where the loop begins. Lists and songs that repeat by design: raise `repeated`.',
  details: `Looks at the answer where the record has one, else at its text. A record is flagged when \`repeated\` of its words stand in runs of ${run} words that stood earlier in it, when one unit follows itself at least ${loopTimes} times over ${loopWords} words or more, when three fifths of its lines (at least ${fewestLines}) repeat earlier ones, numbers at their beginning left out, or when a unit of up to 40 characters fills ${signs} characters on end. A sample of the words decides first whether it is worth counting, so that ordinary text costs next to nothing. Tables and logs (four fifths of the lines are rows between bars or tabs, or begin with a date or a time) repeat by design and are left out. Forms and refrains can repeat as much.`,
  since: '0.2.0',
  recommended: 'warn',
  on: 'response',
  options: {
    repeated: {
      type: 'number',
      minimum: 0.05,
      maximum: 1,
      default: 0.4,
      description: 'Share of words in runs that stood earlier in the text from which a record is flagged.',
    },
    minWords: {
      type: 'integer',
      minimum: 1,
      default: 40,
      description: 'Words that a text must have for its repeated words to be counted.',
    },
  },
  messages: {
    loop: '“{{unit}}” stands {{times}} times one after another',
    repeated: 'Of its words {{percent}} % stand in runs that stood earlier in it, such as “{{unit}}”',
    lines: 'Of its lines {{percent}} % repeat earlier ones',
    signs: '“{{unit}}” fills {{count}} characters on end',
  },
  examples: {
    pass: [
      {rows: ['The lamp turned, and turned, and turned again, and nobody came down the hill that night.']},
      {
        label: 'a refrain',
        rows: [
          'Row, row, row your boat,\ngently down the stream.\nMerrily, merrily, merrily, merrily,\nlife is but a dream.',
        ],
      },
    ],
    fail: [
      {label: 'a loop', rows: ['The lamp is lit. '.repeat(30)]},
      {label: 'signs', rows: [`The address is https://example.org/${'Kj'.repeat(150)}`]},
      {
        label: 'a passage again',
        rows: [
          `${'The keeper of the light climbed the stairs with his lamp and counted each of the steps as he had done for thirty years. '.repeat(2)}Then he wrote the number down.`,
        ],
      },
    ],
  },
  create({options: {repeated, minWords}, feature, report}) {
    return record => {
      const words = feature(record, 'wordCount');
      const parts = feature(record, 'parts');
      const length = parts.lengthOf('text')!;
      const dense = length >= signs && length > signsPerWord * words;
      const long = words >= minWords && feature(record, 'repeats') >= suspicious;
      if (!dense && !long) return;
      const part = answerPart(parts);
      const text = record[part]!;
      if (long) {
        if (isTabular(text)) return;
        const own =
          part === 'text' ? feature(record, 'wordHashes') : feature({text} as CorpusRecord, 'wordHashes');
        if (own.length >= minWords && lookAtWords(part, text, own)) return;
        const share = repeatedLines(text, fewestLines);
        if (share >= repeatedShare) {
          report({
            messageId: 'lines',
            data: {percent: percent(share)},
            span: {part, start: 0, end: text.length},
          });
          return;
        }
      }
      const loop = dense ? signLoopOf(text, signs) : undefined;
      if (loop === undefined || isTabular(text)) return;
      const {start, end, unit} = loop;
      report({
        messageId: 'signs',
        data: {unit: excerptOf(unit), count: end - start},
        span: {part, start, end},
      });
    };

    function lookAtWords(part: PartName, text: string, words: Uint32Array): boolean {
      const {repeated: count, longest, first} = loopOf(words);
      const length = longest.end - longest.start;
      const share = count / words.length;
      if (length >= loopWords && length >= loopTimes * longest.period) {
        const {start, end} = placeOfWords(text, longest.start, longest.end);
        const unit = placeOfWords(text, longest.start, longest.start + longest.period);
        const times = Math.floor(length / longest.period);
        const data = {unit: excerptOf(text.slice(unit.start, unit.end)), times};
        report({messageId: 'loop', data, span: {part, start, end}});
        return true;
      }
      if (share < repeated) return false;
      const {start, end} = placeOfWords(text, first, first + run);
      const data = {unit: excerptOf(text.slice(start, end)), percent: percent(share)};
      report({messageId: 'repeated', data, span: {part, start, end}});
      return true;
    }
  },
});

const percent = (share: number) => Math.round(100 * share);
