import {existsSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Goal} from '../../calibrate/index.js';
import {decisionsPath} from '../../decisions/decision.js';
import {escapeJson} from '../../report/sanitize.js';
import {manifestName} from '../../run/manifest.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {calibrateOptions} from '../options-commands.js';
import {writeWhole} from '../outputs.js';
import {write} from '../print.js';
import {loadFromFlags} from '../setup.js';
import {renderCalibration} from '../terminal/calibration.js';
import {nothing} from './check.js';
import {openRun} from './review.js';

/** `collapse calibrate`: limits that do what is wanted, from what people said of records. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('calibrate', args, calibrateOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('calibrate'));
    return exitCodes.pass;
  }
  const goal = goalOf(values);
  const {format = 'stylish', label, write: edits = false} = values;
  if (format !== 'stylish' && format !== 'json') {
    throw new UsageError(`\`--format\` must be stylish or json here, found \`${format}\`.`);
  }
  const loaded = await loadFromFlags(values);
  const opened = await openRun(loaded, positionals, values);
  if (opened === undefined) return nothing(positionals);
  const {saved, close} = opened;
  try {
    const {calibrate} = await import('../../calibrate/index.js');
    const decisions = resolve(values.decisions ?? join(loaded.config.root, decisionsPath));
    if (label === undefined && !existsSync(decisions)) {
      throw new UsageError(
        'There are no labels: name the field that holds them with `--label FIELD`, or review a random sample with `collapse review --blind` first.',
      );
    }
    const found = await calibrate(loaded, saved, {
      goal,
      only: values.only ?? [],
      labels:
        label === undefined ? {decisions} : await labelsOf(loaded, positionals, label, saved.manifest.inputs),
    });
    if (found.limits.length === 0) {
      throw new UsageError(
        `No rule or gate with a limit on a signal is on${values.only ? ` among ${values.only.map(id => `\`${id}\``).join(', ')}` : ''}. Switch one on, for example with \`--rule synthetic/style=warn\`.`,
      );
    }
    const {configLines, diffOf, editConfig} = await import('../../calibrate/edit.js');
    const levels = new Map(Object.entries(loaded.config.rules).map(([id, {level}]) => [id, level]));
    const lines = configLines(found.limits, levels);
    await write(
      process.stdout,
      format === 'json'
        ? `${escapeJson(JSON.stringify({...found, config: lines}, null, 2))}\n`
        : renderCalibration(found, lines),
    );
    if (edits && lines.length > 0) {
      const path = loaded.path ?? resolve('.collapserc');
      const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const after = await editConfig(before, found.limits, levels);
      await write(process.stderr, diffOf('.collapserc', before, after));
      writeWhole(path, after);
    }
    return lines.length === 0 ? exitCodes.findings : exitCodes.pass;
  } finally {
    close();
  }
}

function goalOf({fpr, precision}: {readonly fpr?: string; readonly precision?: string}): Goal {
  if (fpr !== undefined && precision !== undefined) {
    throw new UsageError('Name `--fpr` or `--precision`: a limit can only do one of the two.');
  }
  if (precision !== undefined) return {precision: share('precision', precision)};
  return {fpr: share('fpr', fpr ?? '0.01')};
}

function share(flag: string, text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0 && value < 1) return value;
  throw new UsageError(`\`--${flag}\` must be a share between 0 and 1, found \`${text}\`.`);
}

/** From the paths, or from the files that a saved run was made of. */
async function labelsOf(
  loaded: Awaited<ReturnType<typeof loadFromFlags>>,
  paths: readonly string[],
  label: string,
  inputs: readonly {readonly path: string}[],
) {
  const {readLabels} = await import('../../calibrate/labels.js');
  const [first] = paths;
  const isRun = paths.length === 1 && first !== undefined && existsSync(join(first, manifestName));
  const from = isRun ? inputs.map(({path}) => path) : paths.length > 0 ? paths : ['.'];
  const labels = await readLabels(loaded, from, label, {cwd: process.cwd()});
  if (labels.size > 0) return labels;
  throw new UsageError(
    `No record has a field \`${label.split('=')[0]}\`. Name the field that says whether a record is bad.`,
  );
}
