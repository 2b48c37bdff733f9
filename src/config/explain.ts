import type {ErrorObject} from 'ajv';
import {alternatives, quote} from './error.js';
import {isMapping} from './file.js';
import type {Registry} from './registry.js';
import type {KeyPath} from './source.js';
import {suggest} from './suggest.js';
import type {SchemaError} from './validate.js';

interface Explanation {
  /** The key path that the message is about. */
  readonly path: KeyPath;
  readonly at: 'key' | 'value';
  readonly message: string;
}

/** A schema error in the words of the person who wrote the config. */
export function explain(error: SchemaError, path: KeyPath, registry: Registry): Explanation {
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty);
    const {known} = error.parentSchema as {known: readonly string[]};
    return {path: [...path, name], at: 'key', message: unknown(name, path, known, registry)};
  }
  if (error.keyword === 'required') {
    const message = `${subject(path)} has no ${quote(error.params.missingProperty)}. Add it.`;
    return {path, at: 'value', message};
  }
  if (error.wanted?.some(({keyword}) => keyword === 'required')) {
    const either = path[0] === 'waivers' ? '`files` or `records`' : '`files` or `where`';
    const message = `${subject(path)} must have ${either}. What holds for all records stands in \`rules\`.`;
    return {path, at: 'value', message};
  }
  const {limit, hint = ''} = violated(error);
  return {path, at: 'value', message: `${subject(path)} must ${limit}, found ${shown(error.data)}.${hint}`};
}

function unknown(name: string, path: KeyPath, known: readonly string[], {rules, gates}: Registry): string {
  const [section, id, , option] = local(path);
  const hint = suggest(name, known);
  if (section === 'rules' && id === undefined) {
    if (gates.has(name)) return `${quote(name)} is a gate. Put it under \`gates\`.`;
    return `Unknown rule ${quote(name)}.${hint || pluginHint(name, known)}`;
  }
  if (section === 'gates' && id === undefined) {
    if (rules.has(name)) return `${quote(name)} is a rule. Put it under \`rules\`.`;
    return `Unknown gate ${quote(name)}.${hint || pluginHint(name, known)}`;
  }
  if (id !== undefined && option === undefined && (section === 'rules' || section === 'gates')) {
    const none = known.length === 0 ? ' It has no options.' : '';
    return `Unknown option ${quote(name)} of ${id}.${hint || none}`;
  }
  if (section === 'fields')
    return `Unknown field role ${quote(name)}.${hint || ` Known are ${alternatives(known)}.`}`;
  return `Unknown key ${quote(name)}${path.length > 0 ? ` in ${quote(dotted(path))}` : ''}.${hint}`;
}

/** An id of a family that nothing brings most often belongs to a plugin that the config does not name. */
function pluginHint(name: string, known: readonly string[]): string {
  const family = /^([a-z0-9-]+)\//.exec(name)?.[1];
  if (family === undefined || known.some(id => id.startsWith(`${family}/`))) return '';
  return ` If a plugin brings it, name the plugin under \`plugins\`.`;
}

/** Override rules read like those of `rules`. */
function local(path: KeyPath): readonly (string | undefined)[] {
  const steps = path.map(String);
  return steps[0] === 'overrides' && steps[2] === 'rules' ? steps.slice(2) : steps;
}

function subject(path: KeyPath): string {
  const [section, id, third, fourth, ...rest] = local(path);
  if (section === 'rules' && id !== undefined) {
    if (third === undefined || (third === '0' && fourth === undefined)) return `Level of ${id}`;
    if (third === '1')
      return fourth === undefined
        ? `The options of ${id}`
        : `Option ${quote(dotted([fourth, ...rest]))} of ${id}`;
  }
  if (section === 'gates' && id !== undefined) {
    return third === undefined ? `Gate ${id}` : `Option ${quote(dotted([third, fourth, ...rest]))} of ${id}`;
  }
  return path.length === 0 ? 'A config' : quote(dotted(path));
}

/** `references[0].role` */
function dotted(path: readonly (string | number | undefined)[]): string {
  return path
    .filter(step => step !== undefined)
    .map(step => (/^\d+$/.test(String(step)) ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** What the value must do: "be at least 0", "be `off`, `warn` or `error`". */
function violated({keyword, params, data, wanted}: SchemaError): {limit: string; hint?: string} {
  switch (keyword) {
    case 'anyOf': {
      const hint =
        (wanted ?? []).map(({params}) => suggest(data, params.allowedValues ?? [])).find(Boolean) ?? '';
      const kinds = (wanted ?? []).flatMap(kindsOf);
      return {limit: `be ${alternatives([...new Set(kinds)], false)}`, hint};
    }
    case 'enum':
      return {limit: `be ${alternatives(params.allowedValues)}`, hint: suggest(data, params.allowedValues)};
    case 'type':
      return {limit: `be ${alternatives(kindsOf({keyword, params} as ErrorObject), false)}`};
    case 'minimum':
      return {limit: `be at least ${params.limit}`};
    case 'maximum':
      return {limit: `be at most ${params.limit}`};
    case 'maxItems':
      return {limit: `be a list of at most ${params.limit} items`};
    default:
      // minLength, minItems, minProperties: of the schema's keywords only these are left.
      return {limit: 'not be empty'};
  }
}

function kindsOf({keyword, params}: ErrorObject): string[] {
  if (keyword === 'enum') return (params.allowedValues as string[]).map(quote);
  return [params.type].flat().map(type => kinds[type as keyof typeof kinds]);
}

const kinds = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (value === '') return 'empty text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isMapping(value)) return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  return quote(typeof value === 'number' ? String(value) : value);
}
