import type {OptionSchemas} from '../api.js';

export type Schema = Readonly<Record<string, unknown>>;

/** A mapping with no other keys than these. */
export function closed(
  properties: Readonly<Record<string, Schema>> | OptionSchemas,
  required?: readonly string[],
): Schema {
  return {type: 'object', properties, ...(required && {required}), additionalProperties: false};
}

export function text(description: string): Schema {
  return {type: 'string', minLength: 1, description};
}

export function texts(description: string): Schema {
  return {type: 'array', items: {type: 'string', minLength: 1}, description};
}

export function oneOrMany(description: string, minItems = 1): Schema {
  return {
    description,
    anyOf: [
      {type: 'string', minLength: 1},
      {type: 'array', minItems, items: {type: 'string', minLength: 1}},
    ],
  };
}
