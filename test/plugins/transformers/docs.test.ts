import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {loadConfig} from '../../../src/config/load.js';
import {workshop} from './library.js';
import {makeModels} from './make-models.mjs';

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
