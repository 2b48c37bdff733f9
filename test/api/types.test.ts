import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {compiler} from '../../scripts/lib/build.mjs';

const folder = fileURLToPath(new URL('types/', import.meta.url));

test('wrong code does not compile, right code does, against the types of the built package', () => {
  const {stdout} = spawnSync(process.execPath, [compiler()!, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  // A line for each mistake that the types let through, and each that they should not see.
  expect(stdout).toBe('');
});
