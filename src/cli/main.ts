#!/usr/bin/env node
import {existsSync} from 'node:fs';
import {exitCodes, fail, UsageError} from './exit.js';

/** Commands by name. Each is loaded when it is called: `check` never pays for what it does not use. */
const commands: Readonly<Record<string, () => Promise<{run(args: string[]): Promise<number>}>>> = {
  calibrate: () => import('./commands/calibrate.js'),
  check: () => import('./commands/check.js'),
  config: () => import('./commands/config.js'),
  explain: () => import('./commands/explain.js'),
  filter: () => import('./commands/filter.js'),
  gate: () => import('./commands/gate.js'),
  init: () => import('./commands/init.js'),
  profile: () => import('./commands/profile.js'),
  replenish: () => import('./commands/replenish.js'),
  review: () => import('./commands/review.js'),
  train: () => import('./commands/train.js'),
  verify: () => import('./commands/verify.js'),
};

async function main(args: string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-v') {
    const {version} = await import('../run/version.js');
    process.stdout.write(`${version}\n`);
    return exitCodes.pass;
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const {renderHelp} = await import('./help.js');
    process.stdout.write(renderHelp(rest[0]));
    return first === undefined ? exitCodes.usage : exitCodes.pass;
  }
  if (Object.hasOwn(commands, first)) return (await commands[first]!()).run(rest);
  await refuseMistyped(first);
  // `check` is the default command, so that `collapse data/` does what one expects.
  return (await commands.check!()).run(args);
}

/** A word that is no file, and nearly a command, was meant as one. */
async function refuseMistyped(word: string): Promise<void> {
  if (!/^[a-z]+$/i.test(word)) return;
  const {closest} = await import('../corpus/closest.js');
  const meant = closest(word, Object.keys(commands));
  if (meant === undefined || existsSync(word)) return;
  throw new UsageError(`Unknown command \`${word}\`. Did you mean \`${meant}\`? See \`collapse --help\`.`);
}

// A reader that has seen enough (`| head`) is no error, and does not change the exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  async error => {
    process.exitCode = await fail(error);
  },
);
