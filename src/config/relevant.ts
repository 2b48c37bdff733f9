import {isMapping} from './file.js';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The part of a schema that the given values are held against, without references. Compiling all rules
 * takes ajv longer than a small check takes to run; most configs name a few. Where properties are left
 * out, `known` lists all of their names.
 */
export function relevantSchema(schema: Schema, values: readonly unknown[], root: Schema = schema): Schema {
  const {$defs: _, $ref, properties, anyOf, prefixItems, items, additionalProperties, ...rest} = schema;
  const part: Record<string, unknown> = {...rest};
  if (typeof $ref === 'string') Object.assign(part, relevantSchema(definition(root, $ref), values, root));
  if (isMapping(properties)) {
    part.known = Object.keys(properties);
    part.properties = Object.fromEntries(
      Object.entries(properties).flatMap(([name, property]) => {
        const inside = values.flatMap(value =>
          isMapping(value) && Object.hasOwn(value, name) ? [value[name]] : [],
        );
        return inside.length === 0 ? [] : [[name, relevantSchema(property as Schema, inside, root)]];
      }),
    );
  }
  if (additionalProperties !== undefined) part.additionalProperties = additionalProperties;
  const lists = values.filter(value => Array.isArray(value));
  if (Array.isArray(anyOf)) part.anyOf = anyOf.map(branch => relevantSchema(branch, values, root));
  if (isMapping(items)) part.items = relevantSchema(items, lists.flat(1), root);
  if (Array.isArray(prefixItems)) {
    part.prefixItems = prefixItems.map((item, index) =>
      relevantSchema(
        item,
        lists.flatMap(list => list.slice(index, index + 1)),
        root,
      ),
    );
  }
  return part;
}

/** `#/$defs/name` */
function definition(root: Schema, reference: string): Schema {
  const name = reference.slice('#/$defs/'.length);
  return (root.$defs as Readonly<Record<string, Schema>>)[name]!;
}
