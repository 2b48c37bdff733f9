#!/usr/bin/env node
/**
 * Puts the modules behind each entry of the package together in few files: loading hundreds of modules takes
 * longer than checking a small round. What is imported on demand stays in files of its own. The modules that
 * the compiler wrote stay beside them for scripts and measurements.
 */
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {build} from 'rolldown';
import {root} from './build.mjs';

const dist = path.join(root, 'dist');

/** Of the program, of its threads, and of those who import the package. */
const entries = ['src/cli/main', 'src/engine/worker', 'src/corpus/convert/parquet-thread', 'src/index'];

/** What `check` imports on demand, but each time. */
const checked = ['src/run/exceptions', 'src/report/stylish'];

/** Dependencies of many modules that every run with a config loads. They and what they import go in. */
const taken = /^(?:yaml|ajv)(?:\/|$)/;
const isOurs = file => !file?.includes(`${path.sep}node_modules${path.sep}`);

/** The modules that these and what they import statically come from. */
function behind(...names) {
  const found = new Set();
  const visit = file => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    const code = readFileSync(file, 'utf8');
    for (const [, from] of code.matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)';$/gm))
      visit(path.resolve(path.dirname(file), from));
  };
  for (const name of names) visit(path.join(dist, `${name}.js`));
  return found;
}

/** What each run loads: in one file, so that it need not be put together of many small ones. */
const shared = behind('src/engine/worker');
// An entry stays one: it runs when it is loaded.
for (const entry of entries) shared.delete(path.join(dist, `${entry}.js`));
const command = behind('src/cli/commands/check', ...checked);
/** What the program is before it knows what is asked of it: `--version` and `--help` load nothing else. */
const start = behind('src/cli/exit', 'src/run/version');

const {output} = await build({
  input: Object.fromEntries(entries.map(entry => [entry, path.join(dist, `${entry}.js`)])),
  external: (id, importer) =>
    id.startsWith('node:') ||
    (isOurs(importer) && !/^\.|^\//.test(id) && !path.isAbsolute(id) && !taken.test(id)),
  platform: 'node',
  logLevel: 'warn',
  // What each run of `check` loads is in one file, also where other commands load it on demand.
  checks: {ineffectiveDynamicImport: false},
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    comments: false,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {name: 'start', test: id => start.has(id), priority: 3},
        {name: 'engine', test: id => shared.has(id), priority: 2},
        {name: 'check', test: id => command.has(id), priority: 1},
      ],
    },
    // As deep as the modules, which look for what stands above `dist`.
    chunkFileNames: 'src/bundled/[name]-[hash].js',
  },
});

// Their licences ask to go where the code goes.
const folders = output
  .flatMap(({moduleIds = []}) => moduleIds)
  .flatMap(id => id.match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0] ?? []);
const notices = [...new Set(folders)].sort().map(folder => {
  const {name, version, license} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(file => /^licen[cs]e/i.test(file));
  if (file === undefined) throw new Error(`${name} has no file with its licence.`);
  return `${name} ${version} (${license})\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
});
writeFileSync(path.join(dist, 'src', 'bundled', 'LICENSES.txt'), notices.join('\n---\n\n'));
