import {type ProfileInfo, profileInfo} from '../../profile/container/index.js';
import {loadFormat} from '../../report/index.js';
import {count, counted, percent} from '../../report/numbers.js';
import {escapeJson, visible} from '../../report/sanitize.js';
import {buildProfile, compact} from '../../run/build-profile.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {profileOptions} from '../options-commands.js';
import {displayFor, write} from '../print.js';
import {loadFromFlags, runFromFlags} from '../setup.js';

/** `collapse profile <paths> --out FILE`: build or extend a reference profile; `--info`, `--compact`. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('profile', args, profileOptions);
  if (values.help) {
    await write(process.stdout, renderHelp('profile'));
    return exitCodes.pass;
  }
  if (values.info !== undefined) {
    const info = profileInfo(values.info);
    await write(
      process.stdout,
      values.format === 'json' ? `${escapeJson(JSON.stringify(info, null, 2))}\n` : renderInfo(info),
    );
    return exitCodes.pass;
  }
  const loaded = await loadFromFlags(values);
  if (values.compact !== undefined) {
    const {merged, kept} = await compact(loaded, values.compact);
    const rest = kept.length > 0 ? `; kept in parts: ${kept.join(', ')}` : '';
    process.stderr.write(
      `Merged ${merged.length > 0 ? merged.join(', ') : 'nothing: there is one segment'}${rest}\n`,
    );
    return exitCodes.pass;
  }
  if (values.out === undefined || positionals.length === 0) {
    throw new UsageError(
      '`collapse profile` needs paths to read and `--out FILE` to write, or `--info FILE`.',
    );
  }
  const render = await loadFormat(values.format ?? 'stylish');
  const {options, done} = runFromFlags(values);
  const {report, extended} = await buildProfile(loaded, positionals, values.out, options).finally(done);
  const {rules, gates} = loaded.registry;
  const display = {...displayFor(process.stdout, values.color), rules, gates, reading: true};
  await write(process.stdout, render(report, display));
  if (!values.quiet) {
    const {records, malformed} = report.totals;
    process.stderr.write(
      `${extended ? 'Extended' : 'Wrote'} ${visible(values.out)}: ${counted(records - malformed, 'record')}${extended ? ' more' : ''}\n`,
    );
  }
  // A profile is built of what could be read: lines that could not are worth an answer of 1, as in a check.
  return report.verdict === 'pass' ? exitCodes.pass : exitCodes.findings;
}

function renderInfo(info: ProfileInfo): string {
  const lines = [
    `${visible(info.path)}: ${counted(info.records, 'record')}, ${size(info.bytes)}`,
    ...(info.bytesPerRecord === null
      ? []
      : [`${counted(Math.round(info.bytesPerRecord), 'byte')} per record`]),
    '',
    'Parameters',
    ...Object.entries(info.params).map(
      ([name, value]) => `  ${visible(name).padEnd(14)}${visible(String(value))}`,
    ),
    '',
    'Sections',
    ...info.sections.map(
      ({name, version, bytes}) =>
        `  ${visible(name).padEnd(26)}v${version}  ${size(bytes).padStart(9)}  ${percent(bytes / info.bytes).padStart(7)}`,
    ),
    '',
    `Segments: ${info.segments.length}`,
    ...info.segments.flatMap((segment, index) => [
      `  ${index + 1}: ${counted(segment.records, 'record')}`,
      ...segment.sources.slice(0, 20).map(({path, records}) => `     ${visible(path)} (${count(records)})`),
      ...(segment.sources.length > 20
        ? [`     … and ${counted(segment.sources.length - 20, 'more file')}`]
        : []),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
