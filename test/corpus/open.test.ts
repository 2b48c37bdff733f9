import {execFileSync} from 'node:child_process';
import {createReadStream, existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {InputError} from '../../src/corpus/errors.js';
import {openInput} from '../../src/corpus/open.js';
import {maxGzipRatio, spool} from '../../src/corpus/spool.js';
import {folderWith} from './folder.js';

const rows = '{"text":"one"}\n{"text":"two"}\n';

function opening(content: string | Uint8Array, name = 'in.jsonl') {
  const cwd = folderWith({[name]: content});
  const spoolDir = join(cwd, 'spool', 'deep');
  return {cwd, spoolDir, path: join(cwd, name), open: () => openInput(join(cwd, name), {spoolDir, cwd})};
}

/** Fails, says this, and leaves no copy behind. */
async function refuses(content: string | Uint8Array, message: string | RegExp, name?: string) {
  const {open, spoolDir} = opening(content, name);
  await expect(open()).rejects.toThrow(InputError);
  await expect(open()).rejects.toThrow(message);
  expect(existsSync(spoolDir) ? readdirSync(spoolDir) : []).toEqual([]);
}

describe('openInput', () => {
  it('takes a plain file as it is', async () => {
    const {path, open, spoolDir} = opening(rows, 'data/in.jsonl');
    expect(await open()).toEqual({path: 'data/in.jsonl', file: path, codec: 'plain', bytes: rows.length});
    expect(existsSync(spoolDir)).toBe(false);
  });

  it.each([
    ['one member', gzipSync(rows)],
    [
      'several members',
      Buffer.concat([gzipSync('{"text":"one"}\n'), gzipSync(''), gzipSync('{"text":"two"}\n')]),
    ],
    ['zeros as padding', Buffer.concat([gzipSync(rows), Buffer.alloc(1000)])],
  ])('decompresses gzip, known by its bytes: %s', async (_, bytes) => {
    const input = await opening(bytes, 'in.jsonl').open();
    expect(input).toMatchObject({path: 'in.jsonl', codec: 'gzip', bytes: rows.length});
    expect(readFileSync(input.file, 'utf8')).toBe(rows);
    if (process.platform !== 'win32') expect(statSync(input.file).mode & 0o077).toBe(0);
  });

  it('does not believe a name that ends in .gz', async () => {
    expect(await opening(rows, 'in.jsonl.gz').open()).toMatchObject({codec: 'plain', bytes: rows.length});
  });

  it.each([
    ['nothing', ''],
    ['one byte', '{'],
  ])('takes %s', async (_, content) => {
    expect(await opening(content).open()).toMatchObject({codec: 'plain', bytes: content.length});
    const {spoolDir} = opening('');
    const input = await openInput('-', {spoolDir, stdin: Readable.from([Buffer.from(content)])});
    expect(input).toMatchObject({codec: 'plain', bytes: content.length});
  });

  it.each([
    ['plain', Buffer.from(rows)],
    ['gzip', gzipSync(rows)],
  ] as const)('spools standard input, %s, however it comes in', async (codec, bytes) => {
    const {spoolDir} = opening('');
    for (const size of [1, 7, 1000]) {
      const pieces = Array.from({length: Math.ceil(bytes.length / size)}, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const input = await openInput('-', {spoolDir, stdin: Readable.from(pieces), stdinName: '<pipe>'});
      expect(input).toMatchObject({path: '<pipe>', codec, bytes: rows.length});
      expect(readFileSync(input.file, 'utf8')).toBe(rows);
    }
    expect(readdirSync(spoolDir)).toHaveLength(3);
  });

  it.runIf(process.platform !== 'win32')('spools a named pipe', async () => {
    const {cwd, spoolDir} = opening('');
    const pipe = join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    execFileSync('sh', ['-c', `printf '${JSON.stringify({text: 'one'})}\\n' > '${pipe}' &`], {
      stdio: 'ignore',
    });
    const input = await openInput(pipe, {spoolDir, cwd});
    expect(input).toMatchObject({path: 'pipe', codec: 'plain', bytes: 15});
  });

  it('says where gzip data is cut or damaged, at any place', async () => {
    const bytes = Buffer.concat([gzipSync(rows.repeat(50)), gzipSync(rows)]);
    const {spoolDir} = opening('');
    await fc.assert(
      fc.asyncProperty(fc.integer({min: 2, max: bytes.length - 1}), async length => {
        const opened = openInput('-', {spoolDir, stdin: Readable.from([bytes.subarray(0, length)])});
        const boundary = gzipSync(rows.repeat(50)).length;
        if (length === boundary) expect((await opened).bytes).toBe(rows.length * 50);
        else await expect(opened).rejects.toThrow(/`<stdin>`: the gzip data is cut off after byte \d+\. /);
      }),
    );
    const damaged = Buffer.from(bytes);
    damaged[30]! ^= 0xff;
    await refuses(damaged, /the gzip data is damaged after byte \d+/);
  });

  it('does not lose what stands after zeros in a gzip file', async () => {
    const bytes = Buffer.concat([gzipSync(rows), Buffer.alloc(9), gzipSync(rows)]);
    await refuses(bytes, `there is more after the end of the gzip data at byte ${gzipSync(rows).length}`);
    await refuses(Buffer.concat([gzipSync(rows), Buffer.from('more of it, plain')]), 'is damaged after byte');
  });

  it.each<[name: string, content: string | Uint8Array, message: string, file?: string]>([
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
      'Run `git lfs pull`.',
    ],
    ['UTF-16', Buffer.from('\ufeff{"text":"a"}\n', 'utf16le'), 'it is UTF-16; data is read as UTF-8'],
    ['UTF-16 inside gzip', gzipSync(Buffer.from('\ufeff{}', 'utf16le')), 'iconv -f UTF-16 -t UTF-8'],
    [
      'Parquet',
      'PAR1....',
      'its content is Parquet, its name says otherwise. Rename it to end in `.parquet`',
    ],
    [
      'encrypted Parquet',
      'PARE....',
      'its content is encrypted Parquet, which is not yet readable',
      'in.parquet',
    ],
    ['what is no Parquet', rows, 'its content is not Parquet', 'in.parquet'],
    ['nothing, as Parquet', '', 'the file is empty', 'in.parquet'],
    [
      'a JSON array',
      '[\n  {"text": "a"}\n]',
      'its content is a JSON array, its name says otherwise',
      'in.jsonl',
    ],
    ['printed JSON', '{\n  "text": "a"\n}\n', 'Write one record per line: `jq -c .', 'in.jsonl'],
    ['JSON Lines', rows, 'its content is JSON Lines, its name says otherwise', 'in.csv'],
    ['a JSON array as TSV', '[{"text": "a"}]', 'its content is a JSON array', 'in.tsv'],
    ['zstd that is cut off', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0), 'the zstd data is cut off'],
    ['zip', 'PK\x03\x04...', 'its content is zip'],
    ['gzip twice', gzipSync(gzipSync(rows)), 'its content is gzip inside another compression'],
    ['a printed JSON object', '{\n  "data": []\n}', 'it is one JSON document', 'in.json'],
    ['a JSON object inside gzip', gzipSync('{\n"data":[]}'), 'it is one JSON document', 'in.json.gz'],
  ])('refuses %s', async (_, content, message, file) => refuses(content, message, file));

  it('reads JSON Lines in a file called .json', async () => {
    expect(await opening(rows, 'in.json').open()).toMatchObject({codec: 'plain'});
  });

  it('names a file that is missing or a folder', async () => {
    const {cwd, spoolDir} = opening(rows, 'data/in.jsonl');
    const open = (name: string) => openInput(join(cwd, name), {spoolDir, cwd});
    await expect(open('gone.jsonl')).rejects.toThrow('Cannot read `gone.jsonl`: there is no such file');
    await expect(open('data')).rejects.toThrow('Cannot read `data`: it is a folder');
    await expect(open('bad\x1b[2J.jsonl')).rejects.toThrow('`bad\\u{1b}[2J.jsonl`');
  });

  it('passes on what stops the source', async () => {
    const {spoolDir} = opening('');
    const stdin = Readable.from(
      (async function* () {
        yield Buffer.from(rows);
        throw new Error('the other end went away');
      })(),
    );
    await expect(openInput('-', {spoolDir, stdin})).rejects.toThrow(/`<stdin>`.*the other end went away/);
    expect(readdirSync(spoolDir)).toEqual([]);
  });
});

describe('spool', () => {
  const bomb = gzipSync(Buffer.alloc(4 * 2 ** 20, '\n'));
  const {length} = bomb;

  it('refuses a stream that grows too much, once it is large', async () => {
    const {cwd, spoolDir} = opening(bomb, 'bomb.gz');
    const source = () => createReadStream(join(cwd, 'bomb.gz'));
    expect((4 * 2 ** 20) / length).toBeGreaterThan(maxGzipRatio);
    const options = {name: 'bomb.gz', spoolDir, sourceBytes: length};
    await expect(spool(source(), {...options, bombBytes: 2 ** 20})).rejects.toThrow(
      'Cannot decompress `bomb.gz`: it grows more than 1000 times',
    );
    expect(readdirSync(spoolDir)).toEqual([]);
    expect(await spool(source(), options)).toMatchObject({codec: 'gzip', bytes: 4 * 2 ** 20});
  });

  it('takes any bytes back as they were', async () => {
    const {spoolDir} = opening('');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({maxLength: 40})), async parts => {
        const members = Buffer.concat(parts.map(part => gzipSync(part)));
        if (members.length === 0) return;
        const {file} = await spool(Readable.from([members]), {name: 'x', spoolDir});
        expect(readFileSync(file)).toEqual(Buffer.concat(parts));
      }),
      {numRuns: 30},
    );
  });
});
