import {wrap} from '../report/width.js';
import {
  ablateOption,
  changeOptions,
  configOptions,
  displayOptions,
  livingOptions,
  type Option,
  type Options,
  reportOptions,
  scanOptions,
} from './options.js';
import {
  calibrateOptions,
  filterOptions,
  gateOptions,
  initOptions,
  profileOptions,
  replenishOptions,
  reviewOptions,
  trainOptions,
  verifyOptions,
} from './options-commands.js';

interface CommandHelp {
  readonly usage: string;
  readonly summary: string;
  readonly details?: string;
  readonly options: Options;
}

const commands: Readonly<Record<string, CommandHelp>> = {
  check: {
    usage: 'collapse [check] [paths|-]',
    summary: 'Scan, report and judge records. The default command.',
    details:
      'Paths are JSONL files (plain or gzip), folders, glob patterns, or - for standard input; default: this folder.',
    options: {
      ...changeOptions,
      ...scanOptions,
      ...livingOptions,
      ablate: ablateOption,
      ...reportOptions,
      ...displayOptions,
    },
  },
  filter: {
    usage: 'collapse filter [paths|-] --out DIR',
    summary: 'Keep what passes: accepted, quarantined, rejected and malformed records, byte for byte.',
    details:
      'The folder appears when the run has ended well. A failed round leaves DIR.failed instead, without an accepted set. ' +
      'Reading standard input without --out, accepted records go to standard output once the round has passed.',
    options: filterOptions,
  },
  profile: {
    usage: 'collapse profile <paths> --out FILE',
    summary: 'Build a reference profile, or extend one; reports duplicates inside the reference.',
    details: 'collapse profile --info FILE says what is in one; --compact FILE merges its segments.',
    options: profileOptions,
  },
  gate: {
    usage: 'collapse gate <run folder> [--config FILE]',
    summary: 'Judge a saved run again with other levels and gates, without a scan.',
    options: gateOptions,
  },
  replenish: {
    usage: 'collapse replenish [paths|-] --reference PATH [--out DIR]',
    summary: 'Find the fewest records of a reference that bring back the rare words that a round has lost.',
    details:
      'Records are chosen by one half of the rare words, each time the one with most of those still missing, and the ' +
      'result is judged on the other half. Takes trusted references; the files that a profile was made of must still be there, ' +
      'unchanged. Exits with 1 where the target is not reached within the budget.',
    options: replenishOptions,
  },
  review: {
    usage: 'collapse review [run folder|paths]',
    summary: 'Go through flagged records in the terminal, with their evidence, and decide.',
    details:
      'Takes a folder that collapse filter wrote, or scans the paths first. Decisions are appended to ' +
      '.collapse/decisions.jsonl at once; quit and go on whenever you like.',
    options: reviewOptions,
  },
  train: {
    usage: 'collapse train --human PATH --machine PATH [--out FILE]',
    summary: 'Train a detector for your own generator, for the option weights of synthetic/style.',
    details:
      'Prints how it does on records that it did not learn from, by length. Ends with 1, and trains nothing, when the two ' +
      'sets can be told apart by something trivial, and says by what. The same records give the same bytes.',
    options: trainOptions,
  },
  calibrate: {
    usage: 'collapse calibrate [run folder|paths] (--fpr SHARE | --precision SHARE) [--label FIELD[=VALUE]]',
    summary: 'Set limits of rules and gates for a wanted share of false positives or a wanted precision.',
    details:
      'Takes labels from a field of the records, or decisions of collapse review; of these a blind sample (review --blind) ' +
      'stands for all records. Prints what each limit would do, and the lines for the config. Ends with 1 where there are too few labels, ' +
      'and says how many are missing.',
    options: calibrateOptions,
  },
  config: {
    usage: 'collapse config [--format json]',
    summary: 'Print the resolved config, and where each value came from.',
    options: {...configOptions, ...displayOptions, format: reportOptions.format},
  },
  verify: {
    usage: 'collapse verify <paths> [--run FOLDER]',
    summary: 'Is this exactly the data that passed? For the training job.',
    details:
      'Paths are run folders, or files and folders of accepted records. Ends with 1 when anything was changed, added or taken away, or the round failed; with 2 when there is no run to ask.',
    options: verifyOptions,
  },
  init: {
    usage: 'collapse init [--yes]',
    summary: 'Look at this folder, and write config, hook and workflow for it.',
    details:
      'Asks before each file. What is there is never replaced without an answer; --yes only writes what is missing.',
    options: initOptions,
  },
  explain: {
    usage: 'collapse explain [rule|gate|preset]',
    summary: 'The documentation of a rule, gate or preset; without a name, the list of all.',
    options: {...configOptions, ...displayOptions},
  },
};

const exits = `Exit codes:
  0    passed
  1    findings at or above --fail-on, or the round failed
  2    wrong usage or config, or an error
  3    nothing was scanned
  130  interrupted
`;

/** Help of one command, or of all, for a terminal with so many columns. */
export function renderHelp(name?: string, columns = process.stdout.columns ?? 100): string {
  const room = Math.max(60, Math.min(columns, 110));
  const command = name === undefined ? undefined : commands[name];
  if (command === undefined) {
    const list = Object.entries(commands).map(([id, {summary}]) =>
      hanging(`  ${id.padEnd(11)}`, summary, room),
    );
    return `collapse-gate: decides what a model may be trained on next.

Usage: collapse <command> [options]

Commands:
${list.join('\n')}

collapse <command> --help shows the options of a command.
collapse --version shows the version.

${exits}`;
  }
  const rows = Object.entries(command.options).map(
    ([flag, option]) => [signature(flag, option), option.description] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const details = command.details === undefined ? '' : `\n${wrap(command.details, room).join('\n')}\n`;
  const summary = wrap(command.summary, room).join('\n');
  return `${summary}\n\nUsage: ${command.usage}\n${details}\nOptions:\n${rows
    .map(([left, right]) => hanging(`  ${left.padEnd(width)}`, right, room))
    .join('\n')}\n\n${exits}`;
}

/** What stands on the right goes on below itself. */
function hanging(left: string, right: string, room: number): string {
  return left + wrap(right, room - left.length).join(`\n${' '.repeat(left.length)}`);
}

function signature(flag: string, {short, value, multiple}: Option): string {
  const names = `${short === undefined ? '    ' : `-${short}, `}--${flag}`;
  return `${names}${value === undefined ? '' : ` ${value}`}${multiple ? ' …' : ''}`;
}
