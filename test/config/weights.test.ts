import {expect, test} from 'vitest';
import {configHash} from '../../src/config/hash.js';
import {loadConfig} from '../../src/config/load.js';
import {renderConfig} from '../../src/config/render.js';
import {weightDefaults, weightsOf} from '../../src/config/weights.js';
import {folder} from './demo.js';

const load = (text: string) => loadConfig({cwd: folder({'.collapserc': text})});

test('a config that says nothing of weights is what it was, and the defaults hold', async () => {
  const {config} = await load('{}');
  expect(config).not.toHaveProperty('weights');
  expect(weightsOf(config)).toEqual(weightDefaults);
});

test('what is said is merged by key over what is extended, shown with its origin, and hashed', async () => {
  const preset = 'extends: collapse:detector-resampling';
  const loaded = await load(`${preset}\nweights: {repeats: 10}\n`);
  expect(loaded.config.weights).toEqual({...weightDefaults, signal: 'detector', repeats: 10});
  const shown = renderConfig(loaded);
  expect(shown).toMatch(/^ {2}signal: detector +# collapse:detector-resampling$/m);
  expect(shown).toMatch(/^ {2}repeats: 10 +# \.collapserc:2:11$/m);
  expect(configHash(loaded.config)).not.toBe(configHash((await load(preset)).config));
  // What `collapse config` prints means the same.
  expect((await load(shown)).config.weights).toEqual(loaded.config.weights);
});

test.each([
  ['weights: {signl: novelty}', 'Unknown key `signl` in `weights`. Did you mean `signal`?'],
  ['weights: {power: 0}', '`weights.power` must be at least 0.01'],
  ['weights: {of: rejected}', '`weights.of` must be'],
])('%s is an error that says where and what', async (text, message) => {
  await expect(load(text)).rejects.toThrow(message);
});
