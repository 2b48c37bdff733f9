#!/usr/bin/env node
/** `npm run demo`: one small round, checked with the real command line. Ends with 0 when that went as planned. */
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {build, compiler, isStale, program, root} from './lib/build.mjs';

const folder = path.join(root, 'fixtures', 'demo');
const command = `node ${path.relative(folder, program).replaceAll('\\', '/')}`;

if (isStale()) buildFirst();
say(`A museum let a model write 78 questions and answers (round.jsonl). May the
next model learn from them? They are held against 60 answers that its guides
wrote (guides.jsonl), and 5 exam questions not to be trained on (exam.jsonl).

$ cd fixtures/demo
$ ${command} check round.jsonl
`);
const {status} = spawnSync(process.execPath, [program, 'check', 'round.jsonl'], {
  cwd: folder,
  stdio: 'inherit',
});
if (status === 1) {
  say(`
Exit code 1: the round failed, so a training job that asks first does not start.
More than 10 % of it repeats what was there before (that is what the gate
\`duplication\` says), and line 71 holds no record at all.

Try next, in fixtures/demo (\`npx collapse\` is the same program):
  npx collapse explain duplicate/near         what a rule sees, why, its options
  npx collapse filter round.jsonl --out out   sort the records by verdict; a failed
                                              round leaves out.failed, with reasons
  Delete the lines named above from round.jsonl and check again: exit code 0.`);
} else {
  say(`\nExit code ${status}: 1 was expected here. Please report this with the lines above.`);
  process.exitCode = 1;
}

function buildFirst() {
  if (compiler() === undefined) {
    console.error('Nothing is built yet. Run `npm install` first.');
    process.exit(2);
  }
  say('Building …\n');
  if (build() !== 0) process.exit(1);
}

function say(text) {
  console.log(text);
}
