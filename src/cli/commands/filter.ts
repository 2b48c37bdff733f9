import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {palette} from '../../report/color.js';
import {visible} from '../../report/sanitize.js';
import {createAblation} from '../../run/ablate.js';
import {filter} from '../../run/filter.js';
import {manifestName} from '../../run/manifest.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {filterOptions} from '../options-commands.js';
import {displayFor, prepareOutput, write} from '../print.js';
import {loadFromFlags, runFromFlags} from '../setup.js';
import {exitCode, nothing} from './check.js';

/** A script that goes on without looking at the exit code must not take an older run for this one. */
function refused(folder: string | undefined, out: string | undefined, color: string | undefined): string {
  const {red, bold} = palette(displayFor(process.stderr, color).color);
  const evidence = folder === undefined ? '' : ` The evidence is in ${visible(folder)}`;
  const older =
    out !== undefined && existsSync(join(out, manifestName))
      ? `${visible(out)} holds an earlier run, left as it was: its records are not of this round.\n`
      : '';
  return `${red(bold('Nothing was released'))}: the round failed.${evidence}\n${older}`;
}

/** `collapse filter`: keep what passes. Rejected records are its purpose, so only a failed round exits with 1. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('filter', args, filterOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('filter'));
    return exitCodes.pass;
  }
  const piped =
    positionals.length === 1 && positionals[0] === '-' && values.out === undefined && !values['dry-run'];
  if (!piped && values.out === undefined && !values['dry-run']) {
    throw new UsageError('`collapse filter` needs `--out DIR` to write to, or `--dry-run` to write nothing.');
  }
  if (piped && values.format !== undefined) {
    throw new UsageError(
      'Accepted records go to standard output here: write the report with `--output NAME=PATH`.',
    );
  }
  const loaded = await loadFromFlags(values);
  const print = await prepareOutput(values, loaded, positionals);
  if (values.weights && values.out === undefined && !values['dry-run'])
    throw new UsageError('`--weights` writes into the folder of the run: name one with `--out DIR`.');
  const ablation = values.ablate ? createAblation() : undefined;
  const {options, done} = runFromFlags(values);
  const {report, folder} = await filter(loaded, positionals.length > 0 ? positionals : ['.'], {
    ...options,
    maxFindings: print.maxFindings,
    onExhibits: print.onExhibits,
    baseline: values.baseline,
    out: values['dry-run'] ? undefined : values.out,
    overwrite: values.overwrite,
    weights: values.weights,
    onRow: ablation?.row,
    complete: ablation?.complete,
    replaceCodec: values['replace-codec'],
    ...(piped && {onAccepted: (bytes: Uint8Array) => write(process.stdout, bytes)}),
  }).finally(done);
  if (report.totals.records === 0) return nothing(positionals);
  await print(report, piped ? process.stderr : process.stdout);
  if (!values.quiet && !values['dry-run']) {
    if (report.verdict === 'fail') process.stderr.write(refused(folder, values.out, values.color));
    else if (folder !== undefined) process.stderr.write(`The run is in ${visible(folder)}\n`);
    if (folder !== undefined && report.totals.quarantined + report.totals.rejected > 0)
      process.stderr.write(`Go through what was refused: collapse review ${visible(folder)}\n`);
  }
  if (values['fail-on'] !== undefined) return exitCode(report, loaded.config.failOn);
  return report.verdict === 'pass' ? exitCodes.pass : exitCodes.findings;
}
