import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import transformers from '../../../plugins/transformers/index.js';
import {loadConfig} from '../../../src/config/load.js';
import {openGate} from '../../../src/index.js';
import {withLibrary, workshop} from './library.js';
import {makeModels} from './make-models.mjs';

afterEach(() => vi.unstubAllEnvs());

const page = readFileSync(join(import.meta.dirname, '../../../docs/transformers.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block!);

test('every config of docs/transformers.md can be used', async () => {
  expect(blocks.length).toBeGreaterThan(2);
  for (const block of blocks) {
    const cwd = workshop({'.collapserc': block});
    makeModels(join(cwd, 'models'));
    const {registry} = await loadConfig({cwd});
    expect(registry.providers.size).toBeGreaterThan(0);
  }
});

withLibrary('in a program', () => {
  test('the example of docs/transformers.md judges', async () => {
    const folder = workshop();
    makeModels(join(folder, 'models'));
    vi.stubEnv('COLLAPSE_CACHE_DIR', join(folder, 'cache'));
    const example = /```js\n(.*?)```/s.exec(page)![1]!;
    const body = example.replace(/^import .*\n/gm, '').replace('process.cwd()', 'folder');
    const run = new Function(
      'openGate',
      'transformers',
      'folder',
      `return (async () => {${body}; return gate;})()`,
    );
    const gate: Awaited<ReturnType<typeof openGate>> = await run(openGate, transformers, folder);
    const verdicts: string[] = [];
    const row = (answer: string) => ({query: '?', answer, contexts: ['The old boat is red.']});
    for await (const {verdict} of gate.judge([row('The boat is old.'), row('The boat is not old.')]))
      verdicts.push(verdict);
    await gate.round();
    expect(verdicts).toEqual(['accept', 'reject']);
  });
});
