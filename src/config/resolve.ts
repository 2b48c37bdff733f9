import {existsSync, readFileSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {isAbsolute, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {quote} from './error.js';
import {isMapping} from './file.js';

/**
 * The file that a path or package name stands for, looked up from the folder of the config that names it.
 * @throws Error that says what to install or to fix.
 */
export function resolveFrom(name: string, dir: string): string {
  if (name.startsWith('file://')) return fileURLToPath(name);
  const require = createRequire(join(dir, 'collapserc'));
  const isPath = /^\.{1,2}([\\/]|$)/.test(name) || isAbsolute(name);
  const file = isPath ? resolve(dir, name) : undefined;
  if (file !== undefined && isFile(file)) return file;
  try {
    const found = require.resolve(name);
    if (isAbsolute(found)) return found;
  } catch (error) {
    const found = isPath ? undefined : (importEntry(name, require) ?? own(name));
    if (found !== undefined) return found;
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
  }
  if (isPath) throw new Error(`There is no file ${quote(name)} in ${quote(dir)}.`);
  if (isFile(join(dir, name)))
    throw new Error(`${quote(name)} is no package. Did you mean ${quote(`./${name}`)}?`);
  throw new Error(`Package ${quote(name)} is not installed. Run ${quote(`npm install --save-dev ${name}`)}.`);
}

/** A reference as an absolute path or glob pattern, with `/` between folders. */
export function resolveReference(dir: string, path: string): string {
  return slashes(resolve(dir, path));
}

/** As messages show a file: relative to the working folder, with `/` between folders. */
export function displayPath(file: string, cwd: string): string {
  return slashes(relative(cwd, file)) || '.';
}

export function slashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** The tool's own plugins, where it is not installed beside the config: globally, or run by `npx`. */
function own(name: string): string | undefined {
  if (!name.startsWith('collapse-gate/')) return undefined;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}

/** The entry of a package that only exports to `import`, which `require.resolve` refuses to name. */
function importEntry(name: string, require: NodeJS.Require): string | undefined {
  const [, root = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(name) ?? [];
  for (const folder of require.resolve.paths(name) ?? []) {
    const manifest = join(folder, root, 'package.json');
    if (!existsSync(manifest)) continue;
    const {exports}: {exports?: unknown} = JSON.parse(readFileSync(manifest, 'utf8'));
    const key = `.${rest}`;
    const target = isMapping(exports) && Object.hasOwn(exports, key) ? exports[key] : key === '.' && exports;
    const entry = importTarget(target);
    if (entry !== undefined) return join(folder, root, entry);
  }
  return undefined;
}

function importTarget(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isMapping(target)) return undefined;
  for (const [condition, nested] of Object.entries(target)) {
    if (!['import', 'node', 'default'].includes(condition)) continue;
    const entry = importTarget(nested);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function isFile(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isFile() ?? false;
}
