import type {Calibrated, Calibration} from '../../calibrate/index.js';
import {count, counted, percent} from '../../report/numbers.js';
import {excerpt} from '../../report/sanitize.js';
import {table} from '../../report/width.js';

/** What each limit would do, and the lines for the config. */
export function renderCalibration(found: Calibration, lines: readonly string[]): string {
  const {goal, from, records, labelled, limits} = found;
  const wanted =
    'fpr' in goal
      ? `at most ${percent(goal.fpr)} of good records flagged`
      : `${percent(goal.precision)} of flagged records bad`;
  const out = [
    `${counted(labelled, 'labelled record')} of ${count(records)}; wanted: ${wanted}`,
    ...(from === 'blind'
      ? ['From the blind sample: records that were flagged and others weigh by how many of each there are.']
      : from === 'reviewed'
        ? [
            'From the records that people chose to review: these tell how often what is flagged is bad, and nothing of what is missed. `collapse review --blind` draws a sample that does.',
          ]
        : []),
    ...limits.flatMap(limit => ['', ...limitLines(limit, from)]),
  ];
  if (lines.length > 0) out.push('', 'For the config:', '', ...lines);
  return `${out.join('\n')}\n`;
}

function limitLines(limit: Calibrated, from: Calibration['from']): string[] {
  const {id, option, signal, current, bad, good, abstained, rows, chosen, why} = limit;
  const silent = abstained > 0 ? `, ${count(abstained)} without the signal` : '';
  const all = from !== 'reviewed';
  const body = rows.map(row => [
    row.limit === chosen?.limit ? '>' : '',
    String(row.limit),
    count(row.flagged),
    ...shown(row.precision),
    ...(all ? [...shown(row.recall), ...shown(row.fpr)] : []),
  ]);
  const titles = [
    '',
    excerpt(option, 20),
    'flagged',
    'precision',
    '',
    ...(all ? ['recall', '', 'false positives', ''] : []),
  ];
  const aligns = titles.map(
    (title, at) => (at === 0 || (title === '' && at > 2) ? 'left' : 'right') as 'left' | 'right',
  );
  return [
    `${excerpt(id, 60)}  ${option}, now ${current}  (signal ${signal}; ${count(bad)} bad, ${count(good)} good${silent})`,
    ...table([titles, ...body], aligns).map(row => `  ${row.join(' ')}`.trimEnd()),
    ...(why === null ? [] : [`  None does it: ${why}.`]),
  ];
}

function shown({
  value,
  interval: [low, high],
}: {
  readonly value: number;
  readonly interval: readonly [number, number];
}): [string, string] {
  // Samples of this size do not tell more than tenths of a percent.
  const round = (share: number) => percent(Math.round(share * 1000) / 1000);
  return [Number.isNaN(value) ? '' : round(value), `(${round(low)} to ${round(high)})`];
}
