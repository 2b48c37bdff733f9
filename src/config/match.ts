import {isAbsolute, relative, resolve} from 'node:path';
import {compilePath} from '../api.js';
import type {Config, Override, RuleSetting} from './config.js';
import {compileGlob} from './glob.js';
import {slashes} from './resolve.js';
import {planVariants} from './variants.js';

export type RuleSet = Readonly<Record<string, RuleSetting>>;
type Fields = Readonly<Record<string, unknown>>;

/** What overrides ask about. */
interface Matched {
  readonly place: {readonly path: string};
  readonly fields: Fields;
}

export interface Variants {
  /** The distinct rule sets that records can have; the first is that of the config without overrides. */
  readonly ruleSets: readonly RuleSet[];
  /**
   * Index of the rule set of a record, from its path as displayed and its row, which is only looked at where some
   * override asks for a field. The same in every thread.
   */
  variant(record: Matched): number;
}

/** Which rules hold for which record. `cwd` is what displayed paths are relative to. */
export function variantOf(config: Config, cwd: string = process.cwd()): Variants {
  if (config.overrides.length === 0) return {ruleSets: [config.rules], variant: () => 0};
  const {ruleSets, states, start} = planVariants(config);
  const tests = config.overrides.map(override => compileOverride(override, config.root, cwd));
  return {
    ruleSets,
    variant(record) {
      let state = start;
      for (const [index, test] of tests.entries()) {
        if (test(record)) state = states[state]!.next[index]!;
      }
      return states[state]!.ruleSet;
    },
  };
}

function compileOverride({files, where = {}}: Override, root: string, cwd: string) {
  const matchesFile = files === undefined ? () => true : fileTest(files, root, cwd);
  const conditions = Object.entries(where).map(([path, wanted]) => fieldTest(path, wanted));
  return (record: Matched) =>
    matchesFile(record.place.path) && conditions.every(holds => holds(record.fields));
}

/** Records of a file come one after the other: the last answer is kept. */
function fileTest(globs: readonly string[], root: string, cwd: string): (path: string) => boolean {
  const tests = globs.map(compileGlob);
  let last: string | undefined;
  let answer = false;
  return path => {
    if (path !== last) {
      const fromRoot = relativeTo(root, path, cwd);
      answer = tests.some(test => test(fromRoot));
      last = path;
    }
    return answer;
  };
}

function relativeTo(root: string, path: string, cwd: string): string {
  if (path === '<stdin>') return path;
  return slashes(relative(root, isAbsolute(path) ? path : resolve(cwd, path)));
}

function fieldTest(path: string, wanted: unknown): (fields: Fields) => boolean {
  const get = compilePath(path);
  const allowed = new Set(Array.isArray(wanted) ? wanted : [wanted]);
  return fields => get(fields).some(value => allowed.has(value));
}
