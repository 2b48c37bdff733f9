import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test, vi} from 'vitest';
import {start} from '../../cli/collapse.js';
import {withLibrary, workshop} from './library.js';

// The program is started several times, and loads a library of megabytes each time.
vi.setConfig({testTimeout: 180_000});

const jsonl = (rows: readonly object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');
const config = (pooling: string, rules: string, rest: string) => `
plugins:
  - name: collapse-gate/transformers
    options: {cacheFolder: ./cache, embedding: {model: ./embedding, pooling: ${pooling}}}
rules: {'*': off, ${rules}}
${rest}
`;
const run = (cwd: string, ...args: string[]) => start(args, {cwd, input: ''}).ended;
const findings = async (cwd: string, ...more: string[]) => {
  const {stdout, stderr} = await run(cwd, 'check', 'round.jsonl', '--format', 'json', ...more);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout);
  return {
    report,
    messages: report.findings.map(
      (each: {record: {id: string}; message: string}) => `${each.record.id}: ${each.message}`,
    ),
  };
};

const novelty = 'duplicate/near: warn, novelty/embeddings: warn, novelty/semantic: warn';
const answers = [
  {id: 'again', prompt: 'What is there?', response: 'a red vessel is in the gale'},
  {id: 'other', prompt: 'What is there?', response: 'the bread is cold'},
];

withLibrary('the built program', () => {
  test('holds answers against the reference by meaning, from rows and from a profile', async () => {
    const rest = 'gates: {novelty: {minimum: 0, semantic: 0.1}}';
    const references = (path: string) => `references: [${path}]\n${rest}`;
    const cwd = workshop({
      '.collapserc': config('mean', novelty, references('human.jsonl')),
      'human.jsonl': jsonl([
        {id: 'sea', prompt: 'Anything?', response: 'the red ship is in the storm'},
        {id: 'home', prompt: 'And?', response: 'a lamp'},
      ]),
      'round.jsonl': jsonl(answers),
    });
    const {report, messages} = await findings(cwd);
    expect(messages).toEqual([
      expect.stringMatching(/^again: novelty in meaning 0(\.0\d+)?, more than 0\.1 wanted$/),
      expect.stringMatching(
        /^again: Says what `sea` of the reference \(human\.jsonl:1\) says: cosine (0\.9\d|1), /,
      ),
    ]);
    expect(report.measures['novelty.held'].value).toBe(1);
    expect((await findings(cwd, '--concurrency', '2')).report).toEqual(report);

    expect((await run(cwd, 'profile', 'human.jsonl', '--out', 'human.profile', '--quiet')).code).toBe(0);
    writeFileSync(join(cwd, '.collapserc'), config('mean', novelty, references('human.profile')));
    expect((await findings(cwd)).messages).toEqual(messages);
    writeFileSync(join(cwd, '.collapserc'), config('cls', novelty, references('human.profile')));
    expect((await findings(cwd)).messages).toContain(
      'other: signal `novelty.embedding` is missing: the reference’s embeddings are of another size or model: build its profile again',
    );
    // A plain reference is summed up anew for another model.
    writeFileSync(join(cwd, '.collapserc'), config('cls', novelty, references('human.jsonl')));
    expect((await findings(cwd)).messages.join()).not.toContain('missing');
  });

  test('compares answers to one prompt by meaning', async () => {
    const rows = ['the red ship is in the storm', 'a red vessel is in the gale', 'the bread is cold'];
    const cwd = workshop({
      '.collapserc': config('mean', 'homogeneity/prompt: [warn, {provider: true, alike: 0.9}]', ''),
      'round.jsonl': jsonl(
        rows.slice(0, 2).map((response, at) => ({id: `r${at}`, prompt: 'What?', response, model: 'tern'})),
      ),
    });
    expect((await findings(cwd)).messages).toEqual([
      expect.stringMatching(/^r0: The 2 answers of `tern` to this prompt are nearly one/),
    ]);
    writeFileSync(
      join(cwd, 'round.jsonl'),
      jsonl(rows.slice(1).map((response, at) => ({id: `r${at}`, prompt: 'What?', response, model: 'tern'}))),
    );
    expect((await findings(cwd)).messages).toEqual([]);
  });
});
