import {expect, test} from 'vitest';
import {loadConfig} from '../../src/config/load.js';
import {demo, failure, folder} from './demo.js';

function check(text: string): Promise<string[]> {
  const cwd = folder({'.collapserc': text});
  return failure(() => loadConfig({cwd, plugins: [demo]}));
}

test.each<[string, string, string]>([
  ['top-level key', 'rule: {}\n', '.collapserc:1:1 Unknown key `rule`. Did you mean `rules`?'],
  [
    'rule',
    'rules:\n  demo/naer: warn\n',
    '.collapserc:2:3 Unknown rule `demo/naer`. Did you mean `demo/near`?',
  ],
  [
    'rule without its family',
    'rules:\n  quiet: warn\n',
    '.collapserc:2:3 Unknown rule `quiet`. Did you mean `demo/quiet`?',
  ],
  [
    'rule of an unknown family',
    'rules: {nobody/knows: warn}\n',
    '.collapserc:1:9 Unknown rule `nobody/knows`. If a plugin brings it, name the plugin under `plugins`.',
  ],
  ['family', 'rules: {dmo/*: off}\n', '.collapserc:1:9 Unknown rule `dmo/*`. Did you mean `demo/*`?'],
  [
    'level',
    'rules:\n  demo/near: warning\n',
    '.collapserc:2:14 Level of demo/near must be `off`, `warn`, `error` or a list, found `warning`. Did you mean `warn`?',
  ],
  [
    'level in a list',
    'rules:\n  demo/near: [eror, {}]\n',
    '.collapserc:2:15 Level of demo/near must be `off`, `warn` or `error`, found `eror`. Did you mean `error`?',
  ],
  [
    'level of a family',
    'rules: {demo/*: true}\n',
    '.collapserc:1:17 Level of demo/* must be `off`, `warn` or `error`, found `true`.',
  ],
  [
    'empty level',
    'rules:\n  demo/near:\n',
    '.collapserc:2:13 Level of demo/near must be `off`, `warn`, `error` or a list, found nothing.',
  ],
  [
    'option',
    'rules:\n  demo/near:\n    - error\n    - maximum: 1\n',
    '.collapserc:4:7 Unknown option `maximum` of demo/near. Did you mean `minimum`?',
  ],
  [
    'option of a rule without any',
    'rules:\n  demo/plain: [warn, {x: 1}]\n',
    '.collapserc:2:23 Unknown option `x` of demo/plain. It has no options.',
  ],
  [
    'option over its range',
    'rules:\n  demo/near: [warn, {minimum: 1.5}]\n',
    '.collapserc:2:31 Option `minimum` of demo/near must be at most 1, found `1.5`.',
  ],
  [
    'option under its range',
    'rules: {demo/near: [warn, {words: 0}]}\n',
    '.collapserc:1:35 Option `words` of demo/near must be at least 1, found `0`.',
  ],
  [
    'option with a fraction',
    'rules: {demo/near: [warn, {words: 1.5}]}\n',
    '.collapserc:1:35 Option `words` of demo/near must be a whole number, found `1.5`.',
  ],
  [
    'option that is no number',
    'rules: {demo/near: [warn, {minimum: .nan}]}\n',
    '.collapserc:1:37 Option `minimum` of demo/near must be a number, found `NaN`.',
  ],
  [
    'choice',
    'rules: {demo/near: [warn, {mode: fsat}]}\n',
    '.collapserc:1:34 Option `mode` of demo/near must be `fast` or `exact`, found `fsat`. Did you mean `fast`?',
  ],
  [
    'list option',
    'rules: {demo/near: [warn, {skip: [a, 1]}]}\n',
    '.collapserc:1:38 Option `skip[1]` of demo/near must be text, found `1`.',
  ],
  [
    'options that are none',
    'rules: {demo/near: [warn, 3]}\n',
    '.collapserc:1:27 The options of demo/near must be a mapping, found `3`.',
  ],
  [
    'a third item',
    'rules: {demo/near: [warn, {}, {}]}\n',
    '.collapserc:1:20 Level of demo/near must be a list of at most 2 items, found a list.',
  ],
  [
    'empty list',
    'rules: {demo/near: []}\n',
    '.collapserc:1:20 Level of demo/near must not be empty, found an empty list.',
  ],
  [
    'gate',
    'gates: {demo/noveltie: on}\n',
    '.collapserc:1:9 Unknown gate `demo/noveltie`. Did you mean `demo/novelty`?',
  ],
  [
    'gate setting',
    'gates: {demo/novelty: true}\n',
    '.collapserc:1:23 Gate demo/novelty must be `on`, `off` or a mapping, found `true`.',
  ],
  [
    'option of a gate',
    'gates:\n  demo/novelty:\n    els: reject\n',
    '.collapserc:3:5 Unknown option `els` of demo/novelty. Did you mean `else`?',
  ],
  [
    'verdict',
    'gates: {demo/novelty: {else: accept}}\n',
    '.collapserc:1:30 Option `else` of demo/novelty must be `quarantine` or `reject`, found `accept`.',
  ],
  [
    'abstention of a round gate',
    'gates: {demo/round: {onAbstain: accept}}\n',
    '.collapserc:1:33 Option `onAbstain` of demo/round must be `pass`, `fail` or `abstain`, found `accept`.',
  ],
  [
    'a record gate option on a round gate',
    'gates: {demo/round: {else: reject}}\n',
    '.collapserc:1:22 Unknown option `else` of demo/round.',
  ],
  [
    'a rule among gates',
    'gates: {demo/near: on}\n',
    '.collapserc:1:9 `demo/near` is a rule. Put it under `rules`.',
  ],
  [
    'a gate among rules',
    'rules: {demo/round: error}\n',
    '.collapserc:1:9 `demo/round` is a gate. Put it under `gates`.',
  ],
  [
    'field role',
    'fields: {promt: q}\n',
    '.collapserc:1:10 Unknown field role `promt`. Did you mean `prompt`?',
  ],
  ['field path', 'fields: {text: 3}\n', '.collapserc:1:16 `fields.text` must be text or a list, found `3`.'],
  [
    'empty field path',
    'fields: {text: ""}\n',
    '.collapserc:1:16 `fields.text` must not be empty, found empty text.',
  ],
  [
    'role of a reference',
    'references:\n  - path: a\n    role: tursted\n',
    '.collapserc:3:11 `references[0].role` must be `trusted`, `previous`, `benchmark` or `machine`, found `tursted`. Did you mean `trusted`?',
  ],
  [
    'reference without a path',
    'references:\n  - role: previous\n',
    '.collapserc:2:5 `references[0]` has no `path`. Add it.',
  ],
  [
    'reference of a wrong kind',
    'references: [3]\n',
    '.collapserc:1:14 `references[0]` must be text or a mapping, found `3`.',
  ],
  [
    'override that holds for all',
    'overrides:\n  - rules: {demo/near: off}\n',
    '.collapserc:2:5 `overrides[0]` must have `files` or `where`. What holds for all records stands in `rules`.',
  ],
  [
    'override without rules',
    'overrides: [{files: a}]\n',
    '.collapserc:1:13 `overrides[0]` has no `rules`. Add it.',
  ],
  [
    'key of an override',
    'overrides: [{file: a, where: {x: 1}, rules: {}}]\n',
    '.collapserc:1:14 Unknown key `file` in `overrides[0]`. Did you mean `files`?',
  ],
  [
    'rule in an override',
    'overrides:\n  - files: a\n    rules: {demo/nea: off}\n',
    '.collapserc:3:13 Unknown rule `demo/nea`. Did you mean `demo/near`?',
  ],
  [
    'option in an override',
    'overrides:\n  - files: a\n    rules:\n      demo/near: [warn, {minimun: 1}]\n',
    '.collapserc:4:26 Unknown option `minimun` of demo/near. Did you mean `minimum`?',
  ],
  [
    'value in where',
    'overrides: [{where: {lang: }, rules: {}}]\n',
    '.collapserc:1:28 `overrides[0].where.lang` must be text, a number, true or false or a list, found nothing.',
  ],
  ['count', 'maxMalformed: -1\n', '.collapserc:1:15 `maxMalformed` must be at least 0, found `-1`.'],
  [
    'count that is text',
    'maxFindings: "5"\n',
    '.collapserc:1:14 `maxFindings` must be a whole number, found `5`.',
  ],
  [
    'failOn',
    'failOn: errors\n',
    '.collapserc:1:9 `failOn` must be `warn`, `error` or `never`, found `errors`. Did you mean `error`?',
  ],
  ['empty section', 'rules:\n', '.collapserc:1:7 `rules` must be a mapping, found nothing.'],
  ['ignore', 'ignore: "*.md"\n', '.collapserc:1:9 `ignore` must be a list, found `*.md`.'],
  ['a list at the top', '- rules\n', '.collapserc:1:1 A config must be a mapping, found a list.'],
  [
    'preset',
    'extends: collapse:strickt\n',
    '.collapserc:1:10 Unknown preset `collapse:strickt`. Did you mean `collapse:strict`?',
  ],
  [
    'preset of a plugin that is not there',
    'extends: [other:all]\n',
    '.collapserc:1:11 Unknown preset `other:all`. If a plugin brings it, name the plugin under `plugins`.',
  ],
])('%s', async (_, text, message) => {
  expect(await check(text)).toEqual([message]);
});

test('JSON gets the same places, tabs and CRLF included', async () => {
  const text = '{\r\n\t"rules": {\r\n\t\t"demo/near": ["warn", {"maximum": 1}]\r\n\t}\r\n}\r\n';
  expect(await check(text)).toEqual([
    '.collapserc:3:26 Unknown option `maximum` of demo/near. Did you mean `minimum`?',
  ]);
});

test('a byte order mark does not move columns', async () => {
  expect(await check('\uFEFFrulez: {}\n')).toEqual([
    '.collapserc:1:1 Unknown key `rulez`. Did you mean `rules`?',
  ]);
});

test('all errors at once, in the order of the file', async () => {
  const text = 'failOn: no\nrules:\n  demo/near: [warn, {minimum: 2, words: x}]\n  x: off\nmaxFindings: -2\n';
  expect((await check(text)).map(line => line.split(' ')[0])).toEqual([
    '.collapserc:1:9',
    '.collapserc:3:31',
    '.collapserc:3:41',
    '.collapserc:4:3',
    '.collapserc:5:14',
  ]);
});

test('field paths and globs that cannot be read', async () => {
  const text =
    'fields: {text: [ok, "a["]}\noverrides:\n  - files: "!(a)"\n    where: {"b[": 1}\n    rules: {}\n';
  expect(await check(text)).toEqual([
    expect.stringMatching(/^\.collapserc:1:21 Field path `a\[`: /),
    '.collapserc:3:12 Glob pattern `!(a)` cannot be used: `!`, `@(…)` and the like are not supported.',
    expect.stringMatching(/^\.collapserc:4:13 Field path `b\[`: /),
  ]);
});
