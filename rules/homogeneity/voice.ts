import {defineCorpusRule, type MeasureValue, type Table} from '../../src/api.js';
import {differenceOfShares, wilson} from '../statistics/proportions.js';
import {type Voice, voiceLater} from './frames.js';
import {type Aspect, collision, counted, topPatterns, withTop} from './repeats.js';
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
  measure(sample, reference, {options: {words}, table}) {
    const all = texts(sample);
    const allOthers = reference === undefined ? [] : texts(reference);
    const withReference = allOthers.length >= leastTexts;
    const size = withReference ? Math.min(all.length, allOthers.length) : all.length;
    if (size < leastTexts) return {};
    const own = all.slice(0, size);
    const others = withReference ? allOthers.slice(0, size) : [];
    const measures: Record<string, MeasureValue> = {};
    let rise: MeasureValue | undefined;
    for (const aspect of aspects) {
      const count = withTop(own, aspect, words);
      const value = {value: count / size, interval: wilson(count, size)};
      if (withReference) {
        const there = withTop(others, aspect, words);
        const difference = {
          value: (count - there) / size,
          interval: differenceOfShares({count, total: size}, {count: there, total: size}),
        };
        if (rise === undefined || difference.value > rise.value) rise = difference;
        measures[`homogeneity.${aspect}`] = {...value, reference: there / size};
      } else measures[`homogeneity.${aspect}`] = value;
      table(patternTable(aspect, own, others, words));
    }
    measures['homogeneity.opening-collision'] = {
      ...collision(own, words),
      ...(withReference && {reference: collision(others, words).value}),
    };
    if (rise !== undefined) measures['homogeneity.voice'] = rise;
    return measures;
  },
  encode: encodeVoices,
  decode: decodeVoices,
});

function texts(sample: VoiceSample): Voice[] {
  return voicesInOrder(sample).flatMap(({voice}) => voice() ?? []);
}

const titles: Record<Aspect, string> = {
  openings: 'How texts begin',
  closings: 'How texts end',
  frames: 'Frames of sentences',
};

function patternTable(aspect: Aspect, own: readonly Voice[], others: readonly Voice[], words: number): Table {
  const there = new Map(counted(others, aspect, words));
  const rows = counted(own, aspect, words)
    .slice(0, tableRows)
    .filter(([, count]) => count > 1)
    .map(([pattern, count]) => [
      pattern,
      count,
      count / own.length,
      others.length === 0 ? null : (there.get(pattern) ?? 0) / others.length,
    ]);
  return {
    id: `homogeneity.${aspect}`,
    title: titles[aspect],
    note: `Of a sample of ${own.length} texts, those that have it and their share, beside the reference's. The measure counts the first ${topPatterns}.${aspect === 'frames' ? ' “…” stands for words of five letters and more, “#” for a number.' : ''}`,
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
