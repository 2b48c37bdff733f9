/** Options of a plugin as they are declared: what a value must be, and what stands where none was given. */
export type Spec = Readonly<Record<string, Declared>>;

type Declared =
  | {readonly type: 'boolean'; readonly default: boolean}
  | {readonly type: 'string'; readonly default: string; readonly enum?: readonly string[]}
  | {readonly type: 'integer'; readonly default: number; readonly minimum: number; readonly maximum: number}
  | {readonly type: 'texts'; readonly default: readonly string[]};

type Value<D> = D extends {enum: readonly (infer Choice)[]}
  ? Choice
  : D extends {type: 'boolean'}
    ? boolean
    : D extends {type: 'integer'}
      ? number
      : D extends {type: 'texts'}
        ? readonly string[]
        : string;

export type Given<S extends Spec> = {readonly [Name in keyof S]: Value<S[Name]>};

/** @throws Error that names the option with its prefix, and says what it must be. */
export function readOptions<S extends Spec>(
  spec: S,
  given: Readonly<Record<string, unknown>>,
  prefix: string,
): Given<S> {
  const known = Object.keys(spec);
  for (const key of Object.keys(given)) {
    if (!known.includes(key))
      throw new Error(
        `Unknown option \`${prefix}${key}\`. There are ${known.map(name => `\`${name}\``).join(', ')}.`,
      );
  }
  const values = Object.entries(spec).map(([name, declared]) => {
    if (!Object.hasOwn(given, name)) return [name, declared.default];
    const value = declared.type === 'texts' && typeof given[name] === 'string' ? [given[name]] : given[name];
    const wanted = problem(declared, value);
    if (wanted !== undefined)
      throw new Error(`\`${prefix}${name}\` must be ${wanted}, not \`${JSON.stringify(given[name])}\`.`);
    return [name, value];
  });
  return Object.fromEntries(values);
}

function problem(declared: Declared, value: unknown): string | undefined {
  switch (declared.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'integer': {
      const {minimum, maximum} = declared;
      const fits = Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
      return fits ? undefined : `a whole number from ${minimum} to ${maximum}`;
    }
    case 'string':
      if (declared.enum !== undefined && !declared.enum.includes(value as string))
        return `one of ${declared.enum.join(', ')}`;
      return typeof value === 'string' ? undefined : 'text';
    case 'texts':
      return Array.isArray(value) && value.every(item => typeof item === 'string')
        ? undefined
        : 'a list of texts';
  }
}
