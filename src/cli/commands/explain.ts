import type {Registry} from '../../config/registry.js';
import {suggest} from '../../config/suggest.js';
import {malformed, subjectOf} from '../../report/subject.js';
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
  if (positionals.length === 0) {
    await write(process.stdout, listAll(registry));
    return exitCodes.pass;
  }
  const display = displayFor(process.stdout, values.color);
  for (const name of positionals) {
    const found = subjectOf(name, registry.rules, registry.gates);
    if (found === undefined) {
      const known = [...registry.rules.keys(), ...registry.gates.keys(), malformed.id];
      throw new UsageError(
        `There is no rule or gate \`${name}\`.${suggest(name, known)}\n\`collapse explain\` lists all.`,
      );
    }
    await write(process.stdout, renderExplain(found, display));
  }
  return exitCodes.pass;
}

function listAll({rules, gates}: Registry): string {
  const width = Math.max(...[...rules.keys(), ...gates.keys(), malformed.id].map(id => id.length)) + 2;
  const line = (id: string, summary: string) => `  ${id.padEnd(width)}${summary}`;
  return `Rules:\n${[...rules.values()].map(({id, summary}) => line(id, summary)).join('\n')}\n\nGates:\n${[
    ...gates.values(),
  ]
    .map(({id, summary}) => line(id, summary))
    .join('\n')}\n\nWithout a rule:\n${line(malformed.id, malformed.summary)}\n`;
}
