import {existsSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, onTestFinished, test} from 'vitest';
import {RunError} from '../../src/run/error.js';
import {type FilterOptions, filter} from '../../src/run/filter.js';
import {filesIn, sha256} from '../cli/collapse.js';
import {hooks} from '../engine/probe.mjs';
import {folder, load, type Row, type Setup} from '../engine/rounds.js';

const lenient: Setup = {maxMalformed: 1e6, gates: {duplication: 'off'}};
const scored: Setup = {...lenient, gates: {...lenient.gates, 'probe/score': 'on'}};

async function run(
  cwd: string,
  patterns: readonly string[],
  options: Partial<FilterOptions> = {},
  setup = lenient,
) {
  return filter(await load(cwd, setup), patterns, {
    cwd,
    out: 'out',
    concurrency: 0,
    cache: false,
    ...options,
  });
}

/** The record lines of some bytes, each with its line ending: what a set is made of. */
function linesOf(bytes: Buffer): string[] {
  const text = bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).filter(line => /[^\t-\r ]/.test(line));
}

const sets = ['accepted', 'quarantined', 'rejected', 'malformed'] as const;
const text = fc.oneof(
  fc.constantFrom(
    'The ferry leaves.',
    'The gulls are back.',
    'A rope, a bell, a lamp.',
    'Nur ein Satz: Grüße!',
  ),
  fc.string({unit: 'grapheme', minLength: 1, maxLength: 30}),
);
const record = fc
  .record(
    {text, flag: fc.constant('x'), score: fc.constantFrom(0, 0.7, 1, 'missing', 'not-applicable')},
    {requiredKeys: ['text']},
  )
  .map(row => Buffer.from(JSON.stringify(row)));
const malformed = fc
  .constantFrom('{"text": ', '[]', '7', '{}', '{"text":1}', '\0', '{"text":"a"} x')
  .map(Buffer.from);
const damaged = fc.constant(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]));
const line = fc.oneof(
  {arbitrary: record, weight: 6},
  malformed,
  damaged,
  fc.constantFrom('', ' ', '\t', '\r').map(Buffer.from),
);
const file = fc
  .record({
    mark: fc.boolean(),
    lines: fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n')), {maxLength: 12}),
    last: fc.option(line, {nil: undefined}),
    gzip: fc.boolean(),
  })
  .map(({mark, lines, last, gzip}) => ({
    gzip,
    bytes: Buffer.concat([
      Buffer.from(mark ? [0xef, 0xbb, 0xbf] : []),
      ...lines.flatMap(([bytes, ending]) => [bytes, Buffer.from(ending)]),
      last ?? Buffer.alloc(0),
    ]),
  }));
const round = fc.dictionary(
  fc.constantFrom('a.jsonl', 'b.jsonl', 'deep/er/c.jsonl', 'A.jsonl', 'no-ending'),
  file,
  {minKeys: 1, maxKeys: 3},
);

test('nothing is lost: every record line is in exactly one set, byte for byte and in order', async () => {
  await fc.assert(
    fc.asyncProperty(round, async files => {
      const root = folder();
      const names = Object.keys(files);
      for (const [name, {gzip, bytes}] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), {recursive: true});
        writeFileSync(join(root, name), gzip ? gzipSync(bytes) : bytes);
      }
      const {report, folder: out} = await run(root, names, {}, scored);
      const {records, accepted, quarantined, rejected, malformed: broken} = report.totals;
      expect(accepted + quarantined + rejected + broken).toBe(records);
      const expected = Object.values(files).flatMap(({bytes}) => linesOf(bytes));
      expect(records).toBe(expected.length);
      expect(existsSync(join(root, 'out'))).toBe(records > 0);
      if (records === 0) return;
      const written = filesIn(join(root, out!));
      const evidence = linesOf(written.get('evidence.jsonl')!).map(row => JSON.parse(row));
      for (const [name, {gzip, bytes}] of Object.entries(files)) {
        const of = (set: string) => (names.length === 1 ? `${set}.jsonl` : `${set}/${name}`);
        const stored = (set: string) => written.get(`${of(set)}${gzip ? '.gz' : ''}`);
        const plain = (set: string) => {
          const found = stored(set);
          return found === undefined ? [] : linesOf(gzip ? gunzipSync(found) : found);
        };
        const queues = new Map(sets.map(set => [set as string, plain(set)]));
        const lines = linesOf(bytes);
        const verdicts = evidence.filter(({path}) => path === name).map(({verdict}) => verdict);
        const named = {
          accept: 'accepted',
          quarantine: 'quarantined',
          reject: 'rejected',
          malformed: 'malformed',
        };
        const put = verdicts.map(verdict => queues.get(named[verdict as keyof typeof named])!.shift());
        expect(put).toEqual(lines);
        for (const [, left] of queues) expect(left).toEqual([]);
      }
      const manifest = JSON.parse(written.get('manifest.json')!.toString());
      expect(manifest.totals).toEqual(report.totals);
      const listed = new Map(manifest.files.map((each: {path: string}) => [each.path, each]));
      expect([...listed.keys()].sort()).toEqual(
        [...written.keys()].filter(path => path !== 'manifest.json').sort(),
      );
      for (const {path, bytes, sha256: digest} of manifest.files) {
        expect([bytes, digest]).toEqual([written.get(path)!.length, sha256(written.get(path)!)]);
      }
      const perSet = manifest.files.filter(({path}: {path: string}) =>
        sets.some(set => path.startsWith(set)),
      );
      expect(perSet.reduce((sum: number, {records: count}: {records: number}) => sum + count, 0)).toBe(
        records,
      );
    }),
    {numRuns: 30},
  );
});

const good: Row[] = [
  {id: 'a', text: 'The ferry leaves at nine.'},
  {id: 'b', text: 'The gulls are back on the roof.', flag: 'x'},
  {id: 'c', text: 'A lamp burns until four.'},
];
const strict: Setup = {gates: {duplication: {maximum: 0, repeats: 1}}};
const bad: Row[] = [...good, good[0]!];

function json(rows: readonly Row[]): string {
  return rows.map(row => `${JSON.stringify(row)}\n`).join('');
}

test('a failed round leaves its evidence beside, no accepted set, and an older good run as it was', async () => {
  const root = folder({'good.jsonl': good, 'bad.jsonl': bad});
  expect((await run(root, ['good.jsonl'], {}, strict)).folder).toBe('out');
  const before = filesIn(join(root, 'out'));
  const failed = await run(root, ['bad.jsonl'], {overwrite: true}, strict);
  expect(failed).toMatchObject({folder: 'out.failed', report: {verdict: 'fail'}});
  expect(filesIn(join(root, 'out'))).toEqual(before);
  const names = [...filesIn(join(root, 'out.failed')).keys()];
  expect(names).toEqual([
    'config.json',
    'evidence.jsonl',
    'manifest.json',
    'rejected.jsonl',
    'report.html',
    'report.json',
  ]);
  expect(readdirSync(root).sort()).toEqual(['bad.jsonl', 'good.jsonl', 'out', 'out.failed']);
  // A second failure replaces the first one's evidence without being asked to.
  await run(root, ['bad.jsonl'], {out: 'out/../out', overwrite: true}, {...strict, maxFindings: 1});
  expect(readdirSync(root).sort()).toEqual(['bad.jsonl', 'good.jsonl', 'out', 'out.failed']);
  const {records} = JSON.parse(filesIn(join(root, 'out.failed')).get('manifest.json')!.toString()).totals;
  expect(records).toBe(4);
});

test('a run is only replaced when asked for, and nothing else ever is', async () => {
  const root = folder({'good.jsonl': good, 'notes/todo.txt': 'mine', 'a-file': 'mine', 'empty/x': ''});
  const write = (out: string, overwrite?: boolean) => run(root, ['good.jsonl'], {out, overwrite});
  await write('out');
  const before = filesIn(join(root, 'out'));
  const refused = async (out: string, overwrite: boolean) => {
    const error = await write(out, overwrite).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RunError);
    return (error as Error).message;
  };
  expect(await refused('out', false)).toBe(
    '`out` is there already. Name another folder, or replace it with --overwrite.',
  );
  for (const overwrite of [false, true]) {
    expect(await refused('notes', overwrite)).toBe(
      '`notes` is there already and holds no run. Name another folder.',
    );
    expect(await refused('a-file', overwrite)).toBe('`a-file` is a file. Name a folder for the run.');
    expect(await refused('.', overwrite)).toContain('holds no run');
  }
  await write('out', true);
  expect(filesIn(join(root, 'out'))).toEqual(before);
  mkdirSync(join(root, 'new'));
  expect((await write('new')).folder).toBe('new');
  expect((await write('deep/er/out')).folder).toBe('deep/er/out');
  expect(readdirSync(root).sort()).toEqual(['a-file', 'deep', 'empty', 'good.jsonl', 'new', 'notes', 'out']);
});

test('a run that got there first is not replaced', async () => {
  const root = folder({'good.jsonl': good});
  const late = run(root, ['good.jsonl'], {
    onStart: () => {
      mkdirSync(join(root, 'out'));
      writeFileSync(join(root, 'out/manifest.json'), 'of another');
    },
  });
  await expect(late).rejects.toThrow('`out` is there already');
  expect([...filesIn(root)].map(([name]) => name)).toEqual(['good.jsonl', 'out/manifest.json']);
});

test('what a killed run left behind is cleaned up, and an old run that it had moved comes back', async () => {
  const root = folder({'good.jsonl': good});
  await run(root, ['good.jsonl']);
  const before = filesIn(join(root, 'out'));
  const gone = 2 ** 22 + 1;
  const leftover = (name: string) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'manifest.json'), 'half');
  };
  leftover(`.out.partial-${gone}`);
  leftover(`.out.failed.replaced-${gone}`);
  leftover(`.out.partial-${process.ppid}`);
  leftover(`.other.partial-${gone}`);
  const {rename} = await import('node:fs/promises');
  await rename(join(root, 'out'), join(root, `.out.replaced-${gone}`));
  // The old run is back before it is asked whether there is one.
  await expect(run(root, ['good.jsonl'])).rejects.toThrow('`out` is there already');
  expect(filesIn(join(root, 'out'))).toEqual(before);
  await run(root, ['good.jsonl'], {overwrite: true});
  expect(readdirSync(root).sort()).toEqual(
    [`.other.partial-${gone}`, `.out.partial-${process.ppid}`, 'good.jsonl', 'out', 'out.failed'].sort(),
  );
});

test('an error leaves nothing behind', async () => {
  const throwing = folder({'round.jsonl': [...good, {text: 'It breaks here.', throw: 'record'}]});
  await expect(run(throwing, ['round.jsonl'])).rejects.toThrow('the record rule broke');
  expect(readdirSync(throwing)).toEqual(['round.jsonl']);
  const unreadable = folder({'round.jsonl': good});
  await expect(run(unreadable, ['rund.jsonl'])).rejects.toThrow('Did you mean `round.jsonl`?');
  expect(readdirSync(unreadable)).toEqual(['round.jsonl']);
  const late: Setup = {...lenient, rules: {'probe/bits': 'warn'}, gates: {'probe/round': {mode: 'throw'}}};
  await expect(run(unreadable, ['.'], {}, late)).rejects.toThrow('the round gate broke');
  expect(readdirSync(unreadable)).toEqual(['round.jsonl']);
});

test('an interrupt leaves nothing behind, whenever it comes', async () => {
  const rows = Array.from({length: 400}, (_, id) => ({text: `w${id} x${id} y${id} z${id}`, group: id % 7}));
  const setup: Setup = {...lenient, rules: {'probe/groups': 'warn', 'probe/bits': 'warn'}};
  for (const stop of ['start', 'progress'] as const) {
    const root = folder({'a.jsonl': rows, 'b.jsonl': rows});
    const abort = new AbortController();
    const on = (when: string) => () => when === stop && abort.abort();
    const interrupted = run(
      root,
      ['.'],
      {signal: abort.signal, onStart: on('start'), onProgress: on('progress')},
      setup,
    );
    await expect(interrupted, stop).rejects.toThrow(expect.objectContaining({name: 'AbortError'}));
    expect(readdirSync(root), stop).toEqual(['a.jsonl', 'b.jsonl']);
  }
});

test('what changed after it was judged is not released', async () => {
  const root = folder({'good.jsonl': good});
  const setup: Setup = {...lenient, rules: {'probe/bits': 'warn'}, gates: {'probe/round': 'on'}};
  // As long as before, and after the last row was judged.
  const bomb = json(good).replace('A lamp burns', 'A bomb burns');
  hooks.round = () => writeFileSync(join(root, 'good.jsonl'), bomb);
  onTestFinished(() => {
    hooks.round = () => {};
  });
  const swapped = run(root, ['good.jsonl'], {}, setup);
  await expect(swapped).rejects.toThrow('`good.jsonl` changed while it was judged. Nothing was written.');
  expect(readdirSync(root)).toEqual(['good.jsonl']);
});

test('a run whose unfinished folder somebody emptied is not released', async () => {
  const root = folder({'good.jsonl': good});
  hooks.round = () => {
    for (const name of readdirSync(root))
      if (name.startsWith('.out.')) rmSync(join(root, name), {recursive: true});
  };
  onTestFinished(() => {
    hooks.round = () => {};
  });
  const setup: Setup = {...lenient, rules: {'probe/bits': 'warn'}, gates: {'probe/round': 'on'}};
  await expect(run(root, ['good.jsonl'], {}, setup)).rejects.toThrow('`evidence.jsonl` of the run is gone');
  expect(readdirSync(root)).toEqual(['good.jsonl']);
});

test('inputs of one name, or one inside the other, do not write over each other', async () => {
  const root = folder({
    'cwd/data/a.jsonl': good.slice(0, 1),
    'cwd/stdin.jsonl': good.slice(2),
    'data/a.jsonl': [{text: 'Something else entirely.'}],
  });
  const cwd = join(root, 'cwd');
  writeFileSync(join(cwd, 'data/a.jsonl.gz'), gzipSync(json([{text: 'A third one.'}])));
  writeFileSync(join(cwd, 'data/zipped.jsonl'), gzipSync(json([{text: 'A fourth one, zipped.'}])));
  writeFileSync(
    join(cwd, 'data/zipped.jsonl.gz'),
    gzipSync(json([{text: 'And the fifth, zipped as well.'}])),
  );
  async function* stdin() {
    yield Buffer.from(json([{text: 'From standard input.'}]));
  }
  const named = {stdin: stdin(), stdinName: 'data/a.jsonl/x'};
  const {report} = await run(cwd, ['.', '-', join(root, 'data/a.jsonl')], named);
  expect(report.totals).toMatchObject({records: 7, accepted: 7});
  const accepted = filesIn(join(cwd, 'out/accepted'));
  expect(accepted.size).toBe(7);
  const texts = [...accepted].flatMap(([name, bytes]) =>
    (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n'),
  );
  expect(new Set(texts).size).toBe(7);
});

test('standard input without a folder is released once the round has passed, and only then', async () => {
  const root = folder();
  const release = async (rows: string, setup: Setup) => {
    const pieces: Uint8Array[] = [];
    async function* stdin() {
      for (const byte of Buffer.from(rows)) yield Buffer.from([byte]);
    }
    const {report, folder: out} = await run(
      root,
      ['-'],
      {out: undefined, stdin: stdin(), onAccepted: async bytes => void pieces.push(bytes)},
      setup,
    );
    expect(out).toBeUndefined();
    return [Buffer.concat(pieces).toString(), report.verdict];
  };
  const [a, b, c] = good.map(row => JSON.stringify(row));
  expect(await release(`${a}\r\n\n${b}\n${c}`, lenient)).toEqual([`${a}\r\n\n${c}`, 'pass']);
  expect(await release(json(bad), strict)).toEqual(['', 'fail']);
  expect(readdirSync(root)).toEqual([]);
});

test('a round without records is no run', async () => {
  const root = folder({'empty.jsonl': '\n  \r\n\ufeff'.slice(0, 5)});
  const {report, folder: out} = await run(root, ['.']);
  expect([report.totals.records, out]).toEqual([0, undefined]);
  expect(readdirSync(root)).toEqual(['empty.jsonl']);
});

test('a dry run writes nothing and says the same', async () => {
  const root = folder({'good.jsonl': good});
  const dry = await run(root, ['.'], {out: undefined});
  expect(readdirSync(root)).toEqual(['good.jsonl']);
  expect(dry.report).toEqual((await run(root, ['good.jsonl'])).report);
});
