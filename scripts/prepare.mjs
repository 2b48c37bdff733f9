#!/usr/bin/env node
/**
 * npm runs this after `npm install` in a checkout, before `npm pack`, and when the package is installed from
 * git. A global install from git (pre-commit does that) comes without development dependencies, although it
 * needs them to build: https://github.com/npm/cli/issues/8440. They are then installed here first.
 *
 * The same npm runs its install of the clone with the outer --global, so it installs this package and its
 * dependencies where the outer one is just unpacking them, and now and then one of the two ends with ENOTEMPTY.
 * A package that bundles a dependency is unpacked before all others: that is why package.json bundles one, the
 * smallest.
 */
import {spawnSync} from 'node:child_process';
import {build, compiler, root} from './lib/build.mjs';

if (compiler() === undefined || process.env.npm_config_global === 'true') installCompiler();
process.exitCode = build();

function installCompiler() {
  const flags = ['install', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  const {npm_execpath: npm, ...inherited} = process.env;
  // The outer install's own settings must not reach into this one.
  const env = {...inherited, npm_config_global: 'false', npm_config_location: 'project', npm_config_omit: ''};
  delete env.npm_config_prefix;
  const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const {status} = spawnSync(command, [...before, ...flags], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: npm === undefined && process.platform === 'win32',
  });
  if (status === 0) return;
  console.error('collapse-gate: the development dependencies that the build needs could not be installed.');
  process.exit(status ?? 1);
}
