import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {
  appendSegment,
  openProfile,
  ProfileError,
  verifyProfile,
  writeProfile,
} from '../../src/profile/container/index.js';
import {bytes, draft, emptyFolder, filesIn, params} from './profiles.js';

async function smallProfile(): Promise<{path: string; content: Buffer; folder: string}> {
  const folder = emptyFolder();
  const path = join(folder, 'a.profile');
  await writeProfile(path, params, [
    draft('a', 2, {'ids@1': bytes(1, 2, 3), 'empty@1': bytes()}),
    draft('b', 1, {'ids@1': new Uint8Array(17).fill(9)}),
  ]);
  return {path, folder, content: readFileSync(path)};
}

/** Reads everything there is. */
function readAll(path: string): void {
  const profile = openProfile(path);
  try {
    verifyProfile(profile);
  } finally {
    profile.close();
  }
}

function messageOf(path: string, content: Uint8Array): string {
  writeFileSync(path, content);
  try {
    readAll(path);
  } catch (error) {
    expect(error).toBeInstanceOf(ProfileError);
    return (error as Error).message;
  }
  throw new Error('the damage was not seen');
}

/** The profile with other JSON in its directory, and all checksums right: what only an author can do. */
function withDirectory(content: Buffer, change: (json: string) => string): Buffer {
  const trailer = content.subarray(-56);
  const offset = Number(trailer.readBigUInt64LE(0));
  const json = change(content.subarray(offset, -56).toString().trimEnd());
  const directory = Buffer.from(json + ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8));
  const head = Buffer.alloc(32);
  head.writeBigUInt64LE(BigInt(offset), 0);
  head.writeBigUInt64LE(BigInt(directory.length), 8);
  sum(directory).copy(head, 16);
  return Buffer.concat([content.subarray(0, offset), directory, head, sum(head), trailer.subarray(48)]);
}

function sum(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest().subarray(0, 16);
}

describe('damage', () => {
  it('is found wherever a byte changed', async () => {
    const {path, content} = await smallProfile();
    for (let index = 0; index < content.length; index++) {
      const damaged = Buffer.from(content);
      damaged[index]! ^= 1 << (index % 8);
      messageOf(path, damaged);
    }
  });

  it('is found wherever the file was cut off, before any section is read', async () => {
    const {path, content} = await smallProfile();
    for (let length = 0; length < content.length; length++) {
      writeFileSync(path, content.subarray(0, length));
      expect(() => openProfile(path)).toThrow(ProfileError);
    }
  });

  it('is found when bytes were lost, added or repeated', async () => {
    const {path, content} = await smallProfile();
    for (const at of [0, 8, 32, 40, 64, content.length - 56, content.length]) {
      messageOf(path, Buffer.concat([content.subarray(0, at), Buffer.alloc(8), content.subarray(at)]));
      if (at < content.length)
        messageOf(path, Buffer.concat([content.subarray(0, at), content.subarray(at + 8)]));
    }
    messageOf(path, Buffer.concat([content, content]));
  });

  it('names the section, and how to rebuild the profile', async () => {
    const {path, content} = await smallProfile();
    const damaged = Buffer.from(content);
    damaged[33]! ^= 1;
    expect(messageOf(path, damaged)).toBe(
      `Profile \`${path}\` is damaged: the checksum of section \`ids\` does not match. Restore it from a copy, ` +
        `or delete it and rebuild it: \`collapse profile a.jsonl b.jsonl --out ${path}\`.`,
    );
    expect(messageOf(path, content.subarray(0, 100))).toContain('the file is truncated');
  });

  it('does not spread: a damaged profile is not extended, and stays as it is', async () => {
    const {path, content, folder} = await smallProfile();
    const damaged = Buffer.from(content);
    damaged[33]! ^= 1;
    writeFileSync(path, damaged);
    await expect(appendSegment(path, params, draft('c', 1, {}))).rejects.toThrow(
      'the checksum of section `ids`',
    );
    expect(readFileSync(path)).toEqual(damaged);
    expect(filesIn(folder)).toEqual(['a.profile']);
  });
});

describe('a profile that another program made', () => {
  it('says when it is of a newer format', async () => {
    const {path, content} = await smallProfile();
    const newer = Buffer.from(content);
    newer.writeUInt32LE(2, 8);
    sum(newer.subarray(0, 16)).copy(newer, 16);
    expect(messageOf(path, newer)).toContain('was made by a newer collapse-gate: its format version is 2');
    expect(messageOf(path, newer.subarray(0, 40))).toContain('was made by a newer collapse-gate');
  });

  it.each([
    ['no JSON', () => '{'],
    ['no object', () => 'null'],
    ['no segments', () => '{"params":{}}'],
    ['a parameter that is a list', (json: string) => json.replace('"sketch":128', '"sketch":[1]')],
    ['an offset outside', (json: string) => json.replace('"offset":32', '"offset":4294967296')],
    ['overlapping sections', (json: string) => json.replace('"offset":40', '"offset":32')],
    ['a section of a petabyte', (json: string) => json.replace('"bytes":3,', '"bytes":1125899906842624,')],
    ['a section that ends early', (json: string) => json.replace('"bytes":17,', '"bytes":7,')],
    ['a negative length', (json: string) => json.replace('"bytes":3,', '"bytes":-3,')],
    ['records that are not there', (json: string) => json.replace('"records":[0,2]', '"records":[0,3]')],
    ['a reversed range', (json: string) => json.replace('"records":[0,2]', '"records":[2,0]')],
    ['a source without a path', (json: string) => json.replace('"path":"a.jsonl"', '"path":7')],
    ['a name for the terminal', (json: string) => json.replace('"name":"ids"', '"name":"\\u001b[2J"')],
    ['a wrong number of records', (json: string) => json.replace('"records":2,', '"records":"2",')],
  ])('is refused for %s', async (_, change) => {
    const {path, content} = await smallProfile();
    const changed = withDirectory(content, change);
    expect(changed).not.toEqual(content);
    expect(messageOf(path, changed)).toMatch(/its directory is wrong: [^\p{C}]+$/u);
  });

  it('is read when only its JSON is laid out otherwise', async () => {
    const {path, content} = await smallProfile();
    writeFileSync(
      path,
      withDirectory(content, json => JSON.stringify(JSON.parse(json), null, 2)),
    );
    expect(() => readAll(path)).not.toThrow();
  });
});
