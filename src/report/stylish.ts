import type {Gate, Rule} from '../api.js';
import {count, counted, rate} from './numbers.js';
import type {Report} from './report.js';
import {excerpt} from './sanitize.js';
import {createStyle, type Style, type StyleOptions} from './style.js';
import {renderFindings} from './stylish/findings.js';
import {renderGates, renderMeasures, renderRules} from './stylish/summary.js';
import {wrap} from './width.js';

/** Keeps a number and its name on one line. */
const nbsp = '\u00a0';

export interface StylishOptions extends StyleOptions {
  /** For why a rule matters and what to do; a rule that is not in here is shown without. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
}

/**
 * The report for a person in a terminal: findings by file, then rules, measures and gates, then the
 * verdict. Depends on its arguments alone, and ends with a newline.
 */
export function renderStylish(report: Report, options: StylishOptions): string {
  const style = createStyle(options);
  const blocks = [
    ...renderFindings(report, style),
    renderRules(report, options.rules, style),
    renderMeasures(report, style),
    renderGates(report, options.gates, style),
    [...renderReferences(report, style), ...renderVerdict(report, style)],
  ];
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

function renderReferences({references}: Report, {paint, width}: Style): string[] {
  if (references.length === 0) return [];
  const names = references.map(
    ({path, role, records}) => `${excerpt(path, 60)} (${role}, ${counted(records, 'record')})`,
  );
  const [first, ...rest] = wrap(`Held against ${names.join(', ')}.`, width);
  return [first!, ...rest.map(line => `  ${line}`)].map(paint.dim);
}

function renderVerdict({verdict, totals, counts}: Report, {paint, width}: Style): string[] {
  const word = verdict === 'pass' ? paint.green(paint.bold('PASS')) : paint.red(paint.bold('FAIL'));
  const [first, ...rest] = wrap(summary(), width - 6);
  return [`${word}  ${first}`, ...rest.map(line => `      ${line}`)].map(line => line.replaceAll(nbsp, ' '));

  function summary(): string {
    const {records, accepted, quarantined, rejected, malformed} = totals;
    if (records === 0) return 'no records to judge';
    const clean = Object.values(counts).every(({findings}) => findings === 0);
    if (accepted === records && clean) return `${counted(records, 'record')}: all accepted, no findings`;
    const share = (part: number, name: string) =>
      `${count(part)} ${name}${part === 0 ? '' : ` (${rate(part, records)})`}`.replaceAll(' ', nbsp);
    return `${counted(records, 'record')}: ${[
      share(accepted, 'accepted'),
      share(quarantined, 'quarantined'),
      share(rejected, 'rejected'),
      share(malformed, 'malformed'),
    ].join(', ')}`;
  }
}
