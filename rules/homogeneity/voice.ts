import {defineCorpusRule, type MeasureValue, type Table} from '../../src/api.js';
import {keptOf} from '../statistics/kept.js';
import {differenceOfShares, wilson} from '../statistics/proportions.js';
import {type Voice, voiceLater} from './frames.js';
import {type Aspect, type Counted, collision, countPatterns, topPatterns} from './repeats.js';
import {answerOf} from './text.js';
import {
  addWords,
  decodeVoices,
  emptyVoices,
  encodeVoices,
  mergeVoices,
  type VoiceSample,
  voicesInOrder,
} from './voices.js';

/** Shares of fewer texts say little. */
const leastTexts = 100;
const tableRows = 20;
const aspects: readonly Aspect[] = ['openings', 'closings', 'frames'];

export default defineCorpusRule({
  id: 'homogeneity/voice',
  summary: 'Measures how much of a corpus begins, ends and builds its sentences in the same way.',
  why: 'Text of one model is known by what it repeats: the same few openings, closings and sentence frames, over many subjects. A model trained on it learns them as the way to write (arXiv:2510.22954), and rounds of such training narrow further (arXiv:2305.17493).',
  advice:
    'Look at the frames in the table. Ask for other forms in the prompts, mix in other sources, or drop part of the records with the most frequent openings.',
  details:
    'From a sample of 2,048 distinct texts, those with the least hashes of their words, so memory stays small and repeats of one text count once. Where a record has an answer, only the answer is looked at; texts of fewer than 8 words are not.\n\nAn **opening** is the first words of a text (`words`, default 3), a **closing** the last. A **frame** is a sentence of which only words of up to four letters are left: `in … the … of the … is a …`; in most languages these are the words that carry the grammar, and no list is needed. The first 8 sentences of a text are looked at. Measures are the share of texts that have one of the ten most frequent openings, closings or frames; where there is a reference, both are of equally many texts, because a top ten is larger in a smaller sample. `homogeneity.opening-collision` is the probability that two texts begin alike, which is unbiased at every size: its inverse is the effective number of openings.\n\n`homogeneity.voice` is the largest of the three rises over the reference. Without a reference it is not measured: a corpus of questions begins with few words, too. Under 100 texts nothing is measured. In scripts without spaces each character is a word, and frames say little.',
  since: '0.2.0',
  recommended: 'warn',
  version: 2,
  sampled: true,
  views: ['all'],
  options: {
    words: {
      type: 'integer',
      minimum: 1,
      maximum: 5,
      default: 3,
      description: 'Words of an opening or a closing.',
    },
  },
  messages: {},
  measures: {
    'homogeneity.openings': {
      description: 'Share of texts that begin with one of the ten most frequent openings.',
      unit: 'share',
    },
    'homogeneity.closings': {
      description: 'Share of texts that end with one of the ten most frequent closings.',
      unit: 'share',
    },
    'homogeneity.frames': {
      description: 'Share of texts with a sentence in one of the ten most frequent frames.',
      unit: 'share',
    },
    'homogeneity.opening-collision': {
      description: 'Probability that two texts begin alike.',
      unit: 'share',
    },
    'homogeneity.voice':
      'Largest rise over the reference of the shares of openings, closings and frames, from -1 to 1.',
  },
  init: emptyVoices,
  observe(sample, record, {feature}) {
    addWords(sample, feature(record, 'wordHashes'), () => voiceLater(answerOf(record)));
  },
  merge: mergeVoices,
  prepare(reference, {options: {words}}) {
    const {length} = textsOf(reference);
    if (length >= leastTexts) patternsFor(reference, length, words);
  },
  measure(sample, reference, {options: {words}, table}) {
    const all = textsOf(sample).length;
    const others = reference === undefined ? 0 : textsOf(reference).length;
    const withReference = others >= leastTexts;
    const size = withReference ? Math.min(all, others) : all;
    if (size < leastTexts) return {};
    const own = patternsFor(sample, size, words);
    const there = withReference ? patternsFor(reference!, size, words) : undefined;
    const measures: Record<string, MeasureValue> = {};
    let rise: MeasureValue | undefined;
    for (const aspect of aspects) {
      const count = own[aspect].withTop;
      const value = {value: count / size, interval: wilson(count, size)};
      if (there !== undefined) {
        const before = there[aspect].withTop;
        const difference = {
          value: (count - before) / size,
          interval: differenceOfShares({count, total: size}, {count: before, total: size}),
        };
        if (rise === undefined || difference.value > rise.value) rise = difference;
        measures[`homogeneity.${aspect}`] = {...value, reference: before / size};
      } else measures[`homogeneity.${aspect}`] = value;
      table(patternTable(aspect, own[aspect], there?.[aspect], size));
    }
    measures['homogeneity.opening-collision'] = {
      ...collision(own.openings, size),
      ...(there && {reference: collision(there.openings, size).value}),
    };
    if (rise !== undefined) measures['homogeneity.voice'] = rise;
    return measures;
  },
  encode: encodeVoices,
  decode: decodeVoices,
});

const textsOf = keptOf((sample: VoiceSample): Voice[] =>
  voicesInOrder(sample).flatMap(({voice}) => voice() ?? []),
);

/** What the first texts of a sample repeat. */
const patternsFor = keptOf((sample: VoiceSample, size: number, words: number) => {
  const texts = textsOf(sample).slice(0, size);
  const of = (aspect: Aspect) => countPatterns(texts, aspect, words);
  return {openings: of('openings'), closings: of('closings'), frames: of('frames')};
});

const titles: Record<Aspect, string> = {
  openings: 'How texts begin',
  closings: 'How texts end',
  frames: 'Frames of sentences',
};

function patternTable(aspect: Aspect, own: Counted, others: Counted | undefined, texts: number): Table {
  const there = new Map(others?.counts);
  const rows = own.counts
    .slice(0, tableRows)
    .filter(([, count]) => count > 1)
    .map(([pattern, count]) => [
      pattern,
      count,
      count / texts,
      others === undefined ? null : (there.get(pattern) ?? 0) / texts,
    ]);
  return {
    id: `homogeneity.${aspect}`,
    title: titles[aspect],
    note: `Of a sample of ${texts} texts, those that have it and their share, beside the reference's. The measure counts the first ${topPatterns}.${aspect === 'frames' ? ' “…” stands for words of five letters and more, “#” for a number.' : ''}`,
    columns: [
      {id: 'pattern', title: aspect === 'frames' ? 'Frame' : aspect === 'openings' ? 'Opening' : 'Closing'},
      {id: 'texts', title: 'Texts'},
      {id: 'share', title: 'Share', unit: 'share'},
      {id: 'reference', title: 'Reference', unit: 'share'},
    ],
    rows,
    picture: {kind: 'bars', label: 'pattern', value: 'share', reference: 'reference'},
  };
}
