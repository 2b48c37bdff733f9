import {compilePath, defineRecordRule, missing} from '../../src/api.js';
import {licenceClass} from './licence.js';
import {provenanceSchema} from './schema.js';

export default defineRecordRule({
  id: 'provenance/declared',
  summary: 'Checks what a record says about its origin against a JSON Schema.',
  why: 'Whether a loop collapses depends on how much of the data people wrote and on what replaced what (arXiv:2404.01413), and nobody can tell later what was not written down. Licences and dates are often lost or wrong where data sets are built from data sets (Data Provenance Initiative, arXiv:2310.16787).',
  advice:
    'Write the origin down where the record is made, or name the schema that your records follow in `schema`.',
  details:
    'The built-in schema `provenance` (schema/provenance.json) wants `source`, `license` and `dateCreated`, and of what a model wrote (`generator`) also `isBasedOn`, the ids of what it was made from. Names follow Croissant and schema.org, SPDX, and the Data Provenance Standards. For another data set name a schema of its own, draft-07 or 2020-12, as a path from the config’s folder; `overrides` give each set of files its own.\n\nWith `licences`, every licence must be of one of these classes or be named: `public-domain`, `permissive`, `share-alike`, `no-derivatives`, `non-commercial`, `proprietary`, `unknown`. Classes are read from SPDX ids, of `A OR B` the freer one counts; they are no legal advice.\n\nA record that names itself among what it is based on is not valid. Whether what it is based on exists is not looked up.\n\nWhere a record does not say its `license`, `creator`, `dateCreated`, `isBasedOn`, `source` or `generator`, what Croissant says beside its file stands in ([formats](../../formats.md#croissant)).\n\nThe signal `provenance` is 1 when everything fits. It is missing where there is nothing at `at`: the gate `attribution` then refuses the record.',
  since: '0.2.0',
  recommended: 'off',
  options: {
    schema: {
      type: 'string',
      default: 'provenance',
      file: true,
      description: '`provenance`, or a JSON Schema file named from the config’s folder.',
    },
    at: {
      type: 'string',
      default: '',
      description: 'Field path of what is checked: `meta.provenance`. Empty: the whole row.',
    },
    licences: {
      type: 'array',
      items: {type: 'string'},
      default: [],
      description: 'Classes of licences, or SPDX ids, that records may have in `license`. Empty: any.',
    },
  },
  signals: {
    provenance: {description: 'Whether what is declared fits: 1 or 0', range: [0, 1], better: 'high'},
  },
  messages: {
    absent: 'Says nothing about its origin: there is no object at `{{at}}`',
    invalid: 'What it says about its origin does not fit `{{schema}}`: {{problems}}',
    licence: 'Its licence `{{licence}}` is {{class}}; allowed are {{allowed}}',
    circle: 'Is based on itself: `isBasedOn` names `{{id}}`',
  },
  examples: {
    pass: [
      {
        label: 'written by a person',
        rows: [
          {
            text: 'Ebb.',
            source: 'harbour log',
            license: 'CC-BY-4.0',
            dateCreated: '2025-03-01',
            generator: null,
          },
        ],
      },
      {
        label: 'written by a model, from something',
        rows: [
          {
            text: 'Flood.',
            source: {name: 'round 3', url: 'https://example.org/r3'},
            license: 'Apache-2.0 OR MIT',
            dateCreated: '2025-03-01T06:30:00Z',
            generator: {name: 'tern-1', version: '2'},
            isBasedOn: ['log-17'],
          },
        ],
      },
    ],
    fail: [
      {
        label: 'no licence, and a date that is none',
        rows: [{text: 'Ebb.', source: 'harbour log', dateCreated: 'last spring'}],
      },
      {
        label: 'written by a model, of nothing',
        rows: [{text: 'Ebb.', source: 'round 3', license: 'MIT', dateCreated: '2025', generator: 'tern-1'}],
      },
      {
        label: 'a licence that is not allowed',
        rows: [{text: 'Ebb.', source: 'log', license: 'CC-BY-NC-4.0', dateCreated: '2025'}],
        options: {licences: ['public-domain', 'permissive']},
      },
      {
        label: 'based on itself',
        rows: [
          {id: 'e1', text: 'Ebb.', source: 'log', license: 'MIT', dateCreated: '2025', isBasedOn: ['e1']},
        ],
      },
      {label: 'nothing at all', rows: [{text: 'Ebb.'}], options: {at: 'meta.provenance'}},
    ],
  },
  create({options, report, signal, schema, origin}) {
    const check = schema(options.schema === 'provenance' ? provenanceSchema : options.schema);
    const at = options.at === '' ? undefined : compilePath(options.at);
    const allowed = new Set(options.licences.map(name => name.toLowerCase()));

    return record => {
      const {id, fields} = record;
      const own = at === undefined ? fields : at(fields)[0];
      const declared = withOrigin(own, origin(record));
      if (typeof declared !== 'object' || declared === null) {
        signal('provenance', missing(`there is nothing at \`${options.at}\``));
        return report({messageId: 'absent', data: {at: options.at}});
      }
      const problems = check(declared);
      if (problems.length > 0)
        report({messageId: 'invalid', data: {schema: options.schema, problems: shown(problems)}});
      const {license, isBasedOn} = declared as Record<string, unknown>;
      const refused = allowed.size > 0 ? texts(license).find(licence => !isAllowed(licence)) : undefined;
      if (refused !== undefined) {
        const data = {
          licence: refused.slice(0, 80),
          class: licenceClass(refused),
          allowed: options.licences.join(', '),
        };
        report({messageId: 'licence', data});
      }
      const circle = texts(isBasedOn).includes(id);
      if (circle) report({messageId: 'circle', data: {id}});
      const unlicensed = allowed.size > 0 && texts(license).length === 0;
      signal('provenance', problems.length > 0 || refused !== undefined || circle || unlicensed ? 0 : 1);
    };

    function isAllowed(licence: string): boolean {
      return allowed.has(licence.toLowerCase()) || allowed.has(licenceClass(licence));
    }
  },
});

/** What a record says, and what Croissant says where it does not. Nobody is a writer: `generator: null` says so. */
function withOrigin(own: unknown, origin: Readonly<Record<string, unknown>>): unknown {
  const isObject = typeof own === 'object' && own !== null;
  const keys = Object.keys(origin);
  if (keys.length === 0 || (own !== undefined && own !== null && !isObject)) return own;
  const said = (own ?? {}) as Record<string, unknown>;
  const taken = keys.filter(key => (key === 'generator' ? !Object.hasOwn(said, key) : said[key] == null));
  return {...said, ...Object.fromEntries(taken.map(key => [key, origin[key]]))};
}

/** At most three, each at its place. */
function shown(problems: readonly {readonly at: string; readonly message: string}[]): string {
  // `if` and `anyOf` only sum up what stands beside them.
  const telling = problems.filter(({message}) => !/must match (?:a schema|"then")/.test(message));
  const list = telling.length > 0 ? telling : problems;
  const texts = [
    ...new Set(list.map(({at, message}) => (at === '' ? message : `\`${at.slice(0, 80)}\` ${message}`))),
  ];
  const more = texts.length > 3 ? `, and ${texts.length - 3} more` : '';
  return texts.slice(0, 3).join(', ') + more;
}

/** The texts of a field that holds one or many, or objects with an id. */
function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap(one => {
    const text =
      typeof one === 'object' && one !== null
        ? ((one as Record<string, unknown>)['@id'] ?? (one as Record<string, unknown>).id)
        : one;
    return typeof text === 'string' ? [text] : [];
  });
}
