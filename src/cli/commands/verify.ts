import {counted} from '../../report/numbers.js';
import {visible} from '../../report/sanitize.js';
import {verifyPath} from '../../run/verify.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {verifyOptions} from '../options-commands.js';
import {write} from '../print.js';

/** `collapse verify <paths>`: is this exactly the data that passed? For the training job. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('verify', args, verifyOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('verify'));
    return exitCodes.pass;
  }
  if (positionals.length === 0) {
    throw new UsageError(
      '`collapse verify` needs what is to be trained on: a run folder, or files of its accepted records.',
    );
  }
  let code: number = exitCodes.pass;
  for (const path of positionals) {
    const {problems, files, records} = await verifyPath(path, process.cwd(), values.run);
    for (const problem of problems) process.stderr.write(`${visible(path)}: ${visible(problem)}\n`);
    if (problems.length > 0) code = exitCodes.findings;
    else if (!values.quiet) {
      const said = `${counted(files, 'file')}, ${counted(records, 'accepted record')}`;
      await write(process.stdout, `${visible(path)}: as it passed (${said})\n`);
    }
  }
  return code;
}
