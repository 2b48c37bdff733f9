import {chmodSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline/promises';
import {visible} from '../../report/sanitize.js';
import {lookAt} from '../../run/init/look.js';
import {type Proposal, propose} from '../../run/init/propose.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {initOptions} from '../options-commands.js';
import {write} from '../print.js';

/** `collapse init`: looks at this folder, and writes config, hook and workflow, each only when told to. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('init', args, initOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('init'));
    return exitCodes.pass;
  }
  if (positionals.length > 0)
    throw new UsageError('`collapse init` takes no paths: run it in the folder of the data.');
  const cwd = process.cwd();
  const look = await lookAt(cwd);
  const {files, byHand} = propose(look);
  await write(
    process.stdout,
    `${look.files} data files here; of ${look.rows} rows looked at, ${look.recognised} are of a known shape.\n`,
  );
  const asks = process.stdin.isTTY && process.stdout.isTTY && !values.yes;
  if (!asks && !values.yes) {
    await write(
      process.stdout,
      `Would write: ${files.map(({path}) => path).join(', ')}. Nothing is written without a terminal to ask at: add --yes.\n`,
    );
    return exitCodes.pass;
  }
  const wrote: string[] = [];
  try {
    for (const file of files) {
      const {said, done} = await settle(file, cwd, asks);
      if (done) wrote.push(file.path);
      await write(process.stdout, `${said}\n`);
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    const left = wrote.length === 0 ? 'Nothing was written.' : `Written before that: ${wrote.join(', ')}.`;
    process.stderr.write(`\nInterrupted. ${left}\n`);
    return exitCodes.interrupted;
  }
  for (const text of byHand) await write(process.stdout, `${text}\n`);
  if (look.files > 0) await write(process.stdout, 'Next: `collapse check`\n');
  return exitCodes.pass;
}

interface Settled {
  readonly said: string;
  readonly done: boolean;
}

/** Writes a file or leaves it. What is there is only replaced by somebody who said so. */
async function settle({path, text, why, executable}: Proposal, cwd: string, asks: boolean): Promise<Settled> {
  const target = join(cwd, path);
  const there = existsSync(target);
  if (!asks && there) return {said: `Left as it is: ${visible(path)}`, done: false};
  if (asks && !(await agreed(`${there ? 'Replace' : 'Write'} ${path} (${why})?`, !there)))
    return {said: `Not written: ${visible(path)}`, done: false};
  mkdirSync(dirname(target), {recursive: true});
  writeFileSync(target, text, {flag: there ? 'w' : 'wx'});
  if (executable) chmodSync(target, 0o755);
  return {said: `Wrote ${visible(path)}: ${why}`, done: true};
}

async function agreed(question: string, byDefault: boolean): Promise<boolean> {
  const terminal = createInterface({input: process.stdin, output: process.stdout});
  try {
    const answer = (await terminal.question(`${question} ${byDefault ? '[Y/n]' : '[y/N]'} `))
      .trim()
      .toLowerCase();
    return answer === '' ? byDefault : answer.startsWith('y');
  } finally {
    terminal.close();
  }
}
