import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {dirname, join, posix} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Import {
  readonly kind: 'static' | 'type' | 'dynamic';
  /** As written for a package, from the root of the checkout for a file of ours. */
  readonly target: string;
}

/** Import and export lines, and `import()`, of a source file. */
function importsOf(file: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const lines = code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const calls = code.matchAll(/\bimport\('([^']+)'\)/g);
  const target = (name: string) => {
    if (!name.startsWith('.')) return name;
    const path = posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts');
    return existsSync(join(root, `${path}x`)) ? `${path}x` : path;
  };
  return [
    ...[...lines].map(([, type, name]) => ({
      kind: type ? ('type' as const) : ('static' as const),
      target: target(name!),
    })),
    ...[...calls].map(([, name]) => ({kind: 'dynamic' as const, target: target(name!)})),
  ];
}

function sources(folder: string): string[] {
  // git keeps no empty folders.
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), {recursive: true})
    .map(name => posix.join(folder, String(name).replaceAll('\\', '/')))
    .filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts') && !name.endsWith('.as.ts'));
}

const files = ['src', 'rules', 'plugins'].flatMap(sources);
const imports = new Map(files.map(file => [file, importsOf(file, read(file))]));

/** `src/api.ts` and `src/api/rules.ts` are both of `src/api`. */
function layerOf(file: string): string {
  const [top, second] = file.split('/');
  return top === 'src' ? `src/${second!.replace(/\.tsx?$/, '')}` : top!;
}

/** The table under `<!-- layers -->` in docs/architecture.md: what each folder may import. */
const layers = new Map(
  read('docs/architecture.md')
    .split('<!-- layers -->')[1]!
    .split('\n')
    .map(line => /^\| `([\w/]+)` \|.*\|([^|]*)\|$/.exec(line))
    .filter(match => match !== null)
    .map(([, folder, allowed]) => [folder!, [...allowed!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)]),
);
const contracts = ['src/config/config.ts', 'src/report/report.ts'];

test('import lines are read in all their forms', () => {
  const source = [
    `import a from 'yaml';`,
    `import type {B} from './b.js';`,
    `import {\n  c,\n  type D,\n} from '../c/d.js';`,
    `import './e.js';`,
    `export {f} from './f.js';`,
    `export type {G} from './g.js';`,
    `// import {no} from 'no';`,
    `const later = () => import('./h.js');`,
    `export const text = 'not from \\'here\\'';`,
  ].join('\n');
  expect(importsOf('src/x/a.ts', source)).toEqual([
    {kind: 'static', target: 'yaml'},
    {kind: 'type', target: 'src/x/b.ts'},
    {kind: 'static', target: 'src/c/d.ts'},
    {kind: 'static', target: 'src/x/e.ts'},
    {kind: 'static', target: 'src/x/f.ts'},
    {kind: 'type', target: 'src/x/g.ts'},
    {kind: 'dynamic', target: 'src/x/h.ts'},
  ]);
});

test('docs/architecture.md names every folder', () => {
  expect(layers.size).toBeGreaterThan(10);
  expect([...new Set(files.map(layerOf))].filter(layer => !layers.has(layer))).toEqual([]);
});

test('the table has no circles', () => {
  const visit = (layer: string, above: readonly string[]): void => {
    expect(above, `${[...above, layer].join(' -> ')}`).not.toContain(layer);
    for (const next of layers.get(layer)!) visit(next, [...above, layer]);
  };
  for (const layer of layers.keys()) visit(layer, []);
});

test('dependencies point where docs/architecture.md says', () => {
  const wrong = files.flatMap(file =>
    imports
      .get(file)!
      .filter(({target}) => /\.tsx?$/.test(target) && layerOf(target) !== layerOf(file))
      .filter(({kind, target}) => !(kind === 'type' && contracts.includes(target)))
      .filter(({target}) => !layers.get(layerOf(file))!.includes(layerOf(target)))
      .map(({target}) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test.each(['rules', 'plugins'])('%s import only src/api.js and helpers of their own folder', folder => {
  const wrong = files
    .filter(file => file.startsWith(`${folder}/`) && file !== `${folder}/index.ts`)
    .flatMap(file =>
      imports
        .get(file)!
        .filter(({target}) => target !== 'src/api.ts' && !target.startsWith(`${dirname(file)}/`))
        .filter(({target}) => !target.startsWith('rules/statistics/'))
        // What a plugin brings besides is its own business: that is what plugins are for.
        .filter(({target}) => folder === 'rules' || /\.tsx?$/.test(target))
        .map(({target}) => `${file} imports ${target}`),
    );
  expect(wrong).toEqual([]);
});

describe('start', () => {
  /** Everything that is loaded with a file, before anything is called. */
  function loadedWith(file: string, seen = new Set<string>()): Set<string> {
    for (const {kind, target} of imports.get(file) ?? []) {
      if (kind !== 'static' || seen.has(target)) continue;
      seen.add(target);
      loadedWith(target, seen);
    }
    return seen;
  }
  const packages = (file: string) =>
    [...loadedWith(file)].filter(
      name => !/\.tsx?$/.test(name) && !name.startsWith('node:') && !builtinModules.includes(name),
    );

  test('src/cli/main.ts loads next to nothing', () => {
    const ours = [...loadedWith('src/cli/main.ts')].filter(name => name.endsWith('.ts'));
    expect(ours).toEqual(['src/cli/exit.ts']);
    expect(packages('src/cli/main.ts')).toEqual([]);
  });

  test.each(files.filter(file => file.startsWith('src/cli/commands/')))('%s loads no package', file => {
    expect(packages(file)).toEqual([]);
  });

  test('threads load no package', () => {
    expect(packages('src/engine/worker.ts')).toEqual([]);
  });
});
