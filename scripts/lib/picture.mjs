import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {program, root} from './build.mjs';

/** Lines of the demo's findings that the README shows: one of each kind. */
const shown = [46, 53, 54, 61, 71];

/** What `collapse check` says about the demo, shortened for the README: `…` stands for what is left out. */
export function picture() {
  const {stdout, status, stderr} = spawnSync(process.execPath, [program, 'check', 'round.jsonl'], {
    cwd: path.join(root, 'fixtures', 'demo'),
    encoding: 'utf8',
    env: {...process.env, NO_COLOR: '1', COLUMNS: '100', FORCE_COLOR: undefined},
  });
  if (status !== 1) throw new Error(`The demo ended with ${status} instead of 1.\n${stderr}`);
  const [findings, , ...rest] = stdout.trimEnd().split('\n\n');
  const [heading, ...lines] = findings.split('\n');
  let line = 0;
  const kept = lines.map(text => {
    line = Number(/^ +(\d+) {2}/.exec(text)?.[1] ?? line);
    return shown.includes(line) ? text : '    …';
  });
  const short = kept.filter((text, index) => text !== '    …' || kept[index - 1] !== text);
  const text = [heading, ...short, '', '…', '', rest.join('\n\n')].join('\n');
  return `\`\`\`console\n$ npx collapse check round.jsonl\n${text}\n\`\`\``;
}
