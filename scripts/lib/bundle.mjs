#!/usr/bin/env node
/**
 * Puts the modules behind each entry of the package together in few files: loading hundreds of modules takes
 * longer than checking a small round. What is imported on demand stays in files of its own. The modules that
 * the compiler wrote stay beside them for scripts and measurements.
 */
import path from 'node:path';
import {build} from 'rolldown';
import {root} from './build.mjs';

const dist = path.join(root, 'dist');

/** Of the program, of its threads, and of those who import the package. */
const entries = ['src/cli/main', 'src/engine/worker', 'src/index'];

await build({
  input: Object.fromEntries(entries.map(entry => [entry, path.join(dist, `${entry}.js`)])),
  external: id => !id.startsWith('.') && !path.isAbsolute(id),
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
