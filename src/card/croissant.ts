import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Declaration} from '../api.js';
import {compileGlob} from '../config/glob.js';
import {InputError, visible} from '../corpus/errors.js';
import {findJsonError} from '../corpus/jsonError.js';
import {displayPath} from '../corpus/place.js';
import {staysInside} from './files.js';

/** Croissant (JSON-LD of MLCommons) in a folder: what it says of the data set, under the names of schema.org. */
export interface Croissant extends Declaration {
  /** Whether it is about a file, by its path in the folder. */
  readonly isAbout: (file: string) => boolean;
}

const names = ['croissant.json', 'metadata.json'];
const maxBytes = 16 * 2 ** 20;
const sign = /mlcommons\.org\/croissant/i;

/**
 * Reads the Croissant of a folder; undefined where there is none. Only this file is opened, whatever it names.
 * @throws InputError with line and column for JSON that cannot be read.
 */
export function readCroissant(folder: string, cwd: string): Croissant | undefined {
  for (const name of names) {
    const file = join(folder, name);
    if (!existsSync(file) || !staysInside(file, folder)) continue;
    const stats = statSync(file);
    if (!stats.isFile() || stats.size > maxBytes) continue;
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    // Many things are called `metadata.json`.
    if (sign.test(text)) return parse(text, displayPath(file, cwd));
  }
  return undefined;
}

function parse(text: string, path: string): Croissant {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken(path, text, findJsonError(text) ?? {at: 0, problem: 'it is nested too deep'});
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw broken(path, text, {at: 0, problem: 'it is no object'});
  const given = value as Record<string, unknown>;
  return {
    path,
    fields: fieldsOf(given),
    line: (...keys) => lineOf(text, keys),
    isAbout: aboutOf(given),
  };
}

/** Names that vocabularies give to one thing, the best first. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  license: ['license'],
  creator: ['creator', 'author'],
  dateCreated: ['dateCreated'],
  datePublished: ['datePublished'],
  isBasedOn: ['isBasedOn', 'prov:wasDerivedFrom'],
  inLanguage: ['inLanguage'],
  method: ['rai:dataCollection'],
};

const prefixes = ['', 'sc:', 'schema:', 'https://schema.org/', 'http://schema.org/'];

/** What is said of the data set, in the form in which records say it of themselves. */
function fieldsOf(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const get = (name: string) => {
    const key = prefixes.map(prefix => prefix + name).find(one => Object.hasOwn(given, one));
    return key === undefined ? undefined : plain(given[key]);
  };
  for (const [name, others] of Object.entries(aliases)) {
    const found = others.map(get).find(value => value !== undefined);
    if (found !== undefined) fields[name] = found;
  }
  const [name, url] = [get('name'), get('url')];
  if (typeof name === 'string') fields.source = typeof url === 'string' ? {name, url} : name;
  // A licence is an address or an id; a work that has one names it.
  fields.license = texts(fields.license);
  if ((fields.license as string[]).length === 0) delete fields.license;
  else if ((fields.license as string[]).length === 1) [fields.license] = fields.license as string[];
  const software = softwareOf(given['prov:wasGeneratedBy']);
  if (software !== undefined) fields.generator = software;
  return fields;
}

/** A text, an object with a name or address, or a list of these; nothing else. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (Array.isArray(value)) {
    const list = value.slice(0, 200).flatMap(one => (Array.isArray(one) ? [] : (plain(one) ?? [])));
    return list.length === 0 ? undefined : list;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const object = value as Record<string, unknown>;
  const kept = ['@id', 'name', 'url', '@value'].flatMap(key =>
    typeof object[key] === 'string' && object[key] !== '' ? [[key, object[key]] as const] : [],
  );
  const own = Object.fromEntries(kept);
  return kept.length === 0 ? undefined : (own['@value'] ?? own);
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    const {url, '@id': id, name} = (one ?? {}) as Record<string, unknown>;
    const text = url ?? id ?? name;
    return typeof text === 'string' ? [text] : [];
  });
}

/** The software agent of the activity that made the data. */
function softwareOf(activities: unknown): unknown {
  for (const activity of (Array.isArray(activities) ? activities : [activities]).slice(0, 50)) {
    const agents = (activity as Record<string, unknown> | null | undefined)?.['prov:wasAssociatedWith'];
    for (const agent of (Array.isArray(agents) ? agents : [agents]).slice(0, 50)) {
      const kind = (agent as Record<string, unknown> | null | undefined)?.['@type'];
      if (JSON.stringify(kind ?? '').includes('SoftwareAgent')) return plain(agent);
    }
  }
  return undefined;
}

/** By the files and file sets that it lists; about all files where these are elsewhere. */
function aboutOf(given: Readonly<Record<string, unknown>>): (file: string) => boolean {
  const {distribution} = given;
  const tests = (Array.isArray(distribution) ? distribution : [distribution])
    .slice(0, 10_000)
    .flatMap(one => {
      const {contentUrl, includes} = (one ?? {}) as Record<string, unknown>;
      return [contentUrl, ...(Array.isArray(includes) ? includes : [includes])].flatMap(pattern => {
        const isHere = typeof pattern === 'string' && !/^[a-z][a-z0-9+.-]*:|^\/|\.\./i.test(pattern);
        if (!isHere) return [];
        try {
          return [compileGlob(pattern)];
        } catch {
          return [];
        }
      });
    });
  return tests.length === 0 ? () => true : file => tests.some(test => test(file));
}

/** The first line that the last of these keys stands on. */
function lineOf(text: string, keys: readonly (string | number)[]): number {
  const key = keys.filter(one => typeof one === 'string').at(-1);
  const at = key === undefined ? -1 : text.indexOf(JSON.stringify(key));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

function broken(path: string, text: string, {at, problem}: {at: number; problem: string}): InputError {
  const before = text.slice(0, at).split('\n');
  return new InputError(
    `Cannot read the Croissant \`${visible(path, 200)}:${before.length}:${before.at(-1)!.length + 1}\``,
    problem,
    'Mend it, or take the file out of the folder.',
  );
}
