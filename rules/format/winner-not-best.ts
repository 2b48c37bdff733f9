import {type CorpusRecord, defineCorpusRule, type RowFields} from '../../src/api.js';
import {differenceOfShares, normalQuantile, wilson} from '../statistics/proportions.js';
import {count, countsMonoid, type FormatCounts} from './counts.js';
import {formatNames, recordFormat, sharedOptions} from './options.js';
import {percent} from './words.js';

export default defineCorpusRule({
  id: 'format/winner-not-best',
  summary: 'Flags a round whose most frequent structural format is not the one that is right most often.',
  why: 'The format that wins under training is the one a model of that size prefers, not the one that is most accurate (arXiv:2504.07912). More of it is then more of the wrong answers.',
  advice:
    'Sample more answers of the format that is right more often, or ask for it in the prompt; look at the table `format.accuracy`.',
  details:
    'Needs a field that says whether an answer is correct: `true`/`false` or 1/0, named by `correct`. Records without it are not counted. The most frequent format is held against each other one: the rule reports the one that is ahead by most, when the interval of the difference (Newcombe, at 95 % for all of them together) excludes 0. `format.winner-gap` is the accuracy of the best format less that of the most frequent one, 0 where it is the best itself; formats with fewer than `records` judged answers are left out. Formats answer different questions, so a gap can also come from where a format is used.',
  since: '0.2.0',
  recommended: 'warn',
  on: 'response',
  version: 1,
  sampled: true,
  views: ['all', 'accepted'],
  options: {
    correct: {
      type: 'string',
      default: 'correct',
      description:
        'Field that says whether an answer is correct: `true`/`false` or 1/0. A field of an object is named with a point: `check.passed`.',
    },
    records: {
      type: 'integer',
      minimum: 1,
      default: 20,
      description: 'Judged answers that a format must have to be held against the most frequent one.',
    },
    ...sharedOptions,
  },
  messages: {
    worse:
      'The most frequent format `{{winner}}` is right in {{accuracy}} of {{judged}} accepted answers, `{{best}}` in {{better}} of {{others}}: at least {{least}} more',
  },
  measures: {
    'format.winner-gap': {
      description: 'Accuracy of the most accurate format less that of the most frequent one.',
      unit: 'share',
    },
  },
  ...countsMonoid,
  observe(counts, record, context) {
    const correct = correctness(context.feature(record, 'row'), record, context.options.correct);
    if (correct !== undefined) count(counts, recordFormat(record, context), context.options, correct);
  },
  measure(counts, _, {options, view, report, table}) {
    const judged = accuracies(counts, formatNames(options));
    const [winner, ...others] = judged;
    if (winner === undefined) return {};
    table(accuracyTable(judged));
    const rivals = others.filter(({total}) => total >= options.records);
    // One interval for each rival: all of them together are to hold in 95 of 100 rounds.
    const z = normalQuantile(1 - 0.025 / Math.max(1, rivals.length));
    const ahead = rivals
      .map(rival => ({...rival, interval: differenceOfShares(rival, winner, z)}))
      .sort((a, b) => b.count / b.total - a.count / a.total);
    const [best] = ahead;
    const gap = best === undefined ? 0 : best.count / best.total - winner.count / winner.total;
    const [surest] = ahead
      .filter(({interval}) => interval[0] > 0)
      .sort((a, b) => b.interval[0] - a.interval[0]);
    if (surest !== undefined && view === 'accepted') {
      report({
        messageId: 'worse',
        data: {
          winner: winner.format,
          accuracy: percent(winner.count / winner.total),
          judged: winner.total,
          best: surest.format,
          better: percent(surest.count / surest.total),
          others: surest.total,
          least: percent(surest.interval[0]),
        },
      });
    }
    if (best === undefined || gap <= 0) return {'format.winner-gap': {value: 0}};
    const [low, high] = best.interval;
    return {'format.winner-gap': {value: gap, interval: [Math.max(0, low), high]}};
  },
});

/** What the field says: a boolean or 0/1; undefined for all else. */
function correctness(row: RowFields, record: CorpusRecord, path: string): boolean | undefined {
  const value = row.fieldNames.has(path)
    ? row.field(path)
    : path.includes('.')
      ? walk(record.fields, path)
      : undefined;
  if (typeof value === 'boolean') return value;
  return value === 1 ? true : value === 0 ? false : undefined;
}

function walk(fields: CorpusRecord['fields'], path: string): unknown {
  let value: unknown = fields;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Formats with judged answers, the most frequent first; of equals the first in the list. */
function accuracies({formats}: FormatCounts, names: readonly string[]) {
  return names
    .map(format => {
      const [total, count] = formats.get(format) ?? [0, 0];
      return {format, total, count};
    })
    .filter(({total}) => total > 0)
    .sort((a, b) => b.total - a.total);
}

function accuracyTable(judged: ReturnType<typeof accuracies>) {
  return {
    id: 'format.accuracy',
    title: 'How often each format is right',
    note: 'Of the answers whose correctness is known, the most frequent format first. The longest bar should be the first.',
    columns: [
      {id: 'format', title: 'Format'},
      {id: 'judged', title: 'Judged answers'},
      {id: 'accuracy', title: 'Correct', unit: 'share' as const},
      {id: 'interval', title: '95 % interval', unit: 'share' as const},
    ],
    rows: judged.map(({format, total, count}) => [format, total, count / total, wilson(count, total)]),
    picture: {kind: 'bars' as const, label: 'format', value: 'accuracy', interval: 'interval'},
  };
}
