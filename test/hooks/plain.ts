import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {folder} from '../engine/rounds.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = join(root, 'dist/src/cli/main.js');

/** The plain hook as docs/ci.md has it. */
function documentedHook(): string {
  const docs = readFileSync(join(root, 'docs/ci.md'), 'utf8');
  return /```sh\n(#!\/bin\/sh\n[\s\S]*?)```/.exec(docs)![1]!;
}

export interface PlainHook {
  /** What git must run with: `npx` is the program under test. */
  readonly env: Record<string, string>;
  /** What the program ended with in the last run, which git does not tell; undefined where it did not run. */
  exitCode(): number | undefined;
  /** Its report, as JSON; undefined where it wrote none. */
  report(): string | undefined;
}

/** Installs the documented hook in a folder of hooks. */
export function installPlainHook(hooks: string, args: readonly string[] = []): PlainHook {
  const bin = folder();
  const [code, report] = [join(bin, 'code'), join(bin, 'report.json')];
  const more = args.map(arg => ` '${arg}'`).join('');
  executable(join(hooks, 'pre-commit'), documentedHook());
  executable(
    join(bin, 'npx'),
    `#!/bin/sh
[ "$1" = --no ] && [ "$2" = collapse ] || exit 9
shift 2
"${process.execPath}" "${program}" "$@" --output "json=${report}"${more}
code=$?
echo $code > "${code}"
exit $code
`,
  );
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  return {
    env: {PATH: `${bin}${delimiter}${process.env.PATH}`},
    exitCode() {
      const said = read(code);
      return said === undefined ? undefined : Number(said);
    },
    report: () => read(report),
  };
}

function executable(file: string, content: string): void {
  mkdirSync(join(file, '..'), {recursive: true});
  writeFileSync(file, content);
  chmodSync(file, 0o755);
}
