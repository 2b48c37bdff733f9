import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {CliSettings} from '../../src/config/cli.js';
import {loadConfig} from '../../src/config/load.js';
import {demo, failure, folder} from './demo.js';

const file = `
fields: {text: body}
references: [base]
rules: {demo/near: [warn, {minimum: 0.5}]}
overrides: [{files: a, rules: {demo/near: error, demo/plain: off}}]
ignore: [old]
failOn: never
`;

function load(cwd: string, cli: CliSettings) {
  return loadConfig({cwd, cli, plugins: [demo]});
}

test('the command line wins over the file, and adds to its lists', async () => {
  const root = folder({'.collapserc': file, 'sub[1]/x': ''});
  const cwd = join(root, 'sub[1]');
  const {config, origins} = await load(cwd, {
    rules: ['demo/near=off', 'demo/quiet=warn'],
    references: [{path: 'new.jsonl', role: 'previous'}],
    fields: ['text=a', 'text=b', 'id=x=y'],
    maxMalformed: '3',
    maxFindings: 7,
    failOn: 'warn',
    ignore: ['*.tmp', '/abs/**'],
  });
  expect(config.rules['demo/near']).toMatchObject({level: 'off', options: {minimum: 0.5}});
  expect(config.rules['demo/quiet']?.level).toBe('warn');
  expect(config.references).toEqual([
    {path: `${root}/base`, role: 'trusted'},
    {path: `${cwd}/new.jsonl`, role: 'previous'},
  ]);
  expect(config.fields).toEqual({text: ['a', 'b'], id: ['x=y']});
  expect(config).toMatchObject({maxMalformed: 3, maxFindings: 7, failOn: 'warn'});
  expect(config.ignore).toEqual(['old', 'sub\\[1\\]/*.tmp', '/abs/**']);
  expect(Object.fromEntries(origins)).toMatchObject({
    'rules.demo/near': '--rule',
    'rules.demo/near.minimum': '../.collapserc:4:28',
    'references.0': '../.collapserc:3:14',
    'references.1': '--reference',
    'fields.text': '--field',
    'ignore.1': '--ignore',
    maxMalformed: '--max-malformed',
    maxFindings: '--max-findings',
    failOn: '--fail-on',
  });
});

test('a level from the command line holds inside overrides', async () => {
  const {config} = await load(folder({'.collapserc': file}), {rules: ['demo/*=off', 'demo/quiet=warn']});
  const [override] = config.overrides;
  expect(override?.rules).toMatchObject({'demo/near': {level: 'off'}, 'demo/plain': {level: 'off'}});
  expect(config.rules['demo/near']?.level).toBe('off');
  expect(config.rules['demo/quiet']?.level).toBe('warn');
});

test('errors name the flag, all at once', async () => {
  const lines = await failure(() =>
    load(folder({'.collapserc': 'failOn: perhaps\n'}), {
      rules: ['demo/naer=warn', 'demo/near=loud', 'demo/near', '=off', 'none/*=off'],
      references: [
        {path: 'x', role: 'trustd'},
        {path: '', role: 'trusted'},
      ],
      fields: ['text', 'txt=a', 'text=a['],
      maxMalformed: '-1',
      maxFindings: '1e3',
      failOn: 'errors',
    }),
  );
  expect(lines).toEqual([
    '.collapserc:1:9 `failOn` must be `warn`, `error` or `never`, found `perhaps`.',
    '`--rule demo/naer=warn`: unknown rule `demo/naer`. Did you mean `demo/near`?',
    '`--rule demo/near=loud`: unknown level `loud`, expected `off`, `warn` or `error`.',
    '`--rule demo/near`: write it as `--rule id=level`; levels are `off`, `warn` or `error`.',
    '`--rule =off`: unknown rule ``.',
    '`--rule none/*=off`: unknown rule `none/*`.',
    '`--reference x`: unknown role `trustd`, expected `trusted`, `previous`, `benchmark` or `machine`. Did you mean `trusted`?',
    '`--reference` has an empty path.',
    '`--field text`: write it as `--field role=path`.',
    expect.stringContaining('`--field txt=a`: unknown role `txt`'),
    expect.stringContaining('`--field text=a[`: Field path `a[`'),
    '`--max-malformed` must be a whole number from 0, found `-1`.',
    '`--max-findings` must be a whole number from 0, found `1e3`.',
    '`--fail-on`: unknown level `errors`, expected `warn`, `error` or `never`. Did you mean `error`?',
  ]);
});
