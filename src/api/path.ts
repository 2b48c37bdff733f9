/** A field path that cannot be read; `position` counts characters from 0. */
export class PathError extends Error {
  override readonly name = 'PathError';

  constructor(
    readonly path: string,
    readonly position: number,
    problem: string,
  ) {
    super(
      `Field path \`${path}\`: ${problem} at column ${position + 1}. ` +
        'Write it like `meta.id`, `samples[0].text`, `messages[*].content` or `["a.b"]`.',
    );
  }
}

/** A key, a position in a list (from its end when negative), or every element of a list. */
type Step = string | number | typeof every;
const every = Symbol('every');

const keyPattern = /[^.[\]"*]+/y;
const bracketPattern = /\[(?:(\*)|(-?\d{1,9})|("(?:[^"\\]|\\.)*"))\]/y;

/**
 * Compiles a field path into a function that gives the values it leads to, in order, none when the row has
 * no such field. Own properties only: `constructor` or `__proto__` lead nowhere unless the row has them.
 * Throws PathError when the path is malformed.
 */
export function compilePath(path: string): (fields: Readonly<Record<string, unknown>>) => unknown[] {
  const steps = parsePath(path);
  return fields => {
    let values: unknown[] = [fields];
    for (const step of steps) values = follow(values, step);
    return values;
  };
}

/**
 * As `compilePath`, but an element of a list, `[*]`, that does not lead further gives `undefined`: where values
 * are counted, one that is missing must not go unseen.
 */
export function compileEach(path: string): (fields: Readonly<Record<string, unknown>>) => unknown[] {
  const steps = parsePath(path);
  return steps.includes(every) ? fields => each(fields, steps, []) : compilePath(path);
}

function each(value: unknown, steps: readonly Step[], none: unknown[]): unknown[] {
  const at = steps.indexOf(every);
  const found = (at < 0 ? steps : steps.slice(0, at + 1)).reduce(follow, [value]);
  if (found.length === 0) return none;
  return at < 0 ? found : found.flatMap(element => each(element, steps.slice(at + 1), [undefined]));
}

/** The values that a path leads to. Compile the path where it is used more than once. */
export function getPath(fields: Readonly<Record<string, unknown>>, path: string): unknown[] {
  return compilePath(path)(fields);
}

function parsePath(path: string): Step[] {
  const steps: Step[] = [];
  let at = 0;
  do {
    bracketPattern.lastIndex = at;
    const bracket = bracketPattern.exec(path);
    if (bracket) {
      steps.push(bracketStep(bracket, path, at));
      at = bracketPattern.lastIndex;
      continue;
    }
    if (path[at] === '[') throw new PathError(path, at, 'expected `[0]`, `[*]` or `["key"]`');
    if (steps.length > 0) {
      if (path[at] !== '.') throw new PathError(path, at, 'expected `.` or `[`');
      at++;
    }
    keyPattern.lastIndex = at;
    const key = keyPattern.exec(path);
    if (!key) throw new PathError(path, at, 'expected a key');
    steps.push(key[0]);
    at = keyPattern.lastIndex;
  } while (at < path.length);
  return steps;
}

function bracketStep([, star, index, key]: RegExpExecArray, path: string, at: number): Step {
  if (star !== undefined) return every;
  if (index !== undefined) return Number(index);
  try {
    return JSON.parse(key!) as string;
  } catch {
    throw new PathError(path, at + 1, 'expected a JSON string');
  }
}

function follow(values: unknown[], step: Step): unknown[] {
  const found: unknown[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    if (typeof step === 'string') {
      if (!Array.isArray(value) && Object.hasOwn(value, step)) {
        found.push((value as Record<string, unknown>)[step]);
      }
    } else if (Array.isArray(value)) {
      if (step === every) for (const element of value) found.push(element);
      else if (step < value.length && -step <= value.length) found.push(value.at(step));
    }
  }
  return found.includes(undefined) ? found.filter(value => value !== undefined) : found;
}
