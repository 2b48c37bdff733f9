import {count, counted, rate} from '../numbers.js';
import type {ChangeReport, Report} from '../report.js';
import {sampling} from '../sampling.js';
import {excerpt} from '../sanitize.js';
import type {Style} from '../style.js';
import {wrap} from '../width.js';

/** Keeps a number and its name on one line. */
const nbsp = '\u00a0';

/** What the round was held against. */
export function renderReferences({references}: Report, {paint, width}: Style): string[] {
  if (references.length === 0) return [];
  const names = references.map(
    ({path, role, records}) => `${excerpt(path, 60)} (${role}, ${counted(records, 'record')})`,
  );
  const [first, ...rest] = wrap(`Held against ${names.join(', ')}.`, width);
  return [first!, ...rest.map(line => `  ${line}`)].map(paint.dim);
}

/** Which measures are of a part of the records. */
export function renderSampling(report: Report, {paint, width}: Style): string[] {
  const said = sampling(report);
  return said === undefined ? [] : wrap(said, width).map(paint.dim);
}

/** Which records a change brought: those that were judged. */
export function renderChange({change}: Report, {paint, width}: Style): string[] {
  if (change === undefined || change.added === 0) return [];
  const said = `${counted(change.added, 'new record')} in ${counted(change.files, 'changed file')} since ${excerpt(change.base, 60)}; ${others(change)}.`;
  return wrap(said, width).map(paint.dim);
}

function others({stayed, gone}: ChangeReport): string {
  return `${counted(stayed, 'record')} stayed or moved, ${count(gone)} ${gone === 1 ? 'is' : 'are'} gone`;
}

/** What a change did that brought no record. */
function unjudged(change: ChangeReport): string {
  const {files, moved} = change;
  if (files === 0 && moved === 0) return 'no data file changed';
  return [
    ...(files > 0 ? [`${counted(files, 'data file')} changed, ${others(change)}`] : []),
    ...(moved > 0 ? [`${counted(moved, 'data file')} moved as ${moved === 1 ? 'it is' : 'they are'}`] : []),
  ].join('; ');
}

/** The verdict, in a failed round with what failed it, and what became of the records. */
export function renderVerdict(report: Report, style: Style): string[] {
  const {green, red, bold} = style.paint;
  const said = outcome(report);
  if (report.verdict === 'pass') return labelled(green(bold('PASS')), [said], style);
  return labelled(red(bold('FAIL')), [`${reasons(report).join('; ')}`, said], style);
}

/** For a corpus that was read and not judged: a reference on its way into a profile. */
export function renderReading(report: Report, style: Style): string[] {
  const {totals, measures} = report;
  const records = totals.records - totals.malformed;
  const repeats = Math.round((measures['flagged.duplicate']?.value ?? 0) * records);
  const said = [
    counted(records, 'record'),
    ...(repeats > 0
      ? [`${count(repeats)} ${repeats === 1 ? 'repeats an earlier one' : 'repeat earlier ones'}`]
      : []),
    ...(totals.malformed > 0 ? [`${counted(totals.malformed, 'malformed line')} left${nbsp}out`] : []),
  ].join(', ');
  const {green, yellow, bold} = style.paint;
  const paint = totals.malformed > 0 ? yellow : green;
  return labelled(paint(bold('READ')), [said.replaceAll(/(\d) /g, `$1${nbsp}`)], style);
}

function labelled(label: string, paragraphs: readonly string[], {width}: Style): string[] {
  return paragraphs
    .flatMap(text => wrap(text, width - 6))
    .map((line, at) => `${at === 0 ? `${label}  ` : '      '}${line}`.replaceAll(nbsp, ' '));
}

/** Why the round failed: its gates by name, and the lines that are no records. */
export function reasons(report: Report): string[] {
  const {gates, totals, limits} = report;
  const failed = gates.filter(({scope, status}) => scope === 'round' && status === 'fail');
  const names = failed.map(({id}) => excerpt(id, 40)).join(', ');
  // Only a report that does not say what was allowed leaves this to be worked out.
  const tooMany = limits === undefined ? failed.length === 0 : totals.malformed > limits.malformed;
  return [
    ...(failed.length > 0 ? [`round ${failed.length === 1 ? 'gate' : 'gates'} ${names} failed`] : []),
    ...(tooMany && totals.malformed > 0 ? [malformed(report)] : []),
  ];
}

function malformed({totals, limits}: Report): string {
  const lines = counted(totals.malformed, 'malformed line');
  return limits === undefined ? lines : `${lines}, ${count(limits.malformed)}${nbsp}allowed`;
}

export function outcome({totals, counts, change}: Report): string {
  const {records, accepted, quarantined, rejected, malformed} = totals;
  if (change?.added === 0) return `no new records since ${excerpt(change.base, 60)}: ${unjudged(change)}`;
  if (records === 0) return 'no records to judge';
  if (malformed === records)
    return `${counted(records, 'line')} read, ${records === 1 ? 'which is no record' : 'none of them a record'}`;
  const clean = Object.values(counts).every(({findings}) => findings === 0);
  if (accepted === records && clean)
    return records === 1
      ? '1 record: accepted, no findings'
      : `${counted(records, 'record')}: all accepted, no findings`;
  const share = (part: number, name: string) =>
    `${count(part)} ${name}${part === 0 ? '' : ` (${rate(part, records)})`}`.replaceAll(' ', nbsp);
  return `${counted(records, 'record')}: ${[
    share(accepted, 'accepted'),
    share(quarantined, 'quarantined'),
    share(rejected, 'rejected'),
    share(malformed, 'malformed'),
  ].join(', ')}`;
}
