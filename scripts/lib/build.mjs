import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

/** The checkout, and the program that a build ends with. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = path.join(root, 'dist', 'src', 'cli', 'main.js');

const require = createRequire(import.meta.url);
const sources = ['src', 'rules', 'plugins'];

/** Path of the TypeScript compiler; undefined where development dependencies are not installed. */
export function compiler() {
  try {
    const manifest = require.resolve('typescript/package.json');
    return path.join(path.dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.tsc);
  } catch {
    return undefined;
  }
}

/** Compiles, bundles, and removes what older builds left of sources that are gone. Returns the exit status. */
export function build() {
  const {status} = spawnSync(process.execPath, [compiler(), '-p', 'tsconfig.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) return status ?? 1;
  for (const file of filesIn(path.join(root, 'dist'))) {
    const source = path.join(
      root,
      path.relative(path.join(root, 'dist'), file).replace(/(\.d\.ts|\.js)$/, ''),
    );
    if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(file);
  }
  const bundled = spawnSync(process.execPath, [fileURLToPath(new URL('bundle.mjs', import.meta.url))], {
    stdio: 'inherit',
  });
  if (bundled.status !== 0) return bundled.status ?? 1;
  // npm does this for packages, not for a checkout that is run in place.
  chmodSync(program, 0o755);
  return 0;
}

/** Whether there is no build, or a source is newer than it. */
export function isStale() {
  if (!existsSync(program)) return true;
  const built = statSync(program).mtimeMs;
  return sources.some(folder =>
    filesIn(path.join(root, folder)).some(file => statSync(file).mtimeMs > built),
  );
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name));
}
