import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join, normalize} from 'node:path';
import {expect, test, vi} from 'vitest';
import {start} from '../../cli/collapse.js';
import {withLibrary, workshop} from './library.js';

// The program is started several times, and loads a library of megabytes each time.
vi.setConfig({testTimeout: 180_000});

const round = [
  {id: 'borne-out', query: '?', answer: 'The boat is old.', contexts: ['The old boat is red.']},
  {id: 'denied', query: '?', answer: 'The boat is not old.', contexts: ['The old boat is red.']},
  {id: 'half', query: '?', answer: 'The boat is old. The lamp is red.', contexts: ['The old boat is red.']},
  {id: 'sourceless', query: '?', answer: 'The boat is old.'},
];
const jsonl = (rows: readonly object[]) => rows.map(row => `${JSON.stringify(row)}\n`).join('');
const config = (options: string, gate = '{}') => `
plugins:
  - name: collapse-gate/transformers
    options: ${options}
rules: {'*': off, transformers/cut: warn, grounding/entailment: warn}
gates: {entailment: ${gate}}
`;
const nli = '{model: ./nli, labels: [contradiction, entailment, neutral]}';
const filter = (cwd: string, ...more: string[]) =>
  start(['filter', 'round.jsonl', '--out', 'out', '--quiet', ...more], {cwd, input: ''}).ended;
const ids = (cwd: string, set: string) =>
  readFileSync(join(cwd, 'out', `${set}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).id);

/** Whether the tool finds the library without the config's help: then this cannot be tried. */
const besideTool = (() => {
  try {
    return createRequire(import.meta.url).resolve('@huggingface/transformers') !== '';
  } catch {
    return false;
  }
})();
test.skipIf(besideTool)(
  'a package that is not installed: what to install, and nothing is written',
  async () => {
    const files = {'.collapserc': config(`{nli: ${nli}}`), 'round.jsonl': jsonl(round)};
    const cwd = workshop(files, tmpdir());
    const {code, stderr} = await filter(cwd);
    expect(stderr).toContain('Run `npm install @huggingface/transformers`');
    expect(code).toBe(2);
    expect(readdirSync(cwd).filter(name => name.startsWith('out'))).toEqual([]);
  },
);

test('a model that is not there, at its place in the config', async () => {
  const cwd = workshop({
    '.collapserc': config('{nli: {model: Lab/nli, labels: [entailment]}}'),
    'round.jsonl': '{}',
  });
  const {code, stderr} = await filter(cwd);
  expect(stderr).toMatch(/\.collapserc:3:5 .*There is no folder .*, or set `allowDownload: true`/);
  expect(code).toBe(2);
});

withLibrary('the built program', () => {
  test.each([
    ['{mode: entailed}', ['borne-out']],
    ['{mode: entailed, over: mean}', ['borne-out', 'half']],
    ['{mode: not-contradicted}', ['borne-out', 'half']],
  ])('filters by entailment, %s', async (gate, accepted) => {
    const cwd = workshop({'.collapserc': config(`{nli: ${nli}}`, gate), 'round.jsonl': jsonl(round)});
    const {code, stderr} = await filter(cwd);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(ids(cwd, 'accepted')).toEqual(accepted);
    expect(ids(cwd, 'rejected')).toContain('sourceless');
  });

  test('gives the same bytes with and without the cache and in threads, and says what was cut', async () => {
    const cwd = workshop({
      '.collapserc': config(
        `{cacheFolder: ./cache, nli: {model: ./nli, maxTokens: 15, windows: 1, labels: [contradiction, entailment, neutral]}}`,
      ),
      'round.jsonl': jsonl(
        Array.from({length: 300}, (_, at) => ({
          ...round[at % 3]!,
          id: `r${at}`,
          contexts: [`${'The storm is cold. '.repeat(at % 4)}The old boat is red.`],
        })),
      ),
    });
    const check = async (...more: string[]) =>
      (await start(['check', 'round.jsonl', '--format', 'json', ...more], {cwd, input: ''}).ended).stdout;
    const report = await check('--concurrency', '1');
    expect(JSON.parse(report).measures['transformers.cut-entailment'].value).toBe(0.75);
    expect(report).toContain('read only the beginning of 225 of 300 texts: 15 tokens at most');
    const answers = readdirSync(join(cwd, 'cache', 'answers'), {recursive: true}).filter(name =>
      String(name).endsWith('.answers'),
    );
    expect(answers.length).toBeGreaterThan(0);
    expect(await check('--concurrency', '1')).toBe(report);
    for (const name of answers) writeFileSync(join(cwd, 'cache', 'answers', String(name)), 'damaged');
    expect(await check('--concurrency', '2')).toBe(report);
  });

  test('a model that fails ends the run with 2, and leaves nothing', async () => {
    const broken =
      '{detector: {model: ./detector, machine: machine}, nli: {model: ./misshapen, labels: [entailment, neutral]}}';
    const cwd = workshop({'.collapserc': config(broken), 'round.jsonl': jsonl(round)});
    writeFileSync(
      join(cwd, 'misshapen', 'config.json'),
      readFileSync(join(cwd, 'misshapen', 'config.json'), 'utf8')
        .replace('"person"', '"entailment"')
        .replace('"machine"', '"neutral"'),
    );
    const {code, stderr} = await filter(cwd);
    expect(stderr).toMatch(
      /Provider `entailment` failed on .*round\.jsonl:1.*gave \[\d, 3\] as `logits`, where \[\d, 2\] is wanted/s,
    );
    expect(code).toBe(2);
    expect(readdirSync(cwd).filter(name => name.startsWith('out'))).toEqual([]);
  });

  test('a model on the hub is loaded where it is allowed, kept, and used without the hub from then on', async () => {
    const models = workshop();
    const asked: string[] = [];
    const server = createServer(({url = ''}, response) => {
      asked.push(url);
      const file = join(models, normalize(url.replace('/Lab/nli/resolve/main/', 'nli/')));
      if (existsSync(file)) response.end(readFileSync(file));
      else response.writeHead(404).end();
    }).listen(0);
    const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const hub = (more: string) =>
      config(
        `{cacheFolder: ./cache, ${more}nli: {model: Lab/nli, labels: [contradiction, entailment, neutral]}}`,
      );
    const cwd = workshop({
      '.collapserc': hub(`allowDownload: true, host: "${host}", `),
      'round.jsonl': jsonl(round),
    });
    const {stderr, code} = await filter(cwd);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(ids(cwd, 'accepted')).toEqual(['borne-out']);
    expect(asked.some(url => url.endsWith('/onnx/model.onnx'))).toBe(true);
    const before = asked.length;
    writeFileSync(join(cwd, '.collapserc'), hub('cache: false, '));
    expect((await filter(cwd, '--overwrite')).code).toBe(0);
    expect(asked).toHaveLength(before);
    server.close();
    writeFileSync(
      join(cwd, '.collapserc'),
      hub(`allowDownload: true, host: "${host}", `).replaceAll('Lab/nli', 'Lab/other'),
    );
    const gone = await filter(cwd, '--overwrite');
    expect(gone.stderr).toContain('Check its name, `revision` and `dtype`, and the network.');
    expect(gone.code).toBe(2);
  });
});
