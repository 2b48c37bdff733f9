import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {expandInputs} from '../../corpus/expand.js';
import {splitLines} from '../../corpus/lines.js';
import {openInput} from '../../corpus/open.js';
import {passedOver} from '../../corpus/passed-over.js';
import {recordReader} from '../../corpus/read.js';
import {compileShape} from '../../corpus/shape.js';
import {temporaryFolder} from '../temporary.js';

/** What a folder looks like to somebody who is to check the data in it. */
export interface Look {
  readonly files: number;
  readonly bytes: number;
  /** Files of formats that are not read, some of them. */
  readonly over: readonly string[];
  /** Rows that were looked at, and those of them whose text was recognised. */
  readonly rows: number;
  readonly recognised: number;
  /** The field that holds the text, where the rows are of no known shape. */
  readonly textField: string | undefined;
  /** Files that seem to be benchmarks, by their name. */
  readonly benchmarks: readonly string[];
  readonly hasCard: boolean;
  readonly has: Readonly<Record<'config' | 'preCommit' | 'husky' | 'gitHook' | 'git' | 'github', boolean>>;
}

/** Rows of each file that are looked at, and files. */
const headRows = 20;
const headFiles = 20;
const headBytes = 256 << 10;

/** Looks at a folder. Reads the head of some files and nothing else. */
export async function lookAt(cwd: string): Promise<Look> {
  const files = await expandInputs(['.'], {cwd, root: cwd, ignore: []});
  const rows = await headsOf(files.slice(0, headFiles), cwd);
  const shape = compileShape({});
  const recognised = rows.filter(row => !('reason' in shape(row))).length;
  const there = (...path: string[]) => existsSync(join(cwd, ...path));
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    over: passedOver(['.'], cwd, 4),
    rows: rows.length,
    recognised,
    textField: recognised === rows.length ? undefined : longestField(rows),
    benchmarks: files
      .map(file => file.slice(cwd.length + 1).replaceAll('\\', '/'))
      .filter(file => /(?:^|[/_.-])(?:test|eval|exam|benchmark)(?:[/_.-]|$)/i.test(file))
      .slice(0, 5),
    hasCard:
      there('README.md') &&
      /^---\r?\n[\s\S]*?^(?:license|configs|dataset_info):/m.test(head(join(cwd, 'README.md'))),
    has: {
      config: there('.collapserc'),
      preCommit: there('.pre-commit-config.yaml'),
      husky: there('.husky'),
      gitHook: there('.git', 'hooks', 'pre-commit'),
      git: there('.git'),
      github: there('.github') || /github\.com/.test(head(join(cwd, '.git', 'config'))),
    },
  };
}

function head(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 20_000);
  } catch {
    return '';
  }
}

async function headsOf(files: readonly string[], cwd: string): Promise<Record<string, unknown>[]> {
  const folder = temporaryFolder();
  const reader = recordReader();
  const rows: Record<string, unknown>[] = [];
  try {
    for (const file of files) {
      const input = await openInput(file, {spoolDir: folder.path, cwd}).catch(() => undefined);
      if (input === undefined) continue;
      const bytes = reader.read(input, 0, Math.min(input.bytes, headBytes));
      const lines = splitLines(new Uint8Array(bytes));
      for (let row = 0; row < Math.min(lines.count, headRows); row++) {
        try {
          const value = JSON.parse(bytes.toString('utf8', lines.starts[row]!, lines.ends[row]!));
          if (typeof value === 'object' && value !== null && !Array.isArray(value)) rows.push(value);
        } catch {
          // Cut off, or malformed: the check will say so.
        }
      }
    }
  } finally {
    reader.close();
    folder.remove();
  }
  return rows;
}

/** The field with the most text over all rows. */
function longestField(rows: readonly Record<string, unknown>[]): string | undefined {
  const lengths = new Map<string, number>();
  for (const row of rows) {
    for (const [key, value] of Object.entries(row)) {
      if (typeof value === 'string' && /^[\w-]+$/.test(key))
        lengths.set(key, (lengths.get(key) ?? 0) + value.length);
    }
  }
  return [...lengths].sort(([, a], [, b]) => b - a)[0]?.[0];
}
