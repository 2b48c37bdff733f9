import {escapeJson} from '../../report/sanitize.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {configOptions, displayOptions, reportOptions} from '../options.js';
import {write} from '../print.js';
import {loadFromFlags} from '../setup.js';

const options = {...configOptions, ...displayOptions, format: reportOptions.format};

/** `collapse config`: the resolved config, and where each value came from. */
export async function run(args: string[]): Promise<number> {
  const {values} = parse('config', args, options);
  if (values.help) {
    await write(process.stdout, renderHelp('config'));
    return exitCodes.pass;
  }
  const {configJson, renderConfig} = await import('../../config/render.js');
  const loaded = await loadFromFlags(values);
  const format = values.format ?? 'yaml';
  if (format !== 'yaml' && format !== 'json')
    throw new UsageError(`\`--format\` of \`collapse config\` must be yaml or json, found \`${format}\`.`);
  await write(
    process.stdout,
    format === 'json' ? `${escapeJson(JSON.stringify(configJson(loaded), null, 2))}\n` : renderConfig(loaded),
  );
  return exitCodes.pass;
}
