import type {Gate, Rule} from '../api.js';
import type {Report} from './report.js';
import {createStyle, type StyleOptions} from './style.js';
import {renderExceptions} from './stylish/exceptions.js';
import {renderFindings} from './stylish/findings.js';
import {renderGates} from './stylish/gates.js';
import {renderMeasures} from './stylish/measures.js';
import {askedTables, renderRound} from './stylish/round.js';
import {renderRules} from './stylish/summary.js';
import {
  renderChange,
  renderReading,
  renderReferences,
  renderSampling,
  renderVerdict,
} from './stylish/verdict.js';

export interface StylishOptions extends StyleOptions {
  /** For why a rule matters and what to do; a rule that is not in here is shown without. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
  /** True for a corpus that is read into a profile: nothing about it is accepted or refused. */
  readonly reading?: boolean;
}

/**
 * The report for a person in a terminal: findings by file, then rules, the round, measures and gates, then
 * the verdict. Depends on its arguments alone, and ends with a newline.
 */
export function renderStylish(report: Report, options: StylishOptions): string {
  const style = createStyle(options);
  const verdict = options.reading ? renderReading(report, style) : renderVerdict(report, style);
  // What is read and not judged has no accepted part.
  const views = options.reading ? onAll(report) : report.change ? onChange(report) : report;
  const blocks = [
    ...renderFindings(report, style),
    renderRules(report, options, style),
    ...(options.reading ? [] : renderRound(views, options, style)),
    renderMeasures(views, options.rules, style),
    renderGates(views, options, style),
    [
      ...renderChange(report, style),
      ...renderReferences(report, style),
      ...renderSampling(report, style),
      ...renderExceptions(report, style),
      ...verdict,
    ],
  ];
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** A hook speaks on each commit: what a few records measure is for reports, and so are gates that passed. */
function onChange(report: Report): Report {
  const gates = report.gates.filter(({scope, status}) => scope === 'round' && status === 'fail');
  const tables = (report.tables ?? []).filter(({rule}) => rule === askedTables);
  const roundFindings = (report.roundFindings ?? []).filter(({place}) => place !== undefined);
  return {...report, measures: {}, tables, roundFindings, gates};
}

export function onAll(report: Report): Report {
  const measures = Object.entries(report.measures).filter(([, {view}]) => view === 'all');
  return {...report, measures: Object.fromEntries(measures)};
}
