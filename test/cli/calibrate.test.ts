import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {formatDecision} from '../../src/decisions/decision.js';
import {randomNumbers} from '../../src/detector/train/random.js';
import {collapse} from './collapse.js';

const cwd = mkdtempSync(join(tmpdir(), 'collapse-calibrate-'));
afterAll(() => rmSync(cwd, {recursive: true, force: true}));
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);

/** Bad records have scores from 0.5, good ones up to 0.7. */
const random = randomNumbers(8);
const rows = Array.from({length: 400}, (_, at) => {
  const bad = at % 4 === 0;
  return {
    id: `r${at}`,
    text: `The keeper wrote line ${at} of the log.`,
    certainty: bad ? 0.2 * random() : 0.15 + 0.85 * random(),
    broken: bad,
  };
});
const config =
  '# ours\nrules:\n  "*": off\n  self-eval/score: [warn, {field: certainty}] # own words\ngates:\n  self-eval: {minimum: 0.5}\n';

beforeAll(() => {
  write('.collapserc', config);
  write('rows.jsonl', rows.map(row => `${JSON.stringify(row)}\n`).join(''));
});

describe('collapse calibrate', () => {
  it('finds the limit for a wanted share of false positives from a field', async () => {
    const {code, stdout, stderr} = await collapse(
      ['calibrate', 'rows.jsonl', '--label', 'broken', '--fpr', '0.05'],
      {cwd},
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('400 labelled records of 400; wanted: at most 5.0 % of good records flagged');
    expect(stdout).toMatch(/self-eval {2}minimum, now 0\.5 {2}\(signal self-eval; 100 bad, 300 good\)/);
    const limit = Number(/ {2}self-eval: {minimum: ([\d.]+)}/.exec(stdout)![1]);
    const good = rows.filter(({broken}) => !broken);
    const flagged = good.filter(({certainty}) => certainty < limit).length;
    expect((flagged + 1) / 301).toBeLessThanOrEqual(0.05);
    expect((flagged + 2) / 301).toBeGreaterThan(0.05);
    expect(readFileSync(join(cwd, '.collapserc'), 'utf8')).toBe(config);
  });

  it('writes it into the config with --write, and shows what changes', async () => {
    const args = ['calibrate', 'rows.jsonl', '--label', 'broken=true', '--precision', '0.9', '--write'];
    const {code, stdout, stderr} = await collapse([...args, '--format', 'json'], {cwd});
    expect(code).toBe(0);
    const {chosen} = JSON.parse(stdout).limits[0];
    expect(chosen.precision.interval[0]).toBeGreaterThanOrEqual(0.9);
    expect(stderr).toContain(`-  self-eval: {minimum: 0.5}\n+  self-eval: {minimum: ${chosen.limit}}`);
    expect(readFileSync(join(cwd, '.collapserc'), 'utf8')).toBe(
      config.replace('minimum: 0.5', `minimum: ${chosen.limit}`),
    );
    write('.collapserc', config);
  });

  it('says how many labels are missing', async () => {
    write(
      'few.jsonl',
      rows
        .slice(0, 40)
        .map(row => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    const {code, stdout} = await collapse(['calibrate', 'few.jsonl', '--label', 'broken'], {cwd});
    expect(code).toBe(1);
    expect(stdout).toContain(
      '30 good records cannot tell a share of 0.01 false positives: label at least 69 more good ones',
    );
    expect(stdout).not.toContain('For the config');
  });

  it('takes a blind sample of reviewers for all records, by strata', async () => {
    const out = await collapse(['filter', 'rows.jsonl', '--out', 'run'], {cwd});
    expect(out.code).toBe(0);
    const lines = readFileSync(join(cwd, 'run/evidence.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    // Every second of the refused records, every third of the others.
    const drawn = [true, false].flatMap(refused =>
      lines
        .filter(({verdict}) => (verdict !== 'accept') === refused)
        .filter((_, at) => at % (refused ? 2 : 3) === 0),
    );
    mkdirSync(join(cwd, '.collapse'), {recursive: true});
    write(
      '.collapse/decisions.jsonl',
      drawn
        .map(({id, hash}) =>
          formatDecision({
            when: '2026-01-02T03:04:05.000Z',
            who: 'Ada',
            decision: rows.find(row => row.id === id)!.broken ? 'reject' : 'accept',
            rule: '*',
            hash,
            record: id,
            tool: 'test',
          }),
        )
        .join(''),
    );
    const {code, stdout} = await collapse(['calibrate', 'run', '--fpr', '0.05', '--format', 'json'], {cwd});
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({from: 'blind', records: 400, labelled: drawn.length});
    const {limit, recall, fpr} = found.limits[0].chosen;
    const truth = (bad: boolean) => {
      const of = rows.filter(({broken}) => broken === bad);
      return of.filter(({certainty}) => certainty < limit).length / of.length;
    };
    expect(recall.interval[0]).toBeLessThanOrEqual(truth(true));
    expect(recall.interval[1]).toBeGreaterThanOrEqual(truth(true));
    expect(fpr.interval[0]).toBeLessThanOrEqual(truth(false));
    expect(fpr.interval[1]).toBeGreaterThanOrEqual(truth(false));
  });

  it('says what to do without labels, or with one that says nothing', async () => {
    rmSync(join(cwd, '.collapse'), {recursive: true, force: true});
    const none = await collapse(['calibrate', 'rows.jsonl'], {cwd});
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('collapse review --blind');
    const text = await collapse(['calibrate', 'rows.jsonl', '--label', 'id'], {cwd});
    expect(text.stderr).toContain('say which value is the bad one, as `--label id=VALUE`');
    const absent = await collapse(['calibrate', 'rows.jsonl', '--label', 'borken'], {cwd});
    expect(absent.stderr).toContain('No record has a field `borken`');
  });
});
