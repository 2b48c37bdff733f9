import {createAblation} from '../../run/ablate.js';
import {rejudge} from '../../run/rejudge.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {gateOptions} from '../options-commands.js';
import {prepareOutput, write} from '../print.js';
import {loadFromFlags} from '../setup.js';
import {exitCode} from './check.js';

/** `collapse gate <run folder>`: judge a saved run again, no scan. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('gate', args, gateOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('gate'));
    return exitCodes.pass;
  }
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    throw new UsageError('`collapse gate` takes one run folder, as `collapse filter --out` wrote it.');
  }
  const loaded = await loadFromFlags(values);
  const print = await prepareOutput(values, loaded);
  const ablation = values.ablate ? createAblation() : undefined;
  const {report, stale, dropped} = await rejudge(folder, loaded, {
    onRow: ablation?.row,
    complete: ablation?.complete,
    maxFindings: print.maxFindings,
    weights: values.weights,
  });
  await print(report);
  if (stale.length > 0 && !values.quiet) {
    process.stderr.write(
      `Other records are accepted now, so these measures are gone until the next scan: ${stale.join(', ')}\n`,
    );
  }
  if (dropped.length > 0 && !values.quiet) {
    process.stderr.write(
      `Gone with them until then, tables and findings on the round: ${[...new Set(dropped)].join(', ')}\n`,
    );
  }
  if (values['fail-on'] !== undefined) return exitCode(report, loaded.config.failOn);
  return report.verdict === 'pass' ? exitCodes.pass : exitCodes.findings;
}
