import type {Gate, OptionSchema} from '../api.js';
import {type Problem, quote} from './error.js';
import type {Source} from './source.js';

/**
 * `--gate ID=on|off` and `--gate ID.option=value` as one more config on top of the others, so that gates and
 * options are checked, and named when they are wrong, like those of a file.
 */
export function gateSource(
  settings: readonly string[],
  gates: ReadonlyMap<string, Gate>,
  cwd: string,
): {source?: Source; problems: Problem[]} {
  const problems: Problem[] = [];
  const switches = new Map<string, string>();
  const options = new Map<string, Record<string, unknown>>();
  for (const text of settings) {
    const [, id, option, value] = /^([^=.]+)(?:\.([^=]*))?=(.*)$/s.exec(text) ?? [];
    if (id === undefined || value === undefined || option === '') {
      const message = `${quote(`--gate ${text}`)}: write it as \`--gate id=on\`, \`--gate id=off\` or \`--gate id.option=value\`.`;
      problems.push({message});
    } else if (option === undefined) switches.set(id, value);
    else options.set(id, {...options.get(id), [option]: typed(value, gates.get(id)?.options[option])});
  }
  for (const id of options.keys()) {
    if (switches.get(id) !== 'off') continue;
    problems.push({
      message: `${quote(`--gate ${id}=off`)}: options of it are set too. Leave out one of them.`,
    });
  }
  const entries = [...new Set([...switches.keys(), ...options.keys()])].map(id => {
    const state = switches.get(id);
    // A word that is neither `on` nor `off` must reach the check.
    const entry = state === undefined || state === 'on' ? (options.get(id) ?? state) : state;
    return [id, entry] as const;
  });
  const source = {name: '--gate', dir: cwd, value: {gates: Object.fromEntries(entries)}};
  return entries.length > 0 ? {source, problems} : {problems};
}

/** A value as its option wants it; what does not fit stays text, and the check says what is wanted. */
function typed(value: string, schema: OptionSchema | undefined): unknown {
  switch (schema?.type) {
    case 'number':
    case 'integer':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
    case 'boolean':
      return value === 'true' || value === 'false' ? value === 'true' : value;
    case 'array':
      return value === '' ? [] : value.split(',');
    default:
      return value;
  }
}
