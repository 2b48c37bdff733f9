import {readableFormats} from '../../corpus/formats.js';
import {passedOver} from '../../corpus/passed-over.js';
import type {Report} from '../../report/report.js';
import {visible} from '../../report/sanitize.js';
import type {Asked} from '../../run/change/index.js';
import {check} from '../../run/check.js';
import {parse, wholeNumber} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {
  ablateOption,
  changeOptions,
  displayOptions,
  livingOptions,
  reportOptions,
  scanOptions,
} from '../options.js';
import {prepareOutput} from '../print.js';
import {loadFromFlags, runFromFlags} from '../setup.js';

export const options = {
  ...changeOptions,
  ...scanOptions,
  ...livingOptions,
  ablate: ablateOption,
  ...reportOptions,
  ...displayOptions,
};

/** `collapse check [paths|-]`: scan, report, judge. Writes nothing but what `--output` names. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('check', args, options);
  if (values.help) return help();
  const loaded = await loadFromFlags(values);
  const print = await prepareOutput(values, loaded, positionals);
  const {options: flagged, done} = runFromFlags(values);
  const maxWarnings = wholeNumber('max-warnings', values['max-warnings'], 0);
  const runOptions = {
    ...flagged,
    maxFindings: print.maxFindings,
    onExhibits: print.onExhibits,
    baseline: values.baseline,
  };
  const patterns = positionals.length > 0 ? positionals : ['.'];
  // Loaded where it is asked for, as little else is needed for a hook.
  const ablation = values.ablate ? (await import('../../run/ablate.js')).createAblation() : undefined;
  const asked = askedOf(values, patterns);
  const scanned = asked === undefined ? scanAll() : scanChange(asked);
  const scannedReport = await scanned.finally(done);
  const report = ablation?.complete(scannedReport) ?? scannedReport;
  if (report.totals.records === 0 && report.change === undefined) return nothing(positionals);
  await print(report);
  const code = exitCode(report, loaded.config.failOn, maxWarnings);
  // A person at a terminal would take PASS for the whole answer.
  if (code !== exitCodes.pass && report.verdict === 'pass' && process.stderr.isTTY && !values.quiet) {
    process.stderr.write(
      'Ends with 1 for what was found: the round passes without it. `collapse filter` keeps what is accepted; `--fail-on never` ends with 0.\n',
    );
  }
  return code;

  async function scanAll(): Promise<Report> {
    return (await check(loaded, patterns, runOptions, ablation?.row)).report;
  }

  async function scanChange(change: Asked): Promise<Report> {
    // git is only started where it is asked.
    const {checkChange} = await import('../../run/change/index.js');
    return checkChange(loaded, patterns, change, runOptions, ablation?.row);
  }
}

function askedOf(
  {staged, since}: {readonly staged?: boolean; readonly since?: string},
  patterns: readonly string[],
): Asked | undefined {
  if (staged && since !== undefined) throw new UsageError('Give either `--staged` or `--since`, not both.');
  const asked = staged ? ({staged: true} as const) : since === undefined ? undefined : {since};
  if (asked !== undefined && patterns.includes('-'))
    throw new UsageError(`\`--${staged ? 'staged' : 'since'}\` asks git: standard input is not in it.`);
  return asked;
}

async function help(): Promise<number> {
  const {renderHelp} = await import('../help.js');
  process.stdout.write(renderHelp('check'));
  return exitCodes.pass;
}

/** A gate that judged nothing must not be green. */
export function nothing(patterns: readonly string[]): number {
  const where = patterns.length > 0 ? patterns.map(path => `\`${visible(path)}\``).join(', ') : 'this folder';
  const over = passedOver(patterns.length > 0 ? patterns : ['.'], process.cwd(), 4);
  const named = over.slice(0, 3).map(path => `\`${visible(path)}\``);
  const others =
    over.length === 0
      ? ' Name data files, or folders or patterns that hold some.'
      : `\nPassed over: ${named.join(', ')}${over.length > 3 ? ' and more' : ''}. Only ${readableFormats} can be read today: convert them, one record per line.`;
  process.stderr.write(`Nothing was scanned: no records in ${where}.${others}\n`);
  return exitCodes.nothing;
}

/** 1 for a failed round, and for findings at or above the level that fails. */
export function exitCode(
  report: Report,
  failOn: 'warn' | 'error' | 'never',
  maxWarnings = Number.POSITIVE_INFINITY,
): number {
  const counts = Object.entries(report.counts).filter(([rule]) => rule !== 'malformed');
  const errors = counts.some(([, {errors: count}]) => count > 0);
  const warnings = counts.some(([, {warnings: count}]) => count > 0);
  const found = (failOn !== 'never' && errors) || (failOn === 'warn' && warnings);
  const many = Object.values(report.counts).reduce((sum, {warnings: one}) => sum + one, 0) > maxWarnings;
  return report.verdict === 'fail' || found || many ? exitCodes.findings : exitCodes.pass;
}
