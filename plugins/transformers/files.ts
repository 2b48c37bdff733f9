import {createHash} from 'node:crypto';
import {closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Folders, ModelOptions} from './options.js';

/** Where a model's files are, or will be once they are downloaded. */
export interface Place {
  /** What the library is told: an absolute folder, or the name on the hub. */
  readonly name: string;
  readonly folder: string;
  readonly local: boolean;
}

/**
 * A folder from that of the config, or a model on the hub: only where `allowDownload` is set, or where it was
 * downloaded before.
 * @throws Error that says what to put where, or what to set.
 */
export function placeOf({model, allowDownload, revision}: ModelOptions, {config, models}: Folders): Place {
  const own = resolve(config, model);
  if (existsSync(join(own, 'config.json'))) return {name: own, folder: own, local: true};
  const folder = join(models, model, revision === 'main' ? '' : revision);
  const looksLikePath = /^(\.{0,2}[\\/]|[A-Za-z]:[\\/]|~|\.$)/.test(model);
  if (!looksLikePath && (allowDownload || existsSync(join(folder, 'config.json'))))
    return {name: model, folder, local: false};
  const there = existsSync(own) ? `\`${own}\` has no config.json` : `There is no folder \`${own}\``;
  const hub = looksLikePath
    ? ''
    : `, or set \`allowDownload: true\` to have \`${model}\` downloaded from the hub`;
  throw new Error(
    `${there}. Put the model there (config.json, tokenizer.json, tokenizer_config.json, onnx/model.onnx)${hub}`,
  );
}

/** Undefined where there is no such file. @throws Error for a file that is no JSON. */
export function readJson(folder: string, name: string): Readonly<Record<string, unknown>> | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`\`${file}\` is no JSON: ${(error as Error).message}`);
  }
}

const suffixes: Readonly<Record<string, string>> = {
  fp32: '',
  fp16: '_fp16',
  int8: '_int8',
  uint8: '_uint8',
  q8: '_quantized',
  q4: '_q4',
  q2: '_q2',
  q1: '_q1',
  q4f16: '_q4f16',
  q2f16: '_q2f16',
  q1f16: '_q1f16',
  bnb4: '_bnb4',
};

/**
 * The model's graph and its folder, as the library wants it. Some keep it beside config.json.
 * @throws Error that lists the dtypes that are there.
 */
export function graphOf({folder, local}: Place, dtype: string): {subfolder: string; file: string} {
  const suffix = suffixes[dtype];
  if (suffix === undefined)
    throw new Error(`\`dtype\` is \`${dtype}\`: it must be one of ${Object.keys(suffixes).join(', ')}`);
  const subfolder = existsSync(join(folder, 'onnx')) || !existsSync(join(folder, 'model.onnx')) ? 'onnx' : '';
  const file = join(folder, subfolder, `model${suffix}.onnx`);
  if (!local || existsSync(file)) return {subfolder, file};
  const files = existsSync(join(folder, subfolder)) ? readdirSync(join(folder, subfolder)) : [];
  const there = Object.entries(suffixes).filter(([, each]) => files.includes(`model${each}.onnx`));
  const advice =
    there.length === 0
      ? 'Export the model to ONNX, and put it there'
      : `Set \`dtype\` to ${there.map(([name]) => `\`${name}\``).join(' or ')}, or put the file there`;
  throw new Error(`There is no \`${file}\`, which \`dtype: ${dtype}\` reads. ${advice}`);
}

/** Of a large file so many stretches of so many bytes stand for it, beside its size. */
const stretches = 9;
const stretchBytes = 1 << 18;

/** A hash of the files that answers depend on. Graphs of gigabytes are known by size and samples. */
export function hashFiles(folder: string, subfolder: string): string {
  const hash = createHash('sha256');
  const graphs = existsSync(join(folder, subfolder)) ? readdirSync(join(folder, subfolder)) : [];
  const files = [
    ...['config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'],
    ...graphs
      .filter(name => /\.onnx(_data.*)?$/.test(name))
      .map(name => join(subfolder, name))
      .sort(),
  ];
  for (const name of files) {
    const path = join(folder, name);
    const stat = statSync(path, {throwIfNoEntry: false});
    if (!stat?.isFile()) continue;
    hash.update(`\n${name.replaceAll('\\', '/')} ${stat.size} `);
    if (stat.size <= stretches * stretchBytes) {
      hash.update(readFileSync(path));
      continue;
    }
    const descriptor = openSync(path, 'r');
    const bytes = Buffer.alloc(stretchBytes);
    for (let stretch = 0; stretch < stretches; stretch++) {
      const at = Math.floor(((stat.size - stretchBytes) * stretch) / (stretches - 1));
      hash.update(bytes.subarray(0, readSync(descriptor, bytes, 0, stretchBytes, at)));
    }
    closeSync(descriptor);
  }
  return hash.digest('hex');
}
