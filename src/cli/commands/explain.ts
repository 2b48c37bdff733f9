import {existsSync, readFileSync} from 'node:fs';
import type {Registry} from '../../config/registry.js';
import {suggest} from '../../config/suggest.js';
import {visible} from '../../report/sanitize.js';
import {malformed, subjectOf} from '../../report/subject.js';
import {wrap} from '../../report/width.js';
import {parse} from '../args.js';
import {exitCodes, UsageError} from '../exit.js';
import {renderHelp} from '../help.js';
import {configOptions, displayOptions} from '../options.js';
import {displayFor, write} from '../print.js';
import {loadFromFlags} from '../setup.js';
import {renderExplain} from '../terminal/explain.js';

/** `collapse explain <rule|gate>`: its documentation, in the terminal. */
export async function run(args: string[]): Promise<number> {
  const {values, positionals} = parse('explain', args, {...configOptions, ...displayOptions});
  if (values.help) {
    await write(process.stdout, renderHelp('explain'));
    return exitCodes.pass;
  }
  const {registry} = await loadFromFlags(values);
  const display = displayFor(process.stdout, values.color);
  if (positionals.length === 0) {
    await write(process.stdout, listAll(registry, Math.max(60, Math.min(display.width, 110))));
    return exitCodes.pass;
  }
  for (const name of positionals) {
    const found = subjectOf(name, registry.rules, registry.gates);
    const page = found === undefined ? presetPage(name, registry) : undefined;
    if (page !== undefined) {
      await write(process.stdout, page);
      continue;
    }
    if (found === undefined) {
      const known = [
        ...registry.rules.keys(),
        ...registry.gates.keys(),
        malformed.id,
        ...registry.presets.keys(),
      ];
      throw new UsageError(
        `There is no rule, gate or preset \`${name}\`.${suggest(name, known)}\n\`collapse explain\` lists all.`,
      );
    }
    await write(process.stdout, renderExplain(found, display));
  }
  return exitCodes.pass;
}

/** The page of a preset of a published system, as it stands in the package. */
function presetPage(name: string, {presets}: Registry): string | undefined {
  const known = presets.has(name) ? name : `collapse:${name}`;
  if (!presets.has(known) || !/^collapse:[a-z0-9-]+$/.test(known)) return undefined;
  const file = `docs/presets/${known.slice('collapse:'.length)}.md`;
  // Where this runs: bundled, compiled, or from its source.
  for (const up of ['../../../', '../../../../']) {
    const url = new URL(up + file, import.meta.url);
    if (existsSync(url)) return readFileSync(url, 'utf8');
  }
  return `\`${known}\` is a preset. \`collapse config --config ${known}\` shows what it sets.\n`;
}

function listAll({rules, gates, presets}: Registry, columns: number): string {
  const groups: [string, readonly {readonly id: string; readonly summary: string}[]][] = [
    ['Rules', [...rules.values()]],
    ['Gates', [...gates.values()]],
    ['Without a rule', [malformed]],
  ];
  const width = Math.max(...groups.flatMap(([, all]) => all.map(({id}) => id.length))) + 4;
  const lines = ({id, summary}: {readonly id: string; readonly summary: string}) =>
    `  ${id}`.padEnd(width) + wrap(visible(summary), columns - width).join(`\n${' '.repeat(width)}`);
  const listed = groups.map(([title, all]) => `${title}:\n${all.map(lines).join('\n')}`);
  const named = wrap([...presets.keys()].join(', '), columns - 2).join('\n  ');
  return `${[...listed, `Presets:\n  ${named}`].join('\n\n')}\n`;
}
