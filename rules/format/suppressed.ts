import {defineCorpusRule} from '../../src/api.js';
import {binomialBelow} from '../statistics/binomial.js';
import {comparable, count, countsMonoid, numbersOf} from './counts.js';
import {formatNames, recordFormat, sharedOptions} from './options.js';
import {percent} from './words.js';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
/** For all formats together: one in twenty rounds that lost exactly half may be told that it lost more. */
const level = 0.05;

export default defineCorpusRule({
  id: 'format/suppressed',
  summary: 'Flags structural formats of the reference that a round has all but lost.',
  why: 'When one format wins, the others are not merely rarer: they are suppressed, and what is not in the data cannot be sampled in the next round (arXiv:2504.07912).',
  advice:
    'Add records of the lost formats, or ask for them in the prompts. The table `format.shares` has all shares.',
  details:
    'A format counts as suppressed when it has at least `share` of the reference and its share of the round is under `keep` times that. Both samples are finite, so this must be sure: at the limit itself, the records of the format in the round would be binomial given those of both, and the rule reports only what has a probability under 5 %, divided by the number of formats it looks at. A small round is therefore not blamed for what it is too small to hold. `format.suppressed` is the number of such formats. Reported on what was accepted.',
  since: '0.2.0',
  recommended: 'warn',
  on: 'response',
  version: 1,
  sampled: true,
  views: ['all', 'accepted'],
  options: {
    share: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.01,
      description: 'Share of the reference from which on a format is looked at.',
    },
    keep: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Part of its share in the reference that a format must keep.',
    },
    ...sharedOptions,
  },
  messages: {
    lost: 'The format `{{format}}` has {{share}} of the accepted answers and {{before}} of the reference: under {{keep}} of it is left',
    otherwise:
      'The formats of the reference were told apart by other `patterns`, so they are not compared: build its profile again with this config',
  },
  measures: {
    'format.suppressed': {
      description: 'Number of formats of the reference that have surely lost more than half of their share.',
      unit: 'count',
    },
  },
  ...countsMonoid,
  observe(counts, record, context) {
    count(counts, recordFormat(record, context), context.options);
  },
  measure(counts, against, {options, view, report}) {
    const names = formatNames(options);
    const here = numbersOf(counts, names);
    const total = sum(here);
    const reference = comparable(against, options);
    if (reference === 'otherwise' && view === 'accepted') report({messageId: 'otherwise'});
    if (reference === undefined || reference === 'otherwise' || total === 0) return {};
    const there = numbersOf(reference, names);
    const totalThere = sum(there);
    const looked = names.flatMap((format, index) => {
      const before = there[index]! / totalThere;
      return there[index]! > 0 && before >= options.share
        ? [{format, before, records: here[index]!, of: there[index]!}]
        : [];
    });
    // Where just `keep` of the share is left, a record of the format is one of the round with this probability.
    const odds = (options.keep * total) / (options.keep * total + totalThere);
    const lost = looked.filter(
      ({records, of}) => binomialBelow(records, records + of, odds) < level / looked.length,
    );
    if (view === 'accepted') {
      for (const {format, before, records} of lost) {
        const data = {
          format,
          share: percent(records / total),
          before: percent(before),
          keep: percent(options.keep),
        };
        report({messageId: 'lost', data});
      }
    }
    return {'format.suppressed': {value: lost.length}};
  },
});
