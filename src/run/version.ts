import {readFileSync} from 'node:fs';

/** The version in package.json, which stands above `dist` and above `src` alike. */
export const version: string = readVersion();

function readVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const parsed = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name?: string;
        version: string;
      };
      if (parsed.name === 'collapse-gate') return parsed.version;
    } catch {
      // Not this one.
    }
  }
  return '0.0.0';
}
