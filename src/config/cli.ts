import {isAbsolute, relative} from 'node:path';
import type {Level, Role} from '../api.js';
import {compilePath} from '../api.js';
import {markdownUnits, textUnits} from '../corpus/units.js';
import type {Config, FieldRole} from './config.js';
import {addIgnore, addReference, type Draft, matching} from './draft.js';
import {alternatives, type Problem, quote} from './error.js';
import {failOnLevels, fieldRoles, levels, roles} from './file.js';
import {resolveReference, slashes} from './resolve.js';
import {suggest} from './suggest.js';

/** Settings from the command line, split at their flags and not yet checked. They win over every config. */
export interface CliSettings {
  /** `id=level` or `family/*=level`; holds inside overrides too. */
  readonly rules?: readonly string[] | undefined;
  /** `id=on`, `id=off` or `id.option=value`. */
  readonly gates?: readonly string[] | undefined;
  /** Added to those of the config; paths are relative to the working folder. */
  readonly references?: readonly {readonly path: string; readonly role: string}[] | undefined;
  /** `role=path`; several for one role are tried in order and replace those of the config. */
  readonly fields?: readonly string[] | undefined;
  /** `text=paragraph`, `markdown=section`. */
  readonly records?: readonly string[] | undefined;
  readonly maxMalformed?: string | number | undefined;
  readonly maxFindings?: string | number | undefined;
  readonly sampleAbove?: string | number | undefined;
  readonly failOn?: string | undefined;
  /** Added to those of the config; relative to the working folder. */
  readonly ignore?: readonly string[] | undefined;
}

/** Puts the command line on top of the draft; returns what is wrong with it, by flag. */
export function applyCli(draft: Draft, cli: CliSettings, cwd: string, root: string): Problem[] {
  const problems: string[] = [];
  for (const text of cli.rules ?? []) applyRule(draft, text, problems);
  for (const {path, role} of cli.references ?? []) {
    if (path === '') problems.push('`--reference` has an empty path.');
    else if (!among(role, roles)) problems.push(`\`--reference ${path}\`: ${wrong('role', role, roles)}`);
    else addReference(draft, {path: resolveReference(cwd, path), role: role as Role}, '--reference');
  }
  applyFields(draft, cli.fields ?? [], problems);
  applyRecords(draft, cli.records ?? [], problems);
  for (const [key, flag] of counts) {
    const value = cli[key];
    if (value === undefined) continue;
    if (/^\d{1,15}$/.test(String(value))) set(draft, key, Number(value), flag);
    else problems.push(`\`${flag}\` must be a whole number from 0, found ${quote(value)}.`);
  }
  if (cli.failOn !== undefined) {
    if (among(cli.failOn, failOnLevels)) set(draft, 'failOn', cli.failOn as Config['failOn'], '--fail-on');
    else problems.push(`\`--fail-on\`: ${wrong('level', cli.failOn, failOnLevels)}`);
  }
  for (const glob of cli.ignore ?? []) addIgnore(draft, fromRoot(glob, cwd, root), '--ignore');
  return problems.map(message => ({message}));
}

const counts = [
  ['maxMalformed', '--max-malformed'],
  ['maxFindings', '--max-findings'],
  ['sampleAbove', '--sample-above'],
] as const;

function set<Key extends 'maxMalformed' | 'maxFindings' | 'sampleAbove' | 'failOn'>(
  draft: Draft,
  key: Key,
  value: Draft[Key],
  flag: string,
): void {
  draft[key] = value;
  draft.origins.set(key, flag);
}

function applyRule(draft: Draft, text: string, problems: string[]): void {
  const {name: key, value: level} = split(text);
  const flag = quote(`--rule ${text}`);
  if (level === undefined) {
    problems.push(`${flag}: write it as \`--rule id=level\`; levels are ${alternatives(levels)}.`);
    return;
  }
  const ids = matching(key, draft.rules.keys()).filter(id => draft.rules.has(id));
  if (ids.length === 0)
    problems.push(`${flag}: unknown rule ${quote(key)}.${suggest(key, [...draft.rules.keys()])}`);
  if (!among(level, levels)) problems.push(`${flag}: ${wrong('level', level, levels)}`);
  else for (const id of ids) force(draft, id, level as Level);
}

function force(draft: Draft, id: string, level: Level): void {
  draft.rules.set(id, {level, options: draft.rules.get(id)?.options ?? {}});
  draft.forced.set(id, level);
  draft.origins.set(`rules.${id}`, '--rule');
}

function applyFields(draft: Draft, fields: readonly string[], problems: string[]): void {
  const given = new Map<FieldRole, string[]>();
  for (const text of fields) {
    const {name, value} = split(text);
    const flag = quote(`--field ${text}`);
    if (value === undefined || value === '') problems.push(`${flag}: write it as \`--field role=path\`.`);
    else if (!among(name, fieldRoles)) problems.push(`${flag}: ${wrong('role', name, fieldRoles)}`);
    else if (attempt(() => compilePath(value), flag, problems))
      given.set(name as FieldRole, [...(given.get(name as FieldRole) ?? []), value]);
  }
  for (const [role, paths] of given) {
    draft.fields.set(role, paths);
    draft.origins.set(`fields.${role}`, '--field');
  }
}

function applyRecords(draft: Draft, texts: readonly string[], problems: string[]): void {
  for (const text of texts) {
    const {name, value = ''} = split(text);
    const flag = quote(`--record ${text}`);
    const units: readonly string[] | undefined = {text: textUnits, markdown: markdownUnits}[name];
    if (units === undefined) problems.push(`${flag}: ${wrong('format', name, ['text', 'markdown'])}`);
    else if (!among(value, units)) problems.push(`${flag}: ${wrong('unit', value, units)}`);
    else {
      draft.records.set(name, value);
      draft.origins.set(`records.${name}`, '--record');
    }
  }
}

function attempt(step: () => unknown, flag: string, problems: string[]): boolean {
  try {
    step();
    return true;
  } catch (error) {
    problems.push(`${flag}: ${(error as Error).message}`);
    return false;
  }
}

/** A pattern of the working folder as one of the config's folder. */
function fromRoot(glob: string, cwd: string, root: string): string {
  const folder = slashes(relative(root, cwd)).replace(/[()[\]{}!*?@+\\]/g, '\\$&');
  return folder === '' || isAbsolute(glob) ? glob : `${folder}/${glob}`;
}

function split(text: string): {name: string; value?: string} {
  const at = text.indexOf('=');
  return at < 0 ? {name: text} : {name: text.slice(0, at), value: text.slice(at + 1)};
}

function among(value: string, allowed: readonly string[]): boolean {
  return allowed.includes(value);
}

function wrong(what: string, value: string, allowed: readonly string[]): string {
  return `unknown ${what} ${quote(value)}, expected ${alternatives(allowed)}.${suggest(value, allowed)}`;
}
