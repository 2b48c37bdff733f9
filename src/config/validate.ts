import type {ErrorObject} from 'ajv';
import type {Problem} from './error.js';
import {explain} from './explain.js';
import type {Registry} from './registry.js';
import {relevantSchema} from './relevant.js';
import {configSchema} from './schema.js';
import {type KeyPath, problem, type Source} from './source.js';

/** An error of the schema check; where alternatives failed, with what each of them wanted. */
export interface SchemaError extends ErrorObject {
  readonly wanted?: readonly ErrorObject[];
}

/** Per file. Nobody reads more, and to find the place of each takes time. */
const maxProblems = 1000;

/** What the schema finds wrong with each of the sources, all at once. */
export async function validateSources(sources: readonly Source[], registry: Registry): Promise<Problem[][]> {
  const {Ajv2020} = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTuples: false,
    // Our own schema: a test holds it against its meta-schema, which takes long to compile.
    meta: false,
    validateSchema: false,
    code: {optimize: false},
  });
  ajv.addVocabulary(['known']);
  const {$schema: _, ...schema} = configSchema(registry);
  const values = sources.map(({value}) => value);
  const validate = ajv.compile(relevantSchema(schema, values));
  return sources.map(source => {
    if (validate(source.value)) return [];
    const errors = pickBranches(validate.errors ?? []).slice(0, maxProblems);
    return errors.map(error => {
      const {path, at, message} = explain(error, keyPath(error.instancePath), registry);
      return problem(source, path, at, message);
    });
  });
}

function keyPath(pointer: string): KeyPath {
  const steps = pointer.split('/').slice(1);
  return steps.map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * A value that fails `anyOf` fails every branch, and most of these errors are noise. Where the value has
 * the kind that one branch wants, only what is wrong inside that branch is kept; where it has none of the
 * kinds, one error says which there are. Errors of branches come right before that of their `anyOf`.
 */
function pickBranches(errors: readonly ErrorObject[]): SchemaError[] {
  const kept: SchemaError[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf') {
      kept.push(error);
      continue;
    }
    let first = kept.length;
    while (first > 0 && isInside(kept[first - 1]!, error)) first -= 1;
    const inside = kept.splice(first);
    const branchOf = (child: ErrorObject) =>
      child.schemaPath.slice(error.schemaPath.length + 1).split('/', 1)[0];
    const unfit = inside.filter(child => hasWrongKind(child, error.instancePath));
    const unfitBranches = new Set(unfit.map(branchOf));
    const fitting = inside.filter(child => !unfitBranches.has(branchOf(child)));
    if (new Set(fitting.map(branchOf)).size === 1) kept.push(...fitting);
    else kept.push({...error, wanted: unfit.length > 0 ? unfit : inside});
  }
  return kept;
}

function isInside(child: ErrorObject, parent: ErrorObject): boolean {
  return (
    child.schemaPath.startsWith(`${parent.schemaPath}/`) && child.instancePath.startsWith(parent.instancePath)
  );
}

function hasWrongKind({instancePath, keyword}: ErrorObject, at: string): boolean {
  return instancePath === at && (keyword === 'type' || keyword === 'enum');
}
