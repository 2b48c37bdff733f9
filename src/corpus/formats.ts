import {InputError, quoted} from './errors.js';

/** What a file holds once it is decompressed. Everything but `jsonl` is spooled as JSON Lines first. */
export type Format = 'jsonl' | 'csv' | 'tsv' | 'json' | 'text' | 'parquet' | 'markdown' | 'mdx';
export type Codec = 'plain' | 'gzip' | 'zstd';

/**
 * Files that a folder is searched for. `.json` and `.txt` are not among them: in a folder those are mostly
 * settings and notes. They are read where they are named, or matched by a pattern.
 */
export const readablePattern =
  '**/*.{jsonl,ndjson,csv,tsv,parquet,JSONL,NDJSON,CSV,TSV,PARQUET}{,.gz,.GZ,.zst,.ZST,.zstd}';

/** Where a folder holds none of these. */
export const prosePattern = '**/*.{md,mdx,markdown,MD,MDX}{,.gz,.GZ,.zst,.ZST,.zstd}';

/** `README.md` and its like, by which a project is known. */
export function isAboutProject(file: string): boolean {
  return /(?:^|[\\/])(?:readme|changelog|contributing|code_of_conduct|security|licen[cs]e)[^\\/]*$/i.test(
    file,
  );
}

const readableName = /\.(?:jsonl|ndjson|csv|tsv|parquet)(?:\.(?:gz|zst|zstd))?$/i;
const proseName = /\.(?:mdx?|markdown)(?:\.(?:gz|zst|zstd))?$/i;
const packed = /\.(?:gz|zst|zstd)$/i;
const laterName =
  /\.(arrow|feather|avro|html?|xlsx?|pdf|bz2|xz|lz4|br|zip|tar|tgz|7z)(?:\.(?:gz|zst|zstd))?$/i;

/** First bytes of formats that are not readable, or not under another name. */
const magics: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['Parquet', Buffer.from('PAR1')],
  ['encrypted Parquet', Buffer.from('PARE')],
  ['Arrow', Buffer.from('ARROW1')],
  ['Avro', Buffer.from('Obj\u0001')],
  ['zstd inside another compression', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a])],
  ['bzip2', Buffer.from('BZh')],
  ['zip', Buffer.from('PK\u0003\u0004')],
  ['gzip inside another compression', Buffer.from([0x1f, 0x8b])],
];

const convert = 'Convert it to JSON Lines, CSV or Parquet first.';

/** Bytes from the start of a file that `refuseContent` wants to see. */
export const headBytes = 512;

export function hasReadableName(path: string): boolean {
  return readableName.test(path);
}

export function hasProseName(path: string): boolean {
  return proseName.test(path);
}

/** The ending of a file that holds data in a format that a folder is not searched for. */
export function dataFormat(name: string): string | undefined {
  return (laterName.exec(name) ??
    /\.(json|txt|mdx?|markdown)(?:\.(?:gz|zst|zstd))?$/i.exec(name))?.[1]?.toLowerCase();
}

/** What can be read, in words. */
export const readableFormats =
  'JSON Lines (.jsonl, .ndjson), CSV, TSV and Parquet, and where they are named JSON arrays (.json), text (.txt) and Markdown (.md, .mdx), plain, gzip or zstd';

/** Whether the file itself is JSON Lines, by its name: what stands at a byte of its records stands there in it. */
export function isPlainLines(path: string): boolean {
  return !packed.test(path) && !/\.json$/i.test(path) && formatOf(path, Buffer.alloc(0)) === 'jsonl';
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

export function isZstd(head: Uint8Array): boolean {
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
}

const endings: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  parquet: 'parquet',
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'mdx',
};

/** The format of a file, by its name, and for `.json` by its first character. JSON Lines is all else. */
export function formatOf(shown: string, head: Buffer): Format {
  const ending = /\.([^./]+)$/.exec(shown.replace(packed, ''))?.[1]?.toLowerCase() ?? '';
  if (ending === 'json') return /^(?:\xef\xbb\xbf)?\s*\[/.test(head.toString('latin1')) ? 'json' : 'jsonl';
  return endings[ending] ?? 'jsonl';
}

/** Throws InputError for a file whose name says that it is in a format that is not readable. */
export function refuseName(shown: string): void {
  const extension = laterName.exec(shown)?.[1];
  if (extension === undefined) return;
  throw new InputError(
    `Cannot read ${quoted(shown)}`,
    `.${extension.toLowerCase()} files are not yet readable; JSONL is`,
    convert,
  );
}

/** Throws InputError for content that cannot be what the format says. `head` is the start of the plain content. */
export function refuseContent(shown: string, head: Buffer, format: Format): void {
  const refuse = (why: string, advice: string) => new InputError(`Cannot read ${quoted(shown)}`, why, advice);
  if (head.toString('latin1').startsWith('version https://git-lfs')) {
    throw refuse('it is a Git LFS pointer, the data itself is not here', 'Run `git lfs pull`.');
  }
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw refuse('it is UTF-16; data is read as UTF-8', 'Convert it with `iconv -f UTF-16 -t UTF-8`.');
  }
  for (const [name, bytes] of magics) {
    if (!head.subarray(0, bytes.length).equals(bytes)) continue;
    if (name === 'Parquet' && format === 'parquet') return;
    if (name === 'Parquet')
      throw refuse('its content is Parquet, its name says otherwise', 'Rename it to end in `.parquet`.');
    throw refuse(`its content is ${name}, which is not yet readable`, convert);
  }
  if (format === 'parquet') {
    const why = head.length === 0 ? 'the file is empty' : 'its content is not Parquet';
    throw refuse(why, 'Fetch or write the file again, or give it the ending of what it holds.');
  }
  const other = wrongContent(shown, head.toString('latin1').replace(/^\xef\xbb\xbf/, ''), format);
  if (other !== undefined) throw refuse(...other);
}

/** What begins as data of another format, and would be as many malformed records: why, and what to do. */
function wrongContent(shown: string, start: string, format: Format): [string, string] | undefined {
  const rename = (what: string, ending: string): [string, string] => [
    `its content is ${what}, its name says otherwise`,
    `Rename it to end in \`${ending}\`.`,
  ];
  if (format === 'csv' || format === 'tsv') {
    if (/^\s*\{"/.test(start)) return rename('JSON Lines', '.jsonl');
    return /^\s*\[\s*[{"]/.test(start) ? rename('a JSON array', '.json') : undefined;
  }
  if (format !== 'jsonl') return undefined;
  if (/\.json$/i.test(shown.replace(packed, ''))) {
    if (!/^\s*\{\s*\n/.test(start)) return undefined;
    return [
      'it is one JSON document, not one record per line',
      "Take the array out of it: `jq '.data' in.json > out.json`.",
    ];
  }
  if (/^\s*\[[ \t]*\r?\n/.test(start)) return rename('a JSON array', '.json');
  if (/^\s*\{[ \t]*\r?\n/.test(start)) {
    return [
      'its records stand on many lines each',
      'Write one record per line: `jq -c . in.json > out.jsonl`.',
    ];
  }
  return undefined;
}
