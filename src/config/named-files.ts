import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {Config} from './config.js';
import type {Registry} from './registry.js';

/**
 * SHA-256 of the files that options of rules name, by place in the config: another file under the same name is
 * another config. What cannot be read is left out: the rule says so, where it is on.
 */
export function namedFiles(
  {rules, overrides, root}: Pick<Config, 'rules' | 'overrides' | 'root'>,
  registry: Registry,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const {id, options} of registry.rules.values()) {
    for (const [name, schema] of Object.entries(options)) {
      if (schema.type !== 'string' || !schema.file) continue;
      for (const [index, set] of [rules, ...overrides.map(override => override.rules)].entries()) {
        const file = set[id]?.options[name];
        if (typeof file !== 'string' || file === '') continue;
        const sha256 = digest(resolve(root, file));
        if (sha256 !== undefined)
          found[index === 0 ? `${id}.${name}` : `${id}.${name} ${index - 1}`] = sha256;
      }
    }
  }
  return found;
}

function digest(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined;
  }
}
