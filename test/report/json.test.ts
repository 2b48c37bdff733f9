import {readFile} from 'node:fs/promises';
import {Ajv2020} from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {beforeAll, describe, expect, test} from 'vitest';
import {renderJson} from '../../src/report/json.js';
import type {Report} from '../../src/report/report.js';
import {changed, clean, full} from './samples.js';
import {shuffled} from './shuffled.js';

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $defs: Readonly<Record<string, Schema>>;
}

let schema: Schema;
let validate: (value: unknown) => boolean;
let errors: () => unknown;

beforeAll(async () => {
  schema = JSON.parse(await readFile(new URL('../../schema/report.json', import.meta.url), 'utf8'));
  const check = new Ajv2020({allErrors: true, strict: true, allowUnionTypes: true}).compile(schema);
  validate = value => check(value);
  errors = () => check.errors;
});

describe('schema', () => {
  test.each([
    ['a full report', full],
    ['that of a change', changed],
    ['a clean one', clean],
    ['one without config', {...clean, config: {...clean.config, path: null}}],
    ['one without records', {...clean, inputs: [], totals: {...clean.totals, records: 0, accepted: 0}}],
  ])('takes %s', (_, report) => {
    expect(validate(JSON.parse(renderJson(report))), JSON.stringify(errors())).toBe(true);
  });

  test.each([
    ['another version', {...clean, version: 2}],
    ['an unknown key', {...clean, extra: 1}],
    ['a missing key', {...clean, totals: undefined}],
    ['a line 0', {...clean, findings: [{...full.findings[3], record: {id: 'a', path: 'b', line: 0}}]}],
    ['a view that is none', {...clean, measures: {a: {view: 'some', value: 1}}}],
    ['half an interval', {...clean, measures: {a: {view: 'all', value: 1, interval: [1]}}}],
    ['an unknown verdict', {...clean, verdict: 'maybe'}],
  ])('refuses %s', (_, report) => {
    expect(validate(JSON.parse(JSON.stringify(report)))).toBe(false);
  });

  test('describes every property, and has none that the type has not', () => {
    const [finding] = changed.findings;
    const rowed = <R extends {record: {line: number}}>(one: R) => ({
      ...one,
      record: {...one.record, row: one.record.line},
    });
    const inParquet = {...rowed(finding!), related: finding!.related!.map(rowed)};
    const sample = {oneIn: 8, rules: ['tail/survival']};
    visit(schema, [{...changed, sample, findings: [...changed.findings, inParquet]}], 'report');
  });

  // The full report is valid and unknown keys are not, so the schema has every key that the type has; here
  // every key of the schema is found in the full report of a change, which the compiler holds against the type.
  function visit(node: Schema, values: readonly unknown[], path: string): void {
    const {description} = node;
    const target = node.$ref ? schema.$defs[node.$ref.replace('#/$defs/', '')]! : node;
    expect(description ?? target.description, path).toBeTruthy();
    expect(values, path).not.toHaveLength(0);
    const objects = values.filter(value => typeof value === 'object' && value !== null) as object[];
    for (const [name, property] of Object.entries(target.properties ?? {})) {
      const found = objects.flatMap(value =>
        name in value ? [(value as Record<string, unknown>)[name]] : [],
      );
      visit(property, found, `${path}.${name}`);
    }
    if (target.properties) expect(target.additionalProperties, path).toBe(false);
    else if (target.additionalProperties) {
      visit(
        target.additionalProperties,
        objects.flatMap(value => Object.values(value)),
        `${path}.*`,
      );
    }
    if (target.items)
      visit(
        target.items,
        objects.flatMap(value => Object.values(value)),
        `${path}[]`,
      );
    for (const [at, item] of (target.prefixItems ?? []).entries()) {
      visit(
        item,
        objects.map(value => (value as unknown[])[at]),
        `${path}[${at}]`,
      );
    }
    for (const [at, choice] of (target.oneOf ?? []).entries()) {
      const chosen = choice.properties ? objects : values.filter(value => !objects.includes(value as object));
      visit(choice, chosen, `${path}|${at}`);
    }
  }
});

describe('renderJson', () => {
  test('is pretty, ends with a newline and gives the report back', () => {
    const text = renderJson(full);
    expect(text.startsWith('{\n  "version": 1,\n  "tool": {\n    "name": "collapse-gate",')).toBe(true);
    expect(text.endsWith('"verdict": "fail"\n}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(full);
  });

  test('has the same bytes in whatever order the report was filled', () => {
    const expected = renderJson(full);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), numbers => {
        expect(renderJson(shuffled(full, numbers) as Report)).toBe(expected);
      }),
      {numRuns: 20},
    );
  });

  test('keeps the order of lists', () => {
    expect(JSON.parse(renderJson({...full, findings: full.findings.toReversed()})).findings[0].rule).toBe(
      'length/minimum',
    );
  });

  test('writes what a terminal would obey as escapes', () => {
    const finding = {...full.findings[3]!, message: '\x1b[2J\x9b\u202e\u200b\ud800'};
    const text = renderJson({...full, findings: [finding]});
    expect(text).not.toMatch(/[\x1b\x7f-\x9f\u200b\u202e]|\p{Cs}/u);
    expect(JSON.parse(text).findings[0].message).toBe(finding.message);
  });

  test('refuses numbers that JSON cannot hold', () => {
    const report: Report = {...full, measures: {'length.median': {view: 'all', value: Number.NaN}}};
    expect(() => renderJson(report)).toThrow('`value` is NaN');
  });
});
