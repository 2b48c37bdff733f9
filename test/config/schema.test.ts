import {Ajv2020} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {composeRegistry} from '../../src/config/registry.js';
import {configSchema} from '../../src/config/schema.js';
import {demo} from './demo.js';

const schema = configSchema(composeRegistry([demo]));

test('it is a valid schema, in ajv’s strict mode', () => {
  const ajv = new Ajv2020({strict: true, strictTuples: false, allowUnionTypes: true, strictRequired: false});
  const validate = ajv.compile(schema);
  expect(validate({rules: {'demo/near': ['warn', {minimum: 1}], 'demo/*': 'off'}, extends: []})).toBe(true);
  expect(validate({rules: {'demo/near': ['warn', {minimum: 2}]}})).toBe(false);
  expect(validate({rules: {'demo/near': ['warn', {}, 1]}})).toBe(false);
});

test('every property has a description', () => {
  const bare: string[] = [];
  const walk = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'properties') {
        for (const [name, property] of Object.entries(child as Record<string, {description?: string}>)) {
          if (!property.description) bare.push(`${path}/${name}`);
        }
      }
      walk(child, `${path}/${key}`);
    }
  };
  walk(schema, '');
  expect(bare).toEqual([]);
});

test('options show their defaults, gates what they do with what they cannot judge', () => {
  const text = JSON.stringify(schema);
  expect(text).toContain(
    '"minimum":{"type":"number","default":0.8,"minimum":0,"maximum":1,"description":"Least similarity."}',
  );
  expect(text).toContain('"else":{"enum":["quarantine","reject"],"default":"reject"');
  expect(text).toContain('"default":"abstain"');
});
