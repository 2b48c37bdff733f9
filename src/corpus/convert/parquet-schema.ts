import type {FileMetaData, SchemaElement, SchemaTree} from 'hyparquet';
import {visible} from '../errors.js';

/** Throws for a footer that contradicts itself, and for columns that would be taken for another. */
export function requireSchema({schema, row_groups: groups, num_rows: rows}: FileMetaData): void {
  // Fewer rows than there are would pass for all of them.
  const total = groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (total !== rows) throw new Error(`its row groups have ${total} rows, the file ${rows}`);
  const leaves = schema.filter(({num_children: children}) => !children).length;
  const flat = new Set(flatColumns(schema));
  for (const {columns, num_rows: count} of groups) {
    if (count < 0n) throw new Error('a row group has less than no rows');
    if (columns.length !== leaves)
      throw new Error(`a row group has ${columns.length} columns, the schema ${leaves}`);
    for (const {meta_data: column} of columns) {
      const [name = '', ...rest] = column?.path_in_schema ?? [];
      if (column !== undefined && rest.length === 0 && flat.has(name) && column.num_values !== count)
        throw new Error(`column ${visible(name)} has ${column.num_values} values for ${count} rows`);
    }
  }
  for (const {names} of structs(schema)) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new Error(`two columns are called ${visible(twice)}`);
    if (names.includes('__proto__')) throw new Error('a column is called __proto__');
  }
}

/** Columns that have one value a row. */
export function flatColumns(schema: readonly SchemaElement[]): string[] {
  const names: string[] = [];
  const skip = (at: number): number => {
    let next = at + 1;
    for (let child = 0; child < (schema[at]?.num_children ?? 0); child++) next = skip(next);
    return next;
  };
  for (let at = 1; at < schema.length; at = skip(at)) {
    const {name, num_children: children, repetition_type: repetition} = schema[at]!;
    if (!children && repetition !== 'REPEATED') names.push(name);
  }
  return names;
}

/** What values look like as hyparquet gives them; nothing where that is not known. */
export interface Shape {
  readonly leaf?: boolean;
  readonly fields?: ReadonlyMap<string, Shape>;
  readonly element?: Shape;
}

export function shapeOf({element, children}: SchemaTree): Shape {
  const {converted_type: type, logical_type: logical, repetition_type: repetition} = element;
  if (repetition === 'REPEATED' || type === 'MAP' || type === 'MAP_KEY_VALUE' || logical?.type === 'VARIANT')
    return {};
  if (type === 'LIST') {
    const [inner] = children;
    return inner?.children.length === 1 ? {element: shapeOf(inner.children[0]!)} : {};
  }
  if (children.length === 0) return {leaf: true};
  return {fields: new Map(children.map(child => [child.element.name, shapeOf(child)]))};
}

interface Struct {
  readonly at: number;
  readonly names: readonly string[];
}

/** The groups of a schema, which lists them before what is in them, with the names of their members. */
export function structs(schema: readonly SchemaElement[]): Struct[] {
  const found: Struct[] = [];
  const walk = (at: number): number => {
    const children = schema[at]?.num_children ?? 0;
    const names: string[] = [];
    let next = at + 1;
    for (let child = 0; child < children; child++) {
      const element = schema[next];
      if (element === undefined) throw new Error('its schema ends in the middle');
      names.push(element.name);
      next = walk(next);
    }
    if (children > 0) found.push({at, names});
    return next;
  };
  if (walk(0) !== schema.length) throw new Error('its schema has columns that belong to none');
  return found.sort((a, b) => a.at - b.at);
}

/** Logical types whose values are read as they are stored and written as such. */
const plain = new Set([
  'STRING',
  'ENUM',
  'DECIMAL',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'INTEGER',
  'NULL',
  'JSON',
  'BSON',
  'UUID',
  'FLOAT16',
]);

/**
 * What does not come back as it was, in words: maps are read as objects, whose keys are strings and differ;
 * lists of the oldest kinds are told from others by their names only.
 */
export function unwritableType({schema}: Pick<FileMetaData, 'schema'>): string | undefined {
  for (const {at, names} of structs(schema)) {
    const {converted_type: type, logical_type: logical, repetition_type: repetition, name} = schema[at]!;
    const shown = visible(name);
    if (type === 'MAP' || type === 'MAP_KEY_VALUE') return `a column of maps (${shown})`;
    if (logical !== undefined && logical.type !== 'LIST') return `a column of ${logical.type} (${shown})`;
    if (type === 'LIST') {
      const inner = schema[at + 1]!;
      const usual = names.length === 1 && inner.repetition_type === 'REPEATED' && inner.num_children === 1;
      if (!usual) return `a list of an old kind (${shown})`;
    } else if (repetition === 'REPEATED' && schema[at - 1]?.converted_type !== 'LIST') {
      return `a repeated column that is no list (${shown})`;
    }
  }
  for (const [at, element] of schema.entries()) {
    if (element.num_children || at === 0) continue;
    const {type, logical_type: logical, repetition_type: repetition} = element;
    const shown = visible(element.name);
    if (type === 'INT96') return `a column of INT96 (${shown})`;
    if (repetition === 'REPEATED') return `a repeated column that is no list (${shown})`;
    if (logical !== undefined && !plain.has(logical.type)) return `a column of ${logical.type} (${shown})`;
  }
  return undefined;
}
