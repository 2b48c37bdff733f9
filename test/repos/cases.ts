import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Ajv2020} from 'ajv/dist/2020.js';
import {parse} from 'yaml';

const root = fileURLToPath(new URL('../../fixtures/repos', import.meta.url));

/** What a person wrote down that must come out, of a commit or of a pull request. */
export interface Outcome {
  readonly exit: 0 | 1 | 2 | 3;
  /** `LEVEL RULE PATH:LINE`, in the order of the report; none where there is no report. */
  readonly findings?: readonly string[];
  /** What rules say of the change as a whole: `LEVEL RULE PATH:LINE`, or without a place `LEVEL RULE`. */
  readonly round?: readonly string[];
  /** Round gates that fail. */
  readonly gates?: readonly string[];
  /** What a person sees: each of these, in this order; none: nothing at all. */
  readonly says?: readonly string[];
  /** Annotations on the pull request. */
  readonly annotations?: readonly string[];
  /** `LEVEL RULE PATH:LINE` of each result of the SARIF file. */
  readonly sarif?: readonly string[];
}

/** `expected.yml` of a case; fixtures/repos/README.md says what each key means. */
export interface Expected {
  readonly what: string;
  readonly how?: 'merge' | 'worktree' | 'shallow' | 'submodule' | 'lfs-not-fetched';
  readonly args?: readonly string[];
  readonly change?: Readonly<Record<'files' | 'moved' | 'added' | 'stayed' | 'gone', number>>;
  readonly hook?: Outcome;
  readonly ci?: Outcome;
}

export interface Case {
  readonly name: string;
  readonly expected: Expected;
  /** Files of a stage (`before`, `after`, in merges `ours` and `theirs`), by path; undefined where it has no folder. */
  files(stage: string): ReadonlyMap<string, Buffer> | undefined;
}

const strings = {type: 'array', items: {type: 'string'}};
const count = {type: 'integer', minimum: 0};
const outcome = {
  type: 'object',
  required: ['exit'],
  additionalProperties: false,
  properties: {
    exit: {enum: [0, 1, 2, 3]},
    findings: strings,
    round: strings,
    gates: strings,
    says: strings,
    annotations: strings,
    sarif: strings,
  },
};
const isExpected = new Ajv2020({allErrors: true}).compile<Expected>({
  type: 'object',
  required: ['what'],
  anyOf: [{required: ['hook']}, {required: ['ci']}],
  additionalProperties: false,
  properties: {
    what: {type: 'string', minLength: 10},
    how: {enum: ['merge', 'worktree', 'shallow', 'submodule', 'lfs-not-fetched']},
    args: strings,
    change: {
      type: 'object',
      required: ['files', 'moved', 'added', 'stayed', 'gone'],
      additionalProperties: false,
      properties: {files: count, moved: count, added: count, stayed: count, gone: count},
    },
    hook: outcome,
    ci: outcome,
  },
});

/** Every folder of fixtures/repos. A mistake in one of them is an error, not a case that tests nothing. */
export function readCases(): Case[] {
  const folders = readdirSync(root, {withFileTypes: true}).filter(entry => entry.isDirectory());
  return folders.map(({name}) => readCase(join(root, name))).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readCase(folder: string): Case {
  const expected: unknown = parse(readFileSync(join(folder, 'expected.yml'), 'utf8'));
  if (!isExpected(expected)) {
    const said = isExpected.errors!.map(({instancePath, message}) => `${instancePath || '/'} ${message}`);
    throw new Error(`${basename(folder)}/expected.yml: ${said.join('; ')}`);
  }
  const stages = expected.how === 'merge' ? ['before', 'ours', 'theirs', 'after'] : ['before', 'after'];
  const others = readdirSync(folder).filter(name => name !== 'expected.yml' && !stages.includes(name));
  if (others.length > 0) throw new Error(`${basename(folder)}: nothing reads ${others.join(', ')}`);
  return {name: basename(folder), expected, files: stage => filesIn(join(folder, stage))};
}

function filesIn(folder: string): Map<string, Buffer> | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile());
  return new Map(
    files.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join('/'), readFileSync(path)];
    }),
  );
}
