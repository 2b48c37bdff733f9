import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Config} from './config.js';
import {visible} from './error.js';
import {flow} from './flow.js';
import {configHash} from './hash.js';
import type {Loaded} from './load.js';
import {slashes} from './resolve.js';

/** One line of YAML, and where its value came from. */
type Line = readonly [text: string, from?: string | undefined];

/**
 * The resolved config as YAML, each value followed by a comment that says where it came from. It is a
 * valid `.collapserc` itself: in the folder of the config it means the same.
 */
export function renderConfig({config, origins}: Loaded): string {
  const from = (path: string) => origins.get(path);
  const fromRoot = (path: string) => slashes(relative(config.root, path)) || '.';
  const plugin = (url: string) => fromRoot(fileURLToPath(url)).replace(/^(?!\.\.\/)/, './');
  const lines: Line[] = [
    ...section('plugins', config.plugins, (url, index) => {
      const context = config.pluginOptions?.[url];
      if (context === undefined) return [[`  - ${flow(plugin(url))}`, from(`plugins.${index}`)]];
      const paths = context.folder === config.root ? undefined : `paths from ${fromRoot(context.folder)}`;
      return [
        [`  - name: ${flow(plugin(url))}`, from(`plugins.${index}`)],
        [`    options: ${flow(context.options)}`, paths],
      ];
    }),
    ...section('fields', entries(config.fields), ([role, paths]) => [
      [`  ${role}: ${flow(paths)}`, from(`fields.${role}`)],
    ]),
    ...(config.records === undefined
      ? []
      : section('records', entries<string>({...config.records}), ([format, unit]) => [
          [`  ${format}: ${unit}`, from(`records.${format}`)],
        ])),
    ...section('references', config.references, ({path, role}, index) => [
      [`  - path: ${flow(fromRoot(path))}`, from(`references.${index}`)],
      [`    role: ${role}`],
    ]),
    ...section('rules', entries(config.rules), ([id, {level, options}]) =>
      ruleLines(id, level, options, from),
    ),
    ...section('gates', entries(config.gates), ([id, {enabled, options}]) =>
      enabled
        ? [[`  ${id}:`, from(`gates.${id}`)], ...optionLines(options, `gates.${id}`, ['    ', '    '], from)]
        : [[`  ${id}: off`, from(`gates.${id}`)]],
    ),
    ...section('overrides', config.overrides, (override, index) =>
      overrideLines(override, from(`overrides.${index}`)),
    ),
    ...section('waivers', config.waivers ?? [], (waiver, index) => [
      [`  - ${flow(waiver)}`, from(`waivers.${index}`)],
    ]),
    ...section('ignore', config.ignore, (glob, index) => [[`  - ${flow(glob)}`, from(`ignore.${index}`)]]),
    ...(config.weights === undefined
      ? []
      : section('weights', entries({...config.weights}), ([name, value]) => [
          [`  ${name}: ${flow(value)}`, from(`weights.${name}`) ?? 'default'],
        ])),
    ...(['maxMalformed', 'maxFindings', 'sampleAbove', 'failOn'] as const).map(
      (key): Line => [`${key}: ${config[key]}`, from(key)],
    ),
  ];
  const width = Math.min(60, Math.max(...lines.map(([text, origin]) => (origin ? text.length : 0))));
  return lines
    .map(([text, origin]) => `${origin ? `${text.padEnd(width)} # ${visible(origin)}` : text}\n`)
    .join('');
}

/** The same as an object, for `--json`. */
export function configJson({config, origins, path}: Loaded): object {
  return {path, hash: configHash(config), config, origins: Object.fromEntries(origins)};
}

function section<Item>(
  key: keyof Config,
  items: readonly Item[],
  render: (item: Item, index: number) => Line[],
): Line[] {
  const empty = key === 'fields' || key === 'rules' || key === 'gates' ? '{}' : '[]';
  return items.length === 0 ? [[`${key}: ${empty}`, 'default']] : [[`${key}:`], ...items.flatMap(render)];
}

function ruleLines(
  id: string,
  level: string,
  options: Readonly<Record<string, unknown>>,
  from: (path: string) => string | undefined,
): Line[] {
  const path = `rules.${id}`;
  if (Object.keys(options).length === 0) return [[`  ${id}: ${level}`, from(path)]];
  return [
    [`  ${id}:`],
    [`    - ${level}`, from(path)],
    ...optionLines(options, path, ['    - ', '      '], from),
  ];
}

function optionLines(
  options: Readonly<Record<string, unknown>>,
  path: string,
  [first, rest]: readonly [string, string],
  from: (path: string) => string | undefined,
): Line[] {
  return Object.entries(options).map(([name, value], index) => [
    `${index === 0 ? first : rest}${name}: ${flow(value)}`,
    from(`${path}.${name}`),
  ]);
}

function overrideLines({files, where, rules}: Config['overrides'][number], from: string | undefined): Line[] {
  const parts = [
    ...(files === undefined ? [] : [`files: ${flow(files)}`]),
    ...(where === undefined ? [] : [`where: ${flow(where)}`]),
  ];
  return [
    ...parts.map((part, index): Line => (index === 0 ? [`  - ${part}`, from] : [`    ${part}`])),
    ['    rules:'],
    ...Object.entries(rules).map(
      ([id, {level, options}]): Line => [
        `      ${id}: ${Object.keys(options).length === 0 ? level : flow([level, options])}`,
      ],
    ),
  ];
}

function entries<Value>(record: Readonly<Partial<Record<string, Value>>>): [string, Value][] {
  return Object.entries(record) as [string, Value][];
}
