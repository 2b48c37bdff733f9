import {type OptionSchema, partNames} from '../api.js';
import {alternatives, quote} from './error.js';
import {isMapping, levels, roundStatuses, verdicts} from './file.js';
import {suggest} from './suggest.js';

const pluginKeys = ['name', 'rules', 'gates', 'features', 'providers', 'presets'];
const functions: Readonly<Record<string, readonly string[]>> = {
  record: ['create'],
  pair: ['create', 'neighbours'],
  group: ['create', 'key'],
  corpus: ['init', 'observe', 'merge', 'measure', 'encode', 'decode'],
};
/** Added to every gate's options by the tool itself. */
const reserved = ['else', 'onAbstain'];

/** What is wrong with a plugin module's default export, in sentences; empty when it can be used. */
export function pluginProblems(plugin: unknown): string[] {
  if (!isMapping(plugin)) {
    return ['It has no plugin as its default export. Write `export default definePlugin({…})`.'];
  }
  const {name} = plugin;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]+$/.test(name) || name === 'collapse') {
    return [
      `Its \`name\` must be lower-case letters, digits and \`-\`, other than \`collapse\`; it is ${quote(name)}.`,
    ];
  }
  return [
    ...Object.keys(plugin)
      .filter(key => !pluginKeys.includes(key))
      .map(key => `It has an unknown key ${quote(key)}.${suggest(key, pluginKeys)}`),
    ...items(plugin, 'rules').flatMap((rule, index) =>
      entryProblems('rules', rule, index, name, ruleProblems),
    ),
    ...items(plugin, 'gates').flatMap((gate, index) =>
      entryProblems('gates', gate, index, name, gateProblems),
    ),
    ...members(plugin, 'features', value => typeof value === 'function', 'a function'),
    ...members(plugin, 'providers', isProvider, '`{batch, provide}` with a whole number of records per call'),
    ...members(plugin, 'presets', isPreset, 'a mapping of `rules`, `gates` and `fields`'),
    ...(['rules', 'gates'] as const).flatMap(key =>
      plugin[key] === undefined || Array.isArray(plugin[key]) ? [] : [`Its \`${key}\` must be a list.`],
    ),
  ];
}

type Mapping = Readonly<Record<string, unknown>>;

function items(plugin: Mapping, key: string): readonly unknown[] {
  return Array.isArray(plugin[key]) ? plugin[key] : [];
}

function members(
  plugin: Mapping,
  key: string,
  accepts: (value: unknown) => boolean,
  wanted: string,
): string[] {
  const value = plugin[key];
  if (value === undefined) return [];
  if (!isMapping(value)) return [`Its \`${key}\` must be a mapping.`];
  return Object.keys(value).flatMap(name =>
    accepts(value[name]) ? [] : [`Its \`${key}.${name}\` must be ${wanted}.`],
  );
}

function isProvider(value: unknown): boolean {
  return (
    isMapping(value) && Number.isInteger(value.batch) && Number(value.batch) > 0 && isFunction(value.provide)
  );
}

function isPreset(value: unknown): boolean {
  return isMapping(value) && Object.keys(value).every(key => ['rules', 'gates', 'fields'].includes(key));
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** The checks that rules and gates share; `more` gives what is missing from this kind, by key. */
function entryProblems(
  key: 'rules' | 'gates',
  entry: unknown,
  index: number,
  plugin: string,
  more: (entry: Mapping) => string[],
): string[] {
  if (!isMapping(entry))
    return [`Its \`${key}[${index}]\` must be an object made by a \`define…\` function.`];
  const {id} = entry;
  if (typeof id !== 'string' || !id.startsWith(`${plugin}/`) || !/^[a-z0-9-]+(\/[a-z0-9-]+)+$/.test(id)) {
    return [
      `The id of its \`${key}[${index}]\` must read \`${plugin}/…\` in lower case; it is ${quote(id)}.`,
    ];
  }
  const problems = ['summary', 'why', 'advice', 'since'].flatMap(name =>
    typeof entry[name] === 'string' && entry[name] !== '' ? [] : [`\`${name}\` must be text`],
  );
  problems.push(...optionsProblems(entry.options), ...more(entry));
  return problems.map(text => `In ${id}: ${text}.`);
}

function ruleProblems(rule: Mapping): string[] {
  const wanted =
    typeof rule.kind === 'string' && Object.hasOwn(functions, rule.kind) ? functions[rule.kind] : undefined;
  const {examples} = rule;
  return [
    ...(wanted ?? []).filter(name => !isFunction(rule[name])).map(name => `\`${name}\` must be a function`),
    ...unless(wanted !== undefined, `\`kind\` must be ${alternatives(Object.keys(functions))}`),
    ...unless(among(rule.recommended, levels), `\`recommended\` must be ${alternatives(levels)}`),
    ...unless(
      rule.on === undefined || among(rule.on, partNames),
      `\`on\` must be ${alternatives(partNames)}`,
    ),
    ...unless(isMapping(rule.messages), '`messages` must be a mapping'),
    ...unless(
      isMapping(examples) && Array.isArray(examples.pass) && Array.isArray(examples.fail),
      '`examples` must be `{pass: […], fail: […]}`',
    ),
    ...unless(rule.kind !== 'corpus' || Array.isArray(rule.views), '`views` must be a list'),
    ...unless(rule.kind !== 'corpus' || isMapping(rule.measures), '`measures` must be a mapping'),
  ];
}

function gateProblems(gate: Mapping): string[] {
  const record = gate.scope === 'record';
  const abstain = record ? verdicts : roundStatuses;
  return [
    ...unless(record || gate.scope === 'round', '`scope` must be `record` or `round`'),
    ...unless(isFunction(gate.judge), '`judge` must be a function'),
    ...unless(typeof gate.recommended === 'boolean', '`recommended` must be true or false'),
    ...unless(
      Array.isArray(gate[record ? 'signals' : 'measures']),
      'its `signals` or `measures` must be a list',
    ),
    ...unless(among(gate.onAbstain, abstain), `\`onAbstain\` must be ${alternatives(abstain)}`),
    ...unless(
      !record || among(gate.else, ['quarantine', 'reject']),
      '`else` must be `quarantine` or `reject`',
    ),
    ...reserved
      .filter(name => isMapping(gate.options) && Object.hasOwn(gate.options, name))
      .map(name => `its options must not declare \`${name}\`: every gate has it`),
  ];
}

function optionsProblems(options: unknown): string[] {
  if (!isMapping(options)) return ['`options` must be a mapping, `{}` for none'];
  return Object.entries(options).flatMap(([name, schema]) => {
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name))
      return [`the option name ${quote(name)} must be letters and digits`];
    if (!isMapping(schema) || typeof schema.description !== 'string' || schema.description === '') {
      return [`\`options.${name}\` must have a description`];
    }
    return unless(
      hasDefault(schema as OptionSchema),
      `\`options.${name}\` must have a known \`type\`, and a \`default\` that fits it`,
    );
  });
}

function hasDefault(schema: OptionSchema): boolean {
  const value: unknown = schema.default;
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'number': {
      const {minimum = -Infinity, maximum = Infinity} = schema;
      const fits = schema.type === 'integer' ? Number.isInteger(value) : Number.isFinite(value);
      return fits && Number(value) >= minimum && Number(value) <= maximum;
    }
    case 'string':
      return typeof value === 'string' && (schema.enum?.includes(value) ?? true);
    case 'array':
      return Array.isArray(value) && value.every(item => typeof item === 'string');
    default:
      return false;
  }
}

function among(value: unknown, allowed: readonly unknown[]): boolean {
  return allowed.includes(value);
}

function unless(holds: boolean, message: string): string[] {
  return holds ? [] : [message];
}
