import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach} from 'vitest';
import {defineGate, definePlugin, defineRecordRule, type Plugin} from '../../src/api.js';
import {ConfigError} from '../../src/config/error.js';

/** A plugin with one of everything that a config can name; ids that no built-in rule has. */
export const demo: Plugin = definePlugin({
  name: 'demo',
  rules: [
    rule('demo/near', 'error', {
      minimum: {type: 'number', default: 0.8, minimum: 0, maximum: 1, description: 'Least similarity.'},
      words: {type: 'integer', default: 3, minimum: 1, description: 'Least number of words.'},
      mode: {type: 'string', default: 'fast', enum: ['fast', 'exact'], description: 'How it looks.'},
      skip: {type: 'array', default: ['a'], items: {type: 'string'}, description: 'Words to skip.'},
      strict: {type: 'boolean', default: false, description: 'Looks twice.'},
    }),
    rule('demo/plain', 'warn', {}),
    rule('demo/quiet', 'off', {}),
    rule('demo/nested/deep', 'warn', {}),
  ],
  gates: [
    defineGate({
      ...about('demo/novelty'),
      scope: 'record',
      recommended: true,
      signals: ['novelty'],
      else: 'reject',
      onAbstain: 'accept',
      options: {least: {type: 'number', default: 0.2, minimum: 0, maximum: 1, description: 'Least novelty.'}},
      judge: ({novelty = 0}, {least}) => ({pass: novelty >= least}),
    }),
    defineGate({
      ...about('demo/round'),
      scope: 'round',
      recommended: false,
      measures: ['length.median'],
      onAbstain: 'abstain',
      options: {},
      judge: () => ({status: 'pass', message: 'fine'}),
    }),
  ],
  presets: {
    careful: {rules: {'demo/quiet': 'warn', 'demo/near': ['error', {minimum: 0.6}]}, fields: {text: 'body'}},
    broken: {rules: {'demo/near': ['error', {minimum: 7}]}},
  },
});

function rule(
  id: string,
  recommended: 'off' | 'warn' | 'error',
  options: Parameters<typeof defineRecordRule>[0]['options'],
) {
  return defineRecordRule({
    ...about(id),
    recommended,
    options,
    messages: {},
    examples: {pass: [], fail: []},
    create: () => () => {},
  });
}

function about(id: string) {
  return {id, summary: `Looks at ${id}.`, why: 'It matters.', advice: 'Look.', since: '0.1.0'};
}

const folders: string[] = [];

/** A fresh folder with the given files; removed after the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  // Resolved: what packages are found through is the real path, and macOS links its temporary folder.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'collapse-config-')));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), {recursive: true});
    writeFileSync(join(root, name), content);
  }
  return root;
}

afterEach(() => {
  for (const root of folders.splice(0)) rmSync(root, {recursive: true, force: true});
});

/** The lines of the ConfigError that the call ends with. */
export async function failure(call: () => unknown): Promise<string[]> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  throw new Error('expected a ConfigError');
}

/** The source of a plugin module with one rule and one preset. */
export function pluginModule(name: string, changes = ''): string {
  return `
const rule = {
  kind: 'record', id: '${name}/ascii', summary: 'Flags non-ASCII.', why: 'Because.', advice: 'Fix it.',
  since: '1.0.0', recommended: 'warn', messages: {}, examples: {pass: [], fail: []},
  options: {most: {type: 'integer', default: 0, minimum: 0, description: 'Characters allowed.'}},
  create: () => () => {},
};
const plugin = {name: '${name}', rules: [rule], presets: {all: {rules: {'${name}/ascii': 'error'}}}};
${changes}
export default plugin;
`;
}
