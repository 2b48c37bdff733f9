import {expect, test} from 'vitest';
import {loadConfig} from '../../src/config/load.js';
import {failure, folder} from './demo.js';

const file = 'gates: {novelty: {minimum: 0.5, else: quarantine}, duplication: off}\n';

const load = (gates: readonly string[], text = file) =>
  loadConfig({cwd: folder({'.collapserc': text}), cli: {gates}});

test('switches gates and sets options, on top of the file', async () => {
  const {config, origins} = await load(['novelty.minimum=0.3', 'duplication=on', 'findings.warnings=true']);
  expect(config.gates.novelty).toMatchObject({enabled: true, options: {minimum: 0.3, else: 'quarantine'}});
  expect(config.gates.duplication).toMatchObject({enabled: true, options: {maximum: 0.1}});
  expect(config.gates.findings).toMatchObject({enabled: true, options: {warnings: true}});
  expect(origins.get('gates.novelty.minimum')).toBe('--gate');
  expect(origins.get('gates.novelty.else')).toMatch(/^\.collapserc:/);
});

test('off keeps the options of the file; on and an option go together; the last one counts', async () => {
  const {config} = await load([
    'novelty=off',
    'duplication=on',
    'duplication.maximum=1',
    'duplication.maximum=0',
  ]);
  expect(config.gates.novelty).toMatchObject({enabled: false, options: {minimum: 0.5}});
  expect(config.gates.duplication).toMatchObject({enabled: true, options: {maximum: 0}});
});

test('options that every gate has', async () => {
  const {config} = await load(['novelty.onAbstain=reject', 'duplication.onAbstain=fail']);
  expect(config.gates.novelty?.options.onAbstain).toBe('reject');
  expect(config.gates.duplication).toMatchObject({enabled: true, options: {onAbstain: 'fail'}});
});

test.each([
  ['novelti=on', '--gate Unknown gate `novelti`. Did you mean `novelty`?'],
  ['novelty.minimm=0.3', '--gate Unknown option `minimm` of novelty. Did you mean `minimum`?'],
  ['novelty.minimum=2', '--gate Option `minimum` of novelty must be at most 1, found `2`.'],
  ['novelty.minimum=lots', '--gate Option `minimum` of novelty must be a number, found `lots`.'],
  ['novelty.minimum=', '--gate Option `minimum` of novelty must be a number, found empty text.'],
  ['findings.warnings=maybe', '--gate Option `warnings` of findings must be'],
  ['novelty=maybe', '--gate Gate novelty must be `on`, `off` or a mapping, found `maybe`.'],
  ['duplicate/near=off', '--gate `duplicate/near` is a rule.'],
  ['novelty', '`--gate novelty`: write it as `--gate id=on`, `--gate id=off` or `--gate id.option=value`.'],
  ['=on', '`--gate =on`: write it as'],
  ['novelty.=1', '`--gate novelty.=1`: write it as'],
  ['__proto__.x=1', '--gate Unknown gate `__proto__`.'],
])('refuses %s', async (text, message) => {
  expect((await failure(() => load([text]))).join('\n')).toContain(message);
});

test('refuses options of a gate that is switched off, and names everything that is wrong', async () => {
  const said = (await failure(() => load(['novelty=off', 'novelty.minimum=0.3', 'nothing']))).join('\n');
  expect(said).toContain('`--gate novelty=off`: options of it are set too.');
  expect(said).toContain('`--gate nothing`: write it as');
});
