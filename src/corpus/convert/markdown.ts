import {isUtf8} from 'node:buffer';
import {readFileSync} from 'node:fs';
import {parseMarkdownFile} from '../markdown/parse.js';
import {fileRecord, type MarkdownRecord, sectionRecords} from '../markdown/records.js';
import {bodyKeys} from '../recognise.js';
import type {Source} from './index.js';
import type {Spooler} from './spooler.js';

/** A tree takes many times the memory of its text. */
export const maxMarkdownBytes = 32 * 2 ** 20;

/**
 * Spools a Markdown or MDX file, as one record or one for each heading: a row of its front matter with the
 * prose as `text`. Gives the length of the front matter where it goes before the records of every set.
 */
export async function spoolMarkdown(source: Source, out: Spooler): Promise<number> {
  const whole = {number: 1, start: 0, end: source.bytes};
  if (source.bytes > maxMarkdownBytes) {
    await out.malformed('The file is larger than 32 MiB, more than can be read as Markdown; split it', whole);
    return 0;
  }
  const bytes = readFileSync(source.file);
  if (!isUtf8(bytes)) {
    await out.malformed('The file is not valid UTF-8; write it again as UTF-8', whole);
    return 0;
  }
  const marked = bytes.toString();
  const mark = marked.startsWith('\ufeff') ? 1 : 0;
  const text = marked.slice(mark);
  const parsed = await parseMarkdownFile(text, source.format === 'mdx' ? 'mdx' : 'markdown');
  if ('reason' in parsed) {
    await out.malformed(parsed.reason, {...whole, number: parsed.line});
    return 0;
  }
  const {fields, blocks, matterEnd} = parsed;
  const bySection = source.units?.markdown === 'section';
  const records = bySection
    ? sectionRecords(blocks, matterEnd, text.length)
    : [fileRecord(blocks, 0, text.length)].flatMap(record => record ?? []);
  const offsets = byteOffsets(text, 3 * mark);
  if (records.length === 0 && text.trim() !== '') {
    await out.malformed(
      'No prose in it: nothing but front matter, code, tables or links; leave it out',
      whole,
    );
    return 0;
  }
  for (const record of records) {
    const start = bySection ? offsets(record.start) : 0;
    const at = {number: record.line, start, end: offsets(record.end)};
    await out.add(JSON.stringify(rowOf(fields, record)), bySection ? at : {...at, number: 1});
  }
  return bySection ? offsets(matterEnd) : 0;
}

/** Front matter as fields; what would be taken for the text of a record stands aside in `frontMatter`. */
function rowOf(fields: Readonly<Record<string, unknown>>, {text, headings}: MarkdownRecord): object {
  const row = Object.create(null) as Record<string, unknown>;
  const aside = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(fields)) {
    if (bodyKeys.has(key) || key === 'headings') aside[key] = value;
    else row[key] = value;
  }
  if (Object.keys(aside).length > 0) row.frontMatter = aside;
  if (headings.length > 0) row.headings = headings;
  row.text = text;
  return row;
}

/** Bytes before a UTF-16 offset, for offsets that only grow. */
function byteOffsets(text: string, before: number): (offset: number) => number {
  let at = 0;
  let bytes = before;
  return offset => {
    if (offset < at) [at, bytes] = [0, before];
    bytes += Buffer.byteLength(text.slice(at, offset));
    at = offset;
    return bytes;
  };
}
