import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {train} from '../../src/index.js';
import {inventedSet, loose, stiff} from '../detector/own/invented.js';
import {collapse} from './collapse.js';

const cwd = mkdtempSync(join(tmpdir(), 'collapse-train-'));
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

const rows = (texts: readonly string[]) => texts.map(text => `${JSON.stringify({text})}\n`).join('');
const human = inventedSet(320, 1, loose);
const machine = inventedSet(320, 2, stiff);
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

beforeAll(() => {
  write('human.jsonl', rows(human));
  write('machine.jsonl', rows(machine));
});

const sets = ['--human', 'human.jsonl', '--machine', 'machine.jsonl'];

describe('collapse train', () => {
  it('writes a detector that `weights` names, and says how it does on records left out', async () => {
    const {code, stdout, stderr} = await collapse(['train', ...sets, '--out', 'models/own.detector'], {cwd});
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Human +320 of 320 records/);
    expect(stdout).toMatch(/all +320 +320 +0\.9\d\d +0\.9\d\d to/);
    expect(stdout).toContain('too few human records');
    expect(stdout).toContain('synthetic/style: [warn, {weights: models/own.detector}]');

    write(
      '.collapserc',
      'rules:\n  "*": off\n  synthetic/style: [warn, {fpr: 0.05, weights: models/own.detector}]\n',
    );
    write('fresh-human.jsonl', rows(inventedSet(100, 3, loose)));
    write('fresh-machine.jsonl', rows(inventedSet(100, 4, stiff)));
    const flagged = async (file: string) => {
      const found = await collapse(['check', file, '--format', 'json'], {cwd});
      return JSON.parse(found.stdout).counts['synthetic/style']?.findings ?? 0;
    };
    expect(await flagged('fresh-machine.jsonl')).toBeGreaterThan(60);
    expect(await flagged('fresh-human.jsonl')).toBeLessThan(20);
    rmSync(join(cwd, '.collapserc'));
  });

  it('gives the same bytes for the same records, whatever the files are called', async () => {
    write('a.jsonl', rows([...human].reverse().slice(0, 150)));
    write('b.jsonl', rows([...human].reverse().slice(150)));
    const again = ['--human', '[ab].jsonl', '--machine', 'machine.jsonl', '--out', 'again.detector'];
    const {code, stdout} = await collapse(['train', ...again, '--format', 'json'], {cwd});
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.trained).toMatchObject({file: 'again.detector', leftOut: 'records'});
    expect(
      readFileSync(join(cwd, 'again.detector')).equals(readFileSync(join(cwd, 'models/own.detector'))),
    ).toBe(true);
  });

  it('is a function, too', async () => {
    const report = await train({
      cwd,
      config: {},
      human: ['human.jsonl'],
      machine: ['machine.jsonl'],
      out: 'own2.detector',
    });
    expect(report.trained?.figures[0]).toMatchObject({words: 'all', human: 320, machine: 320, rate: null});
    expect(
      readFileSync(join(cwd, 'own2.detector')).equals(readFileSync(join(cwd, 'models/own.detector'))),
    ).toBe(true);
  });

  it('refuses sets that one word tells apart, says what it achieves, and trains with --force', async () => {
    write('marked.jsonl', rows(machine.map(text => `Certainly! Here is the tale. ${text}`)));
    const args = ['train', '--human', 'human.jsonl', '--machine', 'marked.jsonl', '--out', 'forced.detector'];
    const refused = await collapse(args, {cwd});
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(
      '`certainly!` stands in 0.0 % of the human and 100 % of the machine records',
    );
    expect(refused.stdout).toContain(
      'Alone it reaches an AUROC of 1.00, and finds 100 % at 1 % false positives',
    );
    expect(() => readFileSync(join(cwd, 'forced.detector'))).toThrow('ENOENT');
    const forced = await collapse([...args, '--force'], {cwd});
    expect(forced.code).toBe(0);
    expect(forced.stdout).toContain('--force');
    expect(readFileSync(join(cwd, 'forced.detector'), 'latin1')).toContain('forced although');
  });

  it('says how many records are missing', async () => {
    write('few.jsonl', rows(human.slice(0, 120)));
    const {code, stderr} = await collapse(['train', '--human', 'few.jsonl', '--machine', 'machine.jsonl'], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('at least 200 are needed, 80 more');
  });

  it('replaces a detector only with --overwrite, and nothing else ever', async () => {
    const there = await collapse(['train', ...sets, '--out', 'again.detector'], {cwd});
    expect(there.code).toBe(2);
    expect(there.stderr).toContain('`again.detector` is there already');
    const other = await collapse(['train', ...sets, '--out', 'human.jsonl', '--overwrite'], {cwd});
    expect(other.stderr).toContain('is no detector');
    expect(readFileSync(join(cwd, 'human.jsonl'), 'utf8')).toBe(rows(human));
  });
});

describe('weights that cannot be used', () => {
  const check = (weights: string) => {
    write('.collapserc', `rules:\n  synthetic/style: [warn, {weights: ${weights}}]\n`);
    return collapse(['check', 'machine.jsonl'], {cwd});
  };

  it('are refused, with what is wrong', async () => {
    const good = readFileSync(join(cwd, 'again.detector'));
    const damaged = Buffer.from(good);
    damaged[9000]! ^= 1;
    writeFileSync(join(cwd, 'damaged.detector'), damaged);
    const other = Buffer.from(good);
    other[7] = 57;
    writeFileSync(join(cwd, 'newer.detector'), other);
    expect((await check('damaged.detector')).stderr).toContain('checksum does not match');
    expect((await check('newer.detector')).stderr).toContain('another version (9, expected 2)');
    expect((await check('human.jsonl')).stderr).toContain('no file of detector weights');
    const {stderr, code} = await check('gone.detector');
    expect(stderr).toContain('there is no `gone.detector`');
    expect(code).toBe(2);
  });

  it('are part of the config hash by what is in them', async () => {
    write('.collapserc', 'rules:\n  synthetic/style: [warn, {weights: one.detector}]\n');
    const hash = async () => JSON.parse((await collapse(['config', '--format', 'json'], {cwd})).stdout).hash;
    writeFileSync(join(cwd, 'one.detector'), readFileSync(join(cwd, 'again.detector')));
    const before = await hash();
    expect(await hash()).toBe(before);
    writeFileSync(join(cwd, 'one.detector'), readFileSync(join(cwd, 'forced.detector')));
    expect(await hash()).not.toBe(before);
  });

  it('cannot be held against a profile of another detector', async () => {
    write('.collapserc', 'rules:\n  "*": off\n  synthetic/share: warn\n');
    await collapse(['profile', 'human.jsonl', '--out', 'plain.profile'], {cwd});
    write(
      '.collapserc',
      'rules:\n  "*": off\n  synthetic/share: [warn, {weights: again.detector}]\n  synthetic/style: [warn, {weights: again.detector}]\nreferences: [plain.profile]\n',
    );
    const {code, stderr} = await collapse(['check', 'machine.jsonl'], {cwd});
    expect(code).toBe(2);
    expect(stderr).toContain('are of another detector (that of the package');
  });
});
