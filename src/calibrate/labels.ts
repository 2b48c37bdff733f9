import {compilePath} from '../api.js';
import type {Loaded} from '../config/load.js';
import {RunError} from '../run/error.js';
import {openInputs} from '../run/inputs.js';
import {eachRecord} from '../run/replenish/records.js';

/** Which records people call bad, by hash; those without a label are not in it. */
export type Labels = ReadonlyMap<string, boolean>;

/** `FIELD`, true or 1 where a record is bad, or `FIELD=VALUE`. */
export function parseLabel(text: string): {readonly field: string; readonly bad: string | undefined} {
  const at = text.indexOf('=');
  return at < 0 ? {field: text, bad: undefined} : {field: text.slice(0, at), bad: text.slice(at + 1)};
}

/** @throws RunError for a value of which nobody said whether it is bad. */
export async function readLabels(
  {config}: Loaded,
  paths: readonly string[],
  label: string,
  {cwd, signal}: {readonly cwd: string; readonly signal?: AbortSignal | undefined},
): Promise<Labels> {
  const {field, bad} = parseLabel(label);
  const path = compilePath(field);
  const labels = new Map<string, boolean>();
  const opened = await openInputs(paths, {...config, cwd, signal});
  try {
    await eachRecord(opened.inputs, config.fields, signal, record => {
      const [value] = path(record.fields);
      if (value === undefined || value === null) return;
      labels.set(record.hash, isBad(value, bad, field));
    });
  } finally {
    opened.close();
  }
  return labels;
}

function isBad(value: unknown, bad: string | undefined, field: string): boolean {
  if (bad !== undefined) return String(value) === bad;
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw new RunError(
    `\`${field}\` is ${JSON.stringify(value).slice(0, 40)}: say which value is the bad one, as \`--label ${field}=VALUE\`.`,
  );
}
