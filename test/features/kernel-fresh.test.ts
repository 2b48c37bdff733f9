import {readFile} from 'node:fs/promises';
import {describe, expect, it} from 'vitest';

const root = new URL('../../', import.meta.url);
const {compileKernel, kernels} = await import(new URL('scripts/build-kernel.mjs', root).href);

describe('kernel.wasm.ts', () => {
  it.each(kernels as string[])(
    'of %s is what its assembly/ compiles to (otherwise: npm run build:kernel)',
    async folder => {
      const committed = await readFile(new URL(`src/${folder}/kernel.wasm.ts`, root), 'utf8');
      // Git may have written other line ends.
      expect(committed.replaceAll('\r\n', '\n')).toBe(await compileKernel(folder));
    },
    60_000,
  );
});
