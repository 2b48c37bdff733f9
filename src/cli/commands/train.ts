import {count, counted, percent} from '../../report/numbers.js';
import {escapeJson, visible} from '../../report/sanitize.js';
import {table} from '../../report/width.js';
import {
  type Difference,
  type Figures,
  type SetReport,
  type TrainReport,
  train,
} from '../../run/train/index.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {trainOptions} from '../options-commands.js';
import {write} from '../print.js';
import {loadFromFlags, runFromFlags} from '../setup.js';

/** `collapse train`: a detector for the generator whose samples one has. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('train', args, trainOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('train'));
    return exitCodes.pass;
  }
  const {human = [], machine = [], format = 'stylish', quiet = false} = values;
  if (positionals.length > 0 || human.length === 0 || machine.length === 0) {
    throw new UsageError(
      `${positionals.length > 0 ? `Is \`${positionals[0]}\` human or machine text?` : 'Two sets are needed.'} ` +
        'Usage: collapse train --human PATH --machine PATH [--out FILE]',
    );
  }
  if (format !== 'stylish' && format !== 'json') {
    throw new UsageError(`\`--format\` must be stylish or json here, found \`${format}\`.`);
  }
  const {machine: _, ...config} = values;
  const loaded = await loadFromFlags(config);
  const {options, done} = runFromFlags(values);
  const onStep =
    quiet || !process.stderr.isTTY ? undefined : (step: string) => process.stderr.write(`${step} …\n`);
  const report = await train(loaded, {
    cwd: options.cwd,
    signal: options.signal,
    human,
    machine,
    out: values.out,
    overwrite: values.overwrite,
    force: values.force,
    kind: values.kind,
    onStep,
  }).finally(done);
  await write(
    process.stdout,
    format === 'json' ? `${escapeJson(JSON.stringify(report, null, 2))}\n` : render(report),
  );
  return report.trained === null ? exitCodes.findings : exitCodes.pass;
}

function render(report: TrainReport): string {
  const {human, machine, differences, trained} = report;
  const lines = [setLine('Human  ', human), setLine('Machine', machine)];
  if (differences.length > 0) {
    lines.push(
      '',
      trained === null
        ? 'Nothing was trained: the sets can be told apart without any style, and a detector would learn that.'
        : 'Trained although the sets can be told apart without any style (--force): the figures below may show no more than that.',
      ...differences.flatMap(differenceLines),
    );
  }
  if (trained === null) {
    lines.push('', 'Mend the sets, or train all the same with --force, which the file will say of itself.');
    return `${lines.join('\n')}\n`;
  }
  const {leftOut, figures, bundled, flagged, file, bytes} = trained;
  const what =
    leftOut === 'kinds'
      ? 'kinds of text that were left out of training'
      : 'records that were left out of training';
  lines.push(
    '',
    `On ${what} (95 % intervals)`,
    ...figureTable(figures),
    '',
    'The detector of the package on the same records',
    ...figureTable(bundled.slice(0, 1)),
    '',
    `Of human records left out ${percent(flagged.count / Math.max(1, flagged.total))} (${count(flagged.count)} of ${count(flagged.total)}) are flagged at \`fpr: 0.01\`.`,
    leftOut === 'records'
      ? 'All are of these two sets: on other kinds of text it will do worse. Name the field that tells kinds apart with --kind, and kinds are left out.'
      : 'On other generators it will do worse.',
    '',
    `Written to ${visible(file)} (${count(Math.round(bytes / 1000))} kB). To use it:`,
    '',
    'rules:',
    `  synthetic/style: [warn, {weights: ${asYaml(file)}}]`,
  );
  return `${lines.join('\n')}\n`;
}

function asYaml(file: string): string {
  const shown = visible(file);
  return /^[\w./-]+$/.test(shown) ? shown : JSON.stringify(shown);
}

function setLine(name: string, {records, repeated, malformed, shared, used, abstained}: SetReport): string {
  const left = records - repeated - shared - used;
  const parts = [
    repeated > 0 ? `${counted(repeated, 'repeat')}` : '',
    malformed > 0 ? `${count(malformed)} malformed` : '',
    shared > 0 ? `${count(shared)} in both sets` : '',
    left > 0 ? `${count(left)} more than are needed` : '',
    abstained > 0 ? `abstains on ${count(abstained)}` : '',
  ].filter(part => part !== '');
  return `${name}  ${count(used)} of ${counted(records, 'record')}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}

function differenceLines({what, alone, advice}: Difference): string[] {
  const achieves = alone
    ? `  Alone it reaches an AUROC of ${alone.area.toFixed(2)}, and finds ${percent(alone.rate)} at 1 % false positives.`
    : undefined;
  return ['', `- ${visible(what)}.`, ...(achieves ? [achieves] : []), `  ${advice}.`];
}

function figureTable(figures: readonly Figures[]): string[] {
  const share = ([low, high]: readonly [number, number]) => `${percent(low)} to ${percent(high)}`;
  const rows = figures.map(({words, human, machine, area, areaInterval, rate, rateInterval}) => [
    words,
    count(human),
    count(machine),
    area.toFixed(3),
    areaInterval.map(end => end.toFixed(3)).join(' to '),
    rate === null ? '' : percent(rate),
    rateInterval === null ? 'too few human records' : share(rateInterval),
  ]);
  const titles = ['words', 'human', 'machine', 'AUROC', '', 'found at 1 %', ''];
  return table([titles, ...rows], ['left', 'right', 'right', 'right', 'left', 'right', 'left']).map(row =>
    `  ${row.join('  ')}`.trimEnd(),
  );
}
