#!/usr/bin/env node
import {exitCodes, fail} from './exit.js';

/** Commands by name. Each is loaded when it is called: `check` never pays for what it does not use. */
const commands: Readonly<Record<string, () => Promise<{run(args: string[]): Promise<number>}>>> = {
  check: () => import('./commands/check.js'),
  config: () => import('./commands/config.js'),
  explain: () => import('./commands/explain.js'),
  filter: () => import('./commands/filter.js'),
  gate: () => import('./commands/gate.js'),
  profile: () => import('./commands/profile.js'),
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
  const load = commands[first];
  // `check` is the default command, so that `collapse data/` does what one expects.
  return load === undefined ? (await commands.check!()).run(args) : (await load()).run(rest);
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  async error => {
    process.exitCode = await fail(error);
  },
);
