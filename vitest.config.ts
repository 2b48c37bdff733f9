import {defineConfig} from 'vitest/config';

/** Where to write results as JSON, for scripts that count them. */
const results = process.env.COLLAPSE_TEST_RESULTS;

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Two slow cores with other work on them must not fail a test.
    testTimeout: 30_000,
    reporters: results === undefined ? ['default'] : ['default', ['json', {outputFile: results}]],
  },
});
