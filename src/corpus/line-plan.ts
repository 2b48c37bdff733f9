import {plainShape} from './recognise.js';
import {names} from './shape.js';

/** How lines with one list of keys are read where they stand: fields by their position in the line. */
export interface LinePlan {
  readonly names: ReadonlySet<string>;
  readonly places: ReadonlyMap<string, number>;
  /** Strings that make the text: see `PlainShape`. Undefined: such lines are parsed whole. */
  readonly prompt: readonly number[];
  readonly last: number | undefined;
  readonly id: readonly number[];
  readonly source: readonly number[];
  readonly generator: readonly number[];
}

const plansKept = 256;

/** Plans by the keys of a line, in their order. Keys hold no line break: escapes are left to JSON.parse. */
export function linePlanner(): (keys: readonly string[]) => LinePlan {
  const plans = new Map<string, LinePlan>();
  return keys => {
    const name = keys.join('\n');
    let plan = plans.get(name);
    if (plan === undefined) {
      plan = planFor(keys);
      if (plans.size < plansKept) plans.set(name, plan);
    }
    return plan;
  };
}

function planFor(keys: readonly string[]): LinePlan {
  const present = new Set(keys);
  const places = (wanted: readonly string[]) =>
    wanted.filter(key => present.has(key)).map(key => keys.indexOf(key));
  // Of a key that stands twice the last value counts: not worth knowing here.
  const shape = present.size === keys.length ? plainShape(present) : undefined;
  return {
    names: present,
    places: new Map(keys.map((key, field) => [key, field])),
    prompt: places(shape?.prompt ?? []),
    last: shape && keys.indexOf(shape.last),
    id: places(names.id),
    source: places(names.source),
    generator: places(names.generator),
  };
}
