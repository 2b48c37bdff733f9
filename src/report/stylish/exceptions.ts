import {counted} from '../numbers.js';
import type {ExceptionReport, Report} from '../report.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {wrap} from '../width.js';

/** What does not count since somebody took it on, and what of that is over or was for nothing. */
export function renderExceptions({exceptions = []}: Report, {paint, width}: Style): string[] {
  const used = exceptions.filter(one => one.used > 0);
  const parts = (['baseline', 'waiver', 'decision'] as const).flatMap(kind => {
    const sum = used.filter(one => one.kind === kind).reduce((total, one) => total + one.used, 0);
    return sum === 0 ? [] : [`${counted(sum, kind === 'decision' ? 'case' : 'finding')} ${by[kind]}`];
  });
  const lines = parts.length === 0 ? [] : wrap(`Not counted: ${parts.join(', ')}.`, width).map(paint.dim);
  return [
    ...lines,
    ...exceptions.flatMap(one => problem(one).flatMap(text => wrap(text, width).map(paint.yellow))),
  ];
}

const by = {baseline: 'of the baseline', waiver: 'by waivers', decision: 'by decisions of reviewers'};

function problem({kind, from, rule, reason, until, state}: ExceptionReport): string[] {
  const said = reason === undefined ? '' : ` (${excerpt(reason, 80)})`;
  const place = excerpt(from, 60);
  if (state === 'expired')
    return [`${place}: the waiver of ${rule}${said} ended with ${until}. Look again, or remove it.`];
  if (state === 'conflict')
    return [`${place} disagree on ${excerpt(reason ?? '', 80)}: nobody's word holds.`];
  if (state !== 'unused') return [];
  return kind === 'baseline'
    ? [`${place} has findings that are there no more. Write it again to keep it short.`]
    : [`${place}: the waiver of ${rule}${said} waives nothing. Remove it.`];
}
