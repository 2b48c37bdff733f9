import {defineCorpusRule} from '../../src/api.js';
import {wilson} from '../statistics/proportions.js';
import {answerPart} from './answer-part.js';
import {framesOf} from './frames.js';
import {
  addPassage,
  decodePassages,
  encodePassages,
  headOf,
  headUnits,
  keyOf,
  mergePassages,
  noPassages,
  textsInOrder,
} from './passages.js';

/** Shares of fewer texts say little. */
const leastTexts = 50;
/** Texts that must fill a frame, whatever the share. */
const fewest = 8;

export default defineCorpusRule({
  id: 'synthetic/template',
  summary:
    'Finds frames that many records fill in: the same words in the same order, with slots between them.',
  why: 'A corpus that was made by filling slots of a few templates looks large and says little; models learn the frame and not what stands in it (arXiv:2412.14689 on how narrow the n-grams of synthetic corpora are).',
  advice:
    'Look at the frames in the table. Keep a few records of each, or write the prompts so that the answers differ. Questions of a test, forms and catalogues have frames by design.',
  details:
    'From a sample of 2,048 distinct texts, those with the least hashes of their words; of each the first 64 words are looked at, of the answer where the record has one. Around every run of three words that many texts share it looks at what else these texts have in common. A frame fixes at least five words and 40 % of the words that are looked at, and leaves a slot; numbers count as one word, `#`. Each text is counted for one frame. `synthetic.template` is the share of the sampled texts that fill one, with its 95 % interval (Wilson), where at least 8 texts and `minimum` of the sample fill it. Its summary holds beginnings of texts and is not kept in profiles. Not measured under 50 texts.',
  since: '0.2.0',
  recommended: 'warn',
  on: 'response',
  version: 1,
  sampled: true,
  views: ['all'],
  inProfile: false,
  options: {
    minimum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.01,
      description: 'Share of the texts that must fill a frame.',
    },
    warnAbove: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.05,
      description: 'Share of the texts that fill frames above which it warns.',
    },
  },
  messages: {
    frames:
      '{{percent}} % of the records fill in a frame that others fill, too; the most frequent one, {{first}} %: “{{frame}}”',
  },
  measures: {
    'synthetic.template': {description: 'Share of records that fill in a frame of many.', unit: 'share'},
  },
  init: noPassages,
  observe(passages, record, {feature}) {
    const key = keyOf(feature(record, 'wordHashes'));
    if (key > passages.limit) return;
    const parts = feature(record, 'parts');
    addPassage(passages, key, headOf(parts.startOf(answerPart(parts), headUnits)!));
  },
  merge: mergePassages,
  measure(passages, _, {options: {minimum, warnAbove}, report, table}) {
    const texts = textsInOrder(passages).map(([, text]) => text);
    const total = texts.length;
    if (total < leastTexts) return {};
    const frames = framesOf(texts, Math.max(fewest, Math.ceil(minimum * total)));
    const count = frames.reduce((sum, frame) => sum + frame.count, 0);
    const share = count / total;
    const [first] = frames;
    if (first !== undefined) {
      if (share > warnAbove) {
        const data = {percent: percent(share), first: percent(first.count / total), frame: first.text};
        report({messageId: 'frames', data});
      }
      table({
        id: 'synthetic.frames',
        title: 'Frames that many records fill in',
        note: `Of ${total} sampled texts. … stands for a slot, # for a number.`,
        columns: [
          {id: 'frame', title: 'Frame'},
          {id: 'records', title: 'Records of the sample'},
          {id: 'share', title: 'Share', unit: 'share'},
        ],
        rows: frames.map(frame => [frame.text, frame.count, frame.count / total]),
      });
    }
    return {'synthetic.template': {value: share, interval: wilson(count, total)}};
  },
  encode: encodePassages,
  decode: decodePassages,
});

const percent = (share: number) => Math.round(1000 * share) / 10;
