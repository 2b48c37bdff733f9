import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {resolve} from 'node:path';
import type {Ajv, ErrorObject, Options, ValidateFunction} from 'ajv';
import type {RecordContext, SchemaProblem} from '../api.js';

// Loaded when a rule asks for it: no thread pays for it otherwise.
const require = createRequire(import.meta.url);

/** Formats that ajv leaves to another package; those that are not here are not checked. */
const formats = {
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  'date-time':
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/,
  uri: /^[a-z][a-z0-9+.-]*:[^\s]+$/i,
};

/** What `schema` of a rule's context does, with files named from `root`. */
export function schemaCompiler(root: string): RecordContext['schema'] {
  return schema => {
    const [given, name] =
      typeof schema === 'string' ? [readJson(schema, root), `\`${schema}\``] : [schema, 'the schema'];
    if (typeof given !== 'object' || given === null) throw new Error(`${name} must hold an object`);
    let validate: ValidateFunction;
    try {
      validate = ajvFor(given).compile(given);
    } catch (error) {
      throw new Error(`${name} is no JSON Schema that can be used: ${(error as Error).message}`);
    }
    return value => (validate(value) ? [] : (validate.errors ?? []).map(problemOf));
  };
}

/** What a JSON file holds that a config names from its folder. @throws Error that says what to do. */
export function readJson(file: string, root: string): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(root, file), 'utf8');
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT'
        ? `There is no \`${file}\` in \`${root}\`. Name a file from the folder of the config.`
        : `\`${file}\` cannot be read: ${message}`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`\`${file}\` is not JSON: ${(error as Error).message}`);
  }
}

/** Draft-07 where the schema says so, else 2020-12. */
function ajvFor(schema: object): Ajv {
  const {$schema} = schema as {$schema?: unknown};
  const old = typeof $schema === 'string' && $schema.includes('draft-07');
  const module = require(old ? 'ajv' : 'ajv/dist/2020.js') as {default: new (options: Options) => Ajv};
  return new module.default({allErrors: true, verbose: true, strict: false, logger: false, formats});
}

function problemOf(error: ErrorObject): SchemaProblem {
  const {instancePath: at, keyword, params, message = 'does not fit', parentSchema} = error;
  const shown = (value: unknown) => `\`${String(value)}\``;
  switch (keyword) {
    case 'enum':
      return {at, message: `must be one of ${(params.allowedValues as unknown[]).map(shown).join(', ')}`};
    case 'additionalProperties':
      return {at, message: `must not have ${shown(params.additionalProperty)}`};
    case 'required':
      return {at, message: `must have ${shown(params.missingProperty)}`};
    case 'pattern': {
      // What a pattern is for says more than the pattern.
      const description: unknown = parentSchema?.description;
      return {
        at,
        message: typeof description === 'string' ? `is not what it should be: ${description}` : message,
      };
    }
    default:
      return {at, message};
  }
}
