import {compileEach, compilePath} from '../../src/api.js';

/** A judge of one record: its name where it has one, and its verdicts, undefined for what is none. */
export interface Judge {
  readonly name: string | undefined;
  readonly verdicts: readonly (boolean | undefined)[];
}

export const verdictOptions = {
  verdicts: {
    type: 'array',
    items: {type: 'string'},
    default: ['verdict', 'rubrics[*].pass', 'rubric_results'],
    description:
      'Field paths of the verdicts of one judge: one verdict, or one for each rubric; all that are there count.',
  },
  judges: {
    type: 'string',
    default: 'judges[*]',
    description: 'Field path of several judges, each with verdicts at `verdicts` and a name at `name`.',
  },
  name: {
    type: 'array',
    items: {type: 'string'},
    default: ['judge', 'judge_model', 'model'],
    description:
      'Field paths of a judge’s name, in its own object or, without `judges`, in the row: then `model` is the generator and not looked at.',
  },
} as const;

const yes = new Set(['pass', 'passed', 'yes', 'true', 'accept', 'accepted', 'correct', 'right', '1']);
const no = new Set(['fail', 'failed', 'no', 'false', 'reject', 'rejected', 'incorrect', 'wrong', '0']);

/** True, false, or undefined for what is no verdict: nothing is guessed. */
export function verdictOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : undefined;
}

export interface VerdictOptions {
  readonly verdicts: readonly string[];
  readonly judges: string;
  readonly name: readonly string[];
}

/** The judges of a row: those of a list, else the one whose verdicts stand in the row itself. */
export function createVerdictReader(
  options: VerdictOptions,
): (fields: Readonly<Record<string, unknown>>) => Judge[] {
  const verdicts = options.verdicts.map(compileEach);
  const judges = compilePath(options.judges);
  const names = options.name.map(path => ({path, read: compilePath(path)}));
  const judgeOf = (object: Readonly<Record<string, unknown>>, own: boolean): Judge => {
    const name = names
      .filter(({path}) => own || path !== 'model')
      .map(({read}) => read(object)[0])
      .find(value => typeof value === 'string');
    return {
      name: name as string | undefined,
      verdicts: verdicts
        .map(path => path(object))
        // Rubrics may stand there without verdicts; where one has a verdict, all must.
        .filter(found => found.some(value => value !== undefined))
        .flat(2)
        .map(verdictOf),
    };
  };
  return fields => {
    const several = judges(fields);
    const isObject = (value: unknown) => typeof value === 'object' && value !== null;
    // Names alone are no judges; what stands beside a judge and is none has given no verdict.
    if (!several.some(isObject)) return [judgeOf(fields, false)];
    return several.map(value => judgeOf(isObject(value) ? (value as Record<string, unknown>) : {}, true));
  };
}
