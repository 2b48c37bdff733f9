import {readFile} from 'node:fs/promises';
import {describe, expect, it} from 'vitest';

const root = new URL('../../', import.meta.url);

describe('kernel.wasm.ts', () => {
  it('is what assembly/ compiles to (otherwise: npm run build:kernel)', async () => {
    const {compileKernel} = await import(new URL('scripts/build-kernel.mjs', root).href);
    const committed = await readFile(new URL('src/features/kernel/kernel.wasm.ts', root), 'utf8');
    // Git may have written other line ends.
    expect(committed.replaceAll('\r\n', '\n')).toBe(await compileKernel());
  }, 60_000);
});
