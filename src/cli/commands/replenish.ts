import type {TailState} from '../../replenish/tail.js';
import type {TopicState} from '../../replenish/topics.js';
import {count, counted, percent} from '../../report/numbers.js';
import {escapeJson, visible} from '../../report/sanitize.js';
import {inUnit, type UnitOf, unitsOf} from '../../report/units.js';
import {type Replenished, replenish} from '../../run/replenish/index.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {replenishOptions} from '../options-commands.js';
import {write} from '../print.js';
import {loadFromFlags, runFromFlags} from '../setup.js';
import {nothing} from './check.js';

/** `collapse replenish [paths|-]`: what of the reference brings back the rare words and topics that a round has lost. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('replenish', args, replenishOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('replenish'));
    return exitCodes.pass;
  }
  const {format = 'stylish'} = values;
  if (format !== 'stylish' && format !== 'json') {
    throw new UsageError(`\`--format\` must be stylish or json here, found \`${format}\`.`);
  }
  const target = share(values.target ?? '0.95');
  const budget = parseBudget(values.budget ?? '10%');
  const loaded = await loadFromFlags(values);
  const {options, done} = runFromFlags(values);
  const found = await replenish(loaded, positionals.length > 0 ? positionals : ['.'], {
    ...options,
    out: values.out,
    overwrite: values.overwrite,
    target,
    budget,
  }).finally(done);
  if (found === undefined) return nothing(positionals);
  const text =
    format === 'json'
      ? `${escapeJson(JSON.stringify(found, null, 2))}\n`
      : render(found, unitsOf(loaded.registry.rules));
  await write(process.stdout, text);
  return found.reached ? exitCodes.pass : exitCodes.findings;
}

function share(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0 && value <= 1) return value;
  throw new UsageError(`\`--target\` must be a share over 0 and up to 1, found \`${text}\`.`);
}

/** `200`, or `10%` of the round, rounded down. */
function parseBudget(text: string): (round: number) => number {
  const [, digits, sign] = /^(\d{1,9}(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(digits);
  if (sign === '%' && value > 0) return round => Math.floor((round * value) / 100);
  if (sign === '' && Number.isInteger(value) && value > 0) return () => value;
  throw new UsageError(
    `\`--budget\` must be a number of records or a percentage of the round, such as 200 or 10%, found \`${text}\`.`,
  );
}

function render(found: Replenished, unitOf: UnitOf): string {
  const {records, judgedOn, target} = found;
  const {before, after} = judgedOn;
  return `${[
    verdict(found),
    '',
    `Rare words survive, beside an honest sample of the reference (wanted: ${percent(target)})`,
    `  before  ${percent(before.share)}  (${interval(before)})`,
    `  after   ${percent(after.share)}  (${interval(after)})`,
    ...(records.added > 0 && before.interval[1] >= 1
      ? ['  An honest round of this size may come out as low as this one by chance.']
      : []),
    `  judged on ${counted(after.words, 'rare word')} that the records were not chosen by`,
    ...topics(found),
    ...(records.added > 0 ? ['', ...measures(found, unitOf)] : []),
    ...(records.added === 0
      ? []
      : [
          '',
          found.folder === null
            ? 'Nothing was written: name a folder with --out.'
            : `The records are in ${visible(found.folder)}`,
        ]),
  ].join('\n')}\n`;
}

/** Topics are shown where the round has lost one. */
function topics({topics: found}: Replenished): string[] {
  if (found === null) return [];
  const {before, after, chosenBy} = found;
  if (before.lost + before.halved === 0 && chosenBy.length === 0) return [];
  const state = ({topics: all, lost, halved, worst}: TopicState) =>
    `${lost} of ${all} lost, ${halved} more with less than half of their share` +
    (worst === null ? '' : `; ${visible(worst.words)}: ${percent(worst.share)} of it`);
  const taken = chosenBy.map(
    ({words, records, left}) => `  ${counted(records - left, 'record')} taken for ${visible(words)}`,
  );
  return ['', 'Topics of the reference', `  before  ${state(before)}`, `  after   ${state(after)}`, ...taken];
}

/** Beside a sample a share may be over 1. */
function interval({interval: [low, high]}: TailState): string {
  return `${percent(low)} to ${percent(high)}`;
}

function verdict({records, reached, chosenBy, target}: Replenished): string {
  const {added, round, budget, enough} = records;
  if (reached && added === 0)
    return 'Nothing to add: the round has the rare words and the topics that an honest sample has.';
  const what = `${counted(added, 'record')} of the reference for a round of ${count(round)}`;
  if (reached) return `${what} bring back what it has lost.`;
  const why =
    added < budget
      ? `no other record has what is missing (${count(chosenBy.left)} of the rare words that records were chosen by)`
      : `the budget of ${count(budget)} is spent, ${enough === null ? 'and as many as the round has would not do' : `${count(enough)} would`}`;
  return `${what} do not bring back what is wanted (${percent(target)} of rare words, every topic at half of its share): ${why}.`;
}

function measures({measures: all}: Replenished, unitOf: UnitOf): string[] {
  const show = (name: string, value: number | null) => (value === null ? '–' : inUnit(value, unitOf(name)));
  const rows = all
    .map(({name, before, after, reference}) => [
      name,
      show(name, before),
      show(name, after),
      show(name, reference),
    ])
    .filter(([, before, after]) => before !== after);
  const table = [['Measure that changes', 'before', 'after', 'reference'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
  return table.map(row =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2)))
      .join('')
      .trimEnd(),
  );
}
