import type {Gate, Rule} from '../api.js';
import {markdownUnits, textUnits} from '../corpus/units.js';
import {failOnLevels, fieldRoles, levels, roles, roundStatuses, verdicts} from './file.js';
import type {Registry} from './registry.js';
import {closed, oneOrMany, type Schema, text, texts} from './schema-parts.js';
import {weightsSchema} from './weights.js';

/** JSON Schema (2020-12) of `.collapserc`: every rule and gate of the registry with its options. */
export function configSchema(registry: Pick<Registry, 'rules' | 'gates'>): Schema {
  const rules = [...registry.rules.values()];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: '.collapserc',
    description: 'Config of collapse-gate: which records of a corpus may be trained on.',
    ...closed({
      $schema: {type: 'string', description: 'Address of this schema, for editors.'},
      extends: oneOrMany(
        'Presets (`collapse:recommended`, `plugin:name`), files or packages to start from.',
        0,
      ),
      plugins: {
        type: 'array',
        description: 'Paths or packages of plugins, looked up from the folder of this file.',
        items: {anyOf: [text('Path or package.'), plugin]},
      },
      fields: {
        description: 'Where records keep what: a field path, or several that are tried in order.',
        ...closed(Object.fromEntries(fieldRoles.map(role => [role, oneOrMany(fieldDescriptions[role])]))),
      },
      records: {
        description: 'What one record is, in formats that do not say.',
        ...closed({
          text: {enum: textUnits, default: 'line', description: 'In a text file.'},
          markdown: {
            enum: markdownUnits,
            default: 'file',
            description: 'In a Markdown file: the file, or what stands under each heading.',
          },
        }),
      },
      references: {
        type: 'array',
        description: 'Corpora that records are held against: profiles, files, folders or glob patterns.',
        items: {anyOf: [text('Path; its role is `trusted`.'), reference]},
      },
      rules: {$ref: '#/$defs/rules', description: 'Levels and options of rules, by rule id or family.'},
      gates: {
        description: 'Gates that are on or off, or on with options.',
        ...closed(Object.fromEntries([...registry.gates.values()].map(gate => [gate.id, gateSchema(gate)]))),
      },
      overrides: {
        type: 'array',
        description: 'Rules that differ for some files or some records. Later ones win.',
        items: override,
      },
      waivers: {
        type: 'array',
        description: 'Findings that somebody has taken on: they are counted apart and reject nothing.',
        items: waiver(rules),
      },
      weights: weightsSchema,
      ignore: texts('Glob patterns of files to leave out, relative to the folder of the config.'),
      maxMalformed: {
        ...count,
        default: 0,
        description: 'Malformed records that a run may have and still pass.',
      },
      maxFindings: {
        ...count,
        default: 50,
        description: 'Findings per rule that a report lists. All are counted.',
      },
      sampleAbove: {
        ...count,
        default: 32,
        description:
          'Megabytes of a round from which on corpus rules that a sample is enough for read one record in 2, 4, 8 …, by a hash of its text and id. 0: they always read all.',
      },
      failOn: {
        enum: failOnLevels,
        default: 'error',
        description: 'Lowest level at which `check` exits with 1.',
      },
    }),
    $defs: {
      rules: closed({...globs(rules), ...Object.fromEntries(rules.map(rule => [rule.id, ruleSchema(rule)]))}),
    },
  };
}

const fieldDescriptions: Readonly<Record<(typeof fieldRoles)[number], string>> = {
  text: 'Everything that a model would be trained on.',
  prompt: 'What the model is asked.',
  response: 'What the model should answer.',
  chosen: 'The preferred answer of a pair.',
  rejected: 'The other answer of a pair.',
  id: 'A name that is unique to the record.',
  messages: 'A list of chat messages.',
  source: 'Where the record was taken from.',
  generator: 'The model that wrote the record.',
};

const count = {type: 'integer', minimum: 0};

const plugin = {
  description: 'A plugin with its options.',
  ...closed(
    {
      name: text('Path or package.'),
      options: {type: 'object', description: 'What the plugin is made from; its documentation says what.'},
    },
    ['name'],
  ),
};

const reference = {
  description: 'A path with its role.',
  ...closed(
    {
      path: text('Profile, file, folder or glob pattern, relative to the folder of this file.'),
      role: {
        enum: roles,
        default: 'trusted',
        description:
          'trusted: human-written; previous: accepted rounds; benchmark: must not leak in; machine: samples of a suspected generator.',
      },
    },
    ['path'],
  ),
};

const override = {
  description: 'Rules for the records that match both `files` and `where`.',
  anyOf: [{required: ['files']}, {required: ['where']}],
  ...closed(
    {
      files: oneOrMany('Glob patterns relative to the folder of the config.'),
      where: {
        type: 'object',
        description: 'Field path to the value, or list of values, that a record must have.',
        minProperties: 1,
        additionalProperties: {
          anyOf: [
            {type: ['string', 'number', 'boolean']},
            {type: 'array', minItems: 1, items: {type: ['string', 'number', 'boolean']}},
          ],
        },
      },
      rules: {$ref: '#/$defs/rules', description: 'Levels and options, on top of those of `rules`.'},
    },
    ['rules'],
  ),
};

const waiver = (rules: readonly Rule[]) => ({
  description: 'A rule, the files or records whose findings do not count, and why.',
  anyOf: [{required: ['files']}, {required: ['records']}],
  ...closed(
    {
      rule: {
        enum: [...Object.keys(globs(rules)), ...rules.map(({id}) => id)],
        description: 'Rule, or family as `duplicate/*`.',
      },
      files: oneOrMany('Glob patterns relative to the folder of the config.'),
      records: oneOrMany('Ids or hashes of records.'),
      reason: text('Why these findings are accepted: for whoever reads this next.'),
      until: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        description: 'The last day that the waiver holds: 2026-12-31.',
      },
    },
    ['rule', 'reason'],
  ),
});

function ruleSchema(rule: Rule): Schema {
  return {
    description: rule.summary,
    default: rule.recommended,
    anyOf: [
      level,
      {
        type: 'array',
        description: 'Level and options.',
        minItems: 1,
        maxItems: 2,
        prefixItems: [level, {description: `Options of ${rule.id}.`, ...closed(optionSchemas(rule))}],
      },
    ],
  };
}

/** JSON Schema knows no `file`. */
function optionSchemas({options}: Rule): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(options).map(([name, schema]) => {
      const {file: _, ...known} = schema as Schema;
      return [name, known];
    }),
  );
}

const level = {
  enum: levels,
  description: 'off, warn (report only) or error (the gate `findings` rejects the record).',
};

function gateSchema(gate: Gate): Schema {
  const onAbstain =
    gate.scope === 'record'
      ? {enum: verdicts, description: 'Verdict on a record that the gate does not apply to.'}
      : {enum: roundStatuses, description: 'Status when a measure cannot be had.'};
  const common = {
    ...(gate.scope === 'record' && {
      else: {
        enum: ['quarantine', 'reject'],
        default: gate.else,
        description: 'Verdict on a record that does not pass.',
      },
    }),
    onAbstain: {...onAbstain, default: gate.onAbstain},
  };
  return {
    description: gate.summary,
    default: gate.recommended ? 'on' : 'off',
    anyOf: [
      {enum: ['on', 'off'], description: 'On or off; options stay as they are.'},
      {description: `Options of ${gate.id}, which is then on.`, ...closed({...gate.options, ...common})},
    ],
  };
}

/** `*` and `family/*`, for levels of many rules at once. */
function globs(rules: readonly Rule[]): Record<string, Schema> {
  const families = new Set<string>();
  for (const {id} of rules) {
    for (let end = id.indexOf('/'); end > 0; end = id.indexOf('/', end + 1)) families.add(id.slice(0, end));
  }
  return Object.fromEntries([
    ['*', {...level, description: 'Level of all rules.'}],
    ...[...families].map(family => [`${family}/*`, {...level, description: `Level of all ${family} rules.`}]),
  ]);
}
