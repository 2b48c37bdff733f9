import type {RawFinding} from '../engine/evidence.js';
import type {ShownText, ShownTexts} from '../report/exhibit.js';
import {differenceOf, passageOf} from '../report/passages.js';
import {partsToShow, type ShownRecord} from './shown-record.js';

/** Code units of one text that a page shows; of a difference on both sides of what differs. */
const most = 1_500;
const mostOfDifference = 2_500;
const context = 300;
const mostFields = 12;

/** The texts of a record: with the stretches that findings are about, or beside those of the other of a pair. */
export function textsOf(
  {parts, fields}: ShownRecord,
  findings: readonly RawFinding[],
  there: ShownRecord | {readonly missing: string} | undefined,
): ShownTexts {
  const spans = findings.flatMap(({span}) => (span ? [span] : []));
  const own = (name: string): ShownText => ({
    name,
    kind: 'own',
    passage: passageOf(
      parts[name] ?? '',
      spans.filter(({part}) => part === name),
      most,
    ),
  });
  const texts = partsToShow(parts).flatMap((name): ShownText[] => {
    if (there === undefined || 'missing' in there) return [own(name)];
    const other = there.parts[name] ?? '';
    const difference = differenceOf(parts[name] ?? '', other, mostOfDifference, context);
    if (difference !== undefined) return [{name, kind: 'difference', passage: difference}];
    return [own(name), {name, kind: 'other', passage: passageOf(other, [], most)}];
  });
  return {fields: Object.fromEntries(Object.entries(fields).slice(0, mostFields)), texts};
}
