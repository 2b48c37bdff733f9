import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Input} from '../../src/corpus/input.js';

/** A temporary folder with these files, gone when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'collapse-corpus-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A plain input that holds these bytes. */
export function inputWith(content: string | Uint8Array, name = 'input.jsonl'): Input {
  const file = join(folderWith({[name]: content}), name);
  return {path: name, file, codec: 'plain', bytes: Buffer.byteLength(content)};
}
