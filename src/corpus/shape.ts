import type {FieldMap} from '../config/config.js';
import {visible} from './errors.js';
import {type Fields, kindOf} from './jsonl.js';
import {mappedBody, mappedName, nameOf} from './mapped.js';
import {type Body, bodyKeys, recognised, type Shape, shapesFor} from './recognise.js';

/** What a row says about itself; see `CorpusRecord` for what each part means. */
export interface Parts extends Body {
  source?: string;
  generator?: string;
  id?: string;
}

export type Shaped = Parts | {readonly reason: string};

/** Names under which a row tells these, the best first. */
export const names = {
  id: ['id', '_id', 'uid', 'uuid', 'record_id', 'query_id', 'prompt_id'],
  source: ['source', 'dataset', 'origin'],
  generator: ['generator', 'model', 'model_name'],
} as const;

/**
 * Compiles a field mapping into a function that finds the parts of a row, or says in one sentence why it has
 * no text. A text of nothing but white space is no text. Throws PathError for a malformed path.
 *
 * A role that is mapped is looked for at its paths only. Text, prompt, response, chosen and rejected take all
 * values that they lead to, joined by a blank line; id, source and generator take the first. Roles that are
 * not mapped are recognised in each row by itself, so the same row always gives the same parts: see
 * `shapesFor`. Where text is not mapped, the other mapped parts make it.
 */
export function compileShape(map: FieldMap): (row: Fields) => Shaped {
  const planFor = planner();
  const mapped = mappedBody(map);
  const id = mappedName(map.id);
  const source = mappedName(map.source);
  const generator = mappedName(map.generator);
  // The hot path: properties are set by name, and one closure is made only where fields are mapped.
  return row => {
    const plan = planFor(row);
    const parts: Parts | undefined = mapped
      ? mapped(row, () => recognised(row, plan.shapes))
      : recognised(row, plan.shapes);
    if (parts === undefined) return {reason: whyNoText(row, map)};
    const ownId = id ? id(row) : named(row, plan.id);
    const ownSource = source ? source(row) : named(row, plan.source);
    const ownGenerator = generator ? generator(row) : named(row, plan.generator);
    if (ownId !== undefined) parts.id = ownId;
    if (ownSource !== undefined) parts.source = ownSource;
    if (ownGenerator !== undefined) parts.generator = ownGenerator;
    return parts;
  };
}

/** How rows with one set of keys are read. */
interface Plan {
  readonly keys: readonly string[];
  readonly shapes: readonly Shape[];
  readonly id: readonly string[];
  readonly source: readonly string[];
  readonly generator: readonly string[];
}

const plansKept = 256;
const keysKept = 64;

/** Rows of one file mostly have the same keys in the same order: the last plan is tried first. */
function planner(): (row: Fields) => Plan {
  const plans = new Map<string, Plan>();
  let last: Plan | undefined;
  return row => {
    if (last && sameKeys(row, last.keys)) return last;
    const keys = Object.keys(row);
    const name = keys.length > keysKept ? '' : keys.join('\n');
    last = plans.get(name);
    // Keys may hold line breaks themselves, so equal names need not be equal keys.
    if (last && sameKeys(row, last.keys)) return last;
    const present = new Set(keys);
    const here = (known: readonly string[]) => known.filter(key => present.has(key));
    const [id, source, generator] = [here(names.id), here(names.source), here(names.generator)];
    last = {keys, shapes: shapesFor(present), id, source, generator};
    if (plans.size < plansKept && keys.length <= keysKept) plans.set(name, last);
    return last;
  };
}

function sameKeys(row: Fields, keys: readonly string[]): boolean {
  let at = 0;
  for (const key in row) if (key !== keys[at++]) return false;
  return at === keys.length;
}

function named(row: Fields, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const found = nameOf(row[key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function whyNoText(row: Fields, map: FieldMap): string {
  const advice = 'set `fields.text` in .collapserc or use --field text=PATH';
  const keys = Object.keys(row);
  if (keys.length === 0) return `No text found, the object has no fields; ${advice}`;
  const shown = keys.slice(0, 8).map(key => `\`${visible(key)}\``);
  const more = keys.length > 8 ? ` and ${keys.length - 8} more` : '';
  const paths = [map.text, map.messages, map.prompt, map.response, map.chosen, map.rejected]
    .flatMap(mapped => mapped ?? [])
    .map(path => `\`${path}\``);
  const at = paths.length > 0 ? ` at ${paths.join(', ')}` : '';
  const held = keys.filter(key => paths.length === 0 && bodyKeys.has(key)).slice(0, 3);
  const kinds = held.map(key => `\`${key}\` is ${kindOf(row[key])}`).join(', ');
  return `No text found${at} among ${shown.join(', ')}${more}${kinds && ` (${kinds})`}; ${advice}`;
}
