#!/usr/bin/env node
/**
 * Puts the modules behind each entry of the package together in few files: loading hundreds of modules takes
 * longer than checking a small round. What is imported on demand stays in files of its own. The modules that
 * the compiler wrote stay beside them for scripts and measurements.
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {build} from 'rolldown';
import {root} from './build.mjs';

const dist = path.join(root, 'dist');

/** Of the program, of its threads, and of those who import the package. */
const entries = ['src/cli/main', 'src/engine/worker', 'src/corpus/convert/parquet-thread', 'src/index'];

/** Dependencies of many modules that every run with a config loads. They and what they import go in. */
const taken = /^(?:yaml|ajv)(?:\/|$)/;
const isOurs = file => !file?.includes(`${path.sep}node_modules${path.sep}`);

const {output} = await build({
  input: Object.fromEntries(entries.map(entry => [entry, path.join(dist, `${entry}.js`)])),
  external: (id, importer) =>
    id.startsWith('node:') ||
    (isOurs(importer) && !/^\.|^\//.test(id) && !path.isAbsolute(id) && !taken.test(id)),
  platform: 'node',
  logLevel: 'warn',
  output: {
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    comments: false,
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
