import {measureUnits, type OptionSchema, partNames} from '../api.js';
import {alternatives, quote} from './error.js';
import {isMapping, levels, roundStatuses, verdicts} from './file.js';

type Mapping = Readonly<Record<string, unknown>>;

const functions: Readonly<Record<string, readonly string[]>> = {
  record: ['create'],
  pair: ['create', 'neighbours'],
  group: ['create', 'key'],
  corpus: ['init', 'observe', 'merge', 'measure', 'encode', 'decode'],
};
/** Added to every gate's options by the tool itself. */
const reserved = ['else', 'onAbstain'];

/** What is wrong with the rule at `index` of a plugin's list. */
export function ruleProblems(rule: unknown, index: number, plugin: string): string[] {
  return entryProblems('rules', rule, index, plugin, ruleShape);
}

export function gateProblems(gate: unknown, index: number, plugin: string): string[] {
  return entryProblems('gates', gate, index, plugin, gateShape);
}

/** The checks that rules and gates share; `more` says what else is wrong with this kind of entry. */
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

function ruleShape(rule: Mapping): string[] {
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
    ...(rule.kind === 'corpus' ? measuresProblems(rule.measures) : []),
  ];
}

function measuresProblems(measures: unknown): string[] {
  if (!isMapping(measures)) return ['`measures` must be a mapping'];
  return Object.entries(measures).flatMap(([name, declaration]) => {
    const {description, unit} = isMapping(declaration) ? declaration : {description: declaration};
    const fits = typeof description === 'string' && (unit === undefined || among(unit, measureUnits));
    return unless(
      fits,
      `\`measures\` must say what ${quote(name)} is: text, or \`{description, unit}\` with the unit ${alternatives(measureUnits)}`,
    );
  });
}

function gateShape(gate: Mapping): string[] {
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
    ...unless(
      gate.optionalMeasures === undefined || (!record && Array.isArray(gate.optionalMeasures)),
      '`optionalMeasures` must be a list, of a round gate',
    ),
    ...unless(
      gate.optionalSignals === undefined || (record && Array.isArray(gate.optionalSignals)),
      '`optionalSignals` must be a list, of a record gate',
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

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function among(value: unknown, allowed: readonly unknown[]): boolean {
  return allowed.includes(value);
}

function unless(holds: boolean, message: string): string[] {
  return holds ? [] : [message];
}
