import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach} from 'vitest';
import type {ProfileParams, ProfileSource, SegmentDraft} from '../../src/profile/container/index.js';
import {openProfile} from '../../src/profile/container/index.js';

export const params: ProfileParams = {tokeniser: 1, shingle: 'word-pairs', sketch: 128};

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true, force: true});
});

/** A new folder, removed after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'collapse-profile-'));
  folders.push(folder);
  return folder;
}

export function source(path: string, records: number): ProfileSource {
  return {path, bytes: 100 * records, sha256: 'ab'.repeat(32), records};
}

/** A segment with one source and sections `{'name@version': bytes}`. */
export function draft(name: string, records: number, sections: Record<string, Uint8Array>): SegmentDraft {
  return {
    records,
    sources: [source(`${name}.jsonl`, records)],
    sections: Object.entries(sections).map(([key, bytes]) => {
      const [section, version] = key.split('@');
      return {name: section!, version: Number(version), bytes};
    }),
  };
}

export function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** Everything that an open profile says, sections included, as plain data. */
export function contentOf(path: string): unknown {
  const profile = openProfile(path);
  try {
    return {
      params: profile.params,
      segments: profile.segments.map(({records, sources, sections}) => ({
        records,
        sources,
        sections: sections.map(entry => ({
          name: entry.name,
          version: entry.version,
          records: entry.records,
          sources: entry.sources,
          content: [...profile.read(entry)],
        })),
      })),
    };
  } finally {
    profile.close();
  }
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
