const name = {type: 'string', minLength: 1} as const;
/** A name, or an object that has one: Croissant allows both for people, organisations and data sets. */
const agent = {
  anyOf: [name, {type: 'object', anyOf: [{required: ['name']}, {required: ['@id']}, {required: ['url']}]}],
} as const;
const oneOrMany = (schema: object) => ({anyOf: [schema, {type: 'array', items: schema, minItems: 1}]});
/** A year, a month, a day, or a moment, as ISO 8601 writes them. */
const date = {
  type: 'string',
  pattern: '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])([Tt ]([01]\\d|2[0-3]):[0-5]\\d\\S{0,30})?)?)?$',
} as const;

/**
 * What the built-in `provenance` schema asks of a record. Names are those of schema.org as Croissant 1.0 uses
 * them (`license`, `creator`, `dateCreated`, `isBasedOn`), of SPDX for licences and confidentiality, and of the
 * Data Provenance Standards 1.0 for what neither has (source, method). Other keys are allowed.
 */
export const provenanceSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/collapse-gate/schema/provenance.json',
  title: 'Provenance of a training record',
  type: 'object',
  required: ['source', 'license', 'dateCreated'],
  properties: {
    source: {...agent, description: 'Where it was taken from (Data Provenance Standards: source).'},
    license: oneOrMany({
      ...name,
      description: 'SPDX licence expression, or the address of a licence (Croissant: license).',
      pattern: '^(?:https?://\\S+|[A-Za-z0-9.+\\-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+\\-]+)*)$',
    }),
    dateCreated: {
      ...date,
      description:
        'When it was written or generated: 2025, 2025-03, 2025-03-01 or with a time (Croissant: dateCreated; SPDX: builtTime).',
    },
    datePublished: {...date, description: 'When its source published it: as dateCreated.'},
    creator: {...oneOrMany(agent), description: 'Who wrote it (Croissant: creator; SPDX: originatedBy).'},
    generator: {
      anyOf: [{type: 'null'}, agent],
      description: 'The model that wrote it; null where a person did (PROV: wasGeneratedBy).',
    },
    isBasedOn: {
      ...oneOrMany(agent),
      description:
        'What it was derived from: ids, addresses or names (schema.org: isBasedOn; PROV: wasDerivedFrom).',
    },
    method: {...name, description: 'How it was collected or made (Data Provenance Standards: method).'},
    inLanguage: oneOrMany({type: 'string', pattern: '^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$'}),
    confidentialityLevel: {enum: ['red', 'amber', 'green', 'clear'], description: 'SPDX, after TLP.'},
    hasSensitivePersonalInformation: {enum: ['yes', 'no', 'noAssertion'], description: 'SPDX.'},
  },
  // What a model wrote was made of something.
  if: {required: ['generator'], properties: {generator: {not: {type: 'null'}}}},
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: {required: ['isBasedOn']},
} as const;
