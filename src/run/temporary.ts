import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

const open = new Set<string>();

/** A folder that goes with the process, for those who forget to remove it. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'collapse-gate-'));
  if (open.size === 0) process.on('exit', removeAll);
  open.add(path);
  return {
    path,
    remove() {
      if (!open.delete(path)) return;
      if (open.size === 0) process.off('exit', removeAll);
      rmSync(path, {recursive: true, force: true});
    },
  };
}

function removeAll(): void {
  for (const path of open) rmSync(path, {recursive: true, force: true});
}
