import {InputError, quoted} from './errors.js';

/** Files that a folder is searched for. */
export const readablePattern = '**/*.{jsonl,ndjson,JSONL,NDJSON}{,.gz,.GZ}';

const readableName = /\.(?:jsonl|ndjson)(?:\.gz)?$/i;
const laterName =
  /\.(parquet|arrow|feather|avro|csv|tsv|md|markdown|txt|html?|xlsx?|pdf|zst|zstd|bz2|xz|lz4|br|zip|tar|tgz|7z)(?:\.gz)?$/i;

/** First bytes of formats that are not readable. */
const magics: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['Parquet', Buffer.from('PAR1')],
  ['Arrow', Buffer.from('ARROW1')],
  ['Avro', Buffer.from('Obj\u0001')],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a])],
  ['bzip2', Buffer.from('BZh')],
  ['zip', Buffer.from('PK\u0003\u0004')],
  ['gzip inside gzip', Buffer.from([0x1f, 0x8b])],
];

const convert = 'Convert it to JSON Lines (plain or gzip) first, one `{…}` per line.';

/** Bytes from the start of a file that `refuseContent` wants to see. */
export const headBytes = 512;

export function hasReadableName(path: string): boolean {
  return readableName.test(path);
}

/** The ending of a file that holds data in a format that a folder is not searched for. */
export function dataFormat(name: string): string | undefined {
  return (laterName.exec(name) ?? /\.(json)(?:\.gz)?$/i.exec(name))?.[1]?.toLowerCase();
}

/** What can be read, in words. */
export const readableFormats = 'JSON Lines (.jsonl, .ndjson), plain or gzip';

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
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

/** Throws InputError for content that cannot be JSON Lines. `head` is the start of the plain content. */
export function refuseContent(shown: string, head: Buffer): void {
  const refuse = (why: string, advice: string) => new InputError(`Cannot read ${quoted(shown)}`, why, advice);
  if (head.toString('latin1').startsWith('version https://git-lfs')) {
    throw refuse('it is a Git LFS pointer, the data itself is not here', 'Run `git lfs pull`.');
  }
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw refuse('it is UTF-16; JSON Lines are UTF-8', 'Convert it with `iconv -f UTF-16 -t UTF-8`.');
  }
  for (const [name, bytes] of magics) {
    if (head.subarray(0, bytes.length).equals(bytes)) {
      throw refuse(`its content is ${name}, which is not yet readable; JSONL is`, convert);
    }
  }
  // One JSON document over many lines would be as many malformed records.
  if (/\.json(?:\.gz)?$/i.test(shown) && /^\s*(?:\[|\{\s*\n)/.test(head.toString('latin1'))) {
    throw refuse(
      'it is one JSON document, not one record per line',
      "Convert an array with `jq -c '.[]' in.json > out.jsonl`.",
    );
  }
}
