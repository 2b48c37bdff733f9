#!/usr/bin/env node
/** `npm run build`: compiles src, rules and plugins to dist. */
import {build, compiler} from './lib/build.mjs';

if (compiler() === undefined) {
  console.error('TypeScript is not installed. Run `npm install` first.');
  process.exitCode = 2;
} else process.exitCode = build();
