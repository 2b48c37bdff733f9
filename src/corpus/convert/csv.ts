import {isUtf8} from 'node:buffer';
import {createReadStream} from 'node:fs';
import {CsvError, type InfoRecord, parse} from 'csv-parse';
import {maxRecordBytes} from '../chunks.js';
import {InputError, quoted} from '../errors.js';
import {recordReader} from '../read.js';
import type {Source} from './index.js';
import type {Spooler} from './spooler.js';

/** Columns whose cells may hold JSON: data sets put conversations there. */
const structured = new Set(['messages', 'conversations', 'conversation']);

/**
 * Spools the rows of a CSV or TSV file with a header. A row is an object of its cells by column, all strings;
 * a cell of `messages` or `conversations` that is a JSON array is taken as that. Gives the length of the header.
 */
export async function spoolCsv(source: Source, out: Spooler): Promise<number> {
  const parser = createReadStream(source.file).pipe(
    parse({
      info: true,
      bom: true,
      delimiter: source.format === 'tsv' ? '\t' : separatorOf(source.head),
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxRecordBytes,
      // TSV has no quotes of its own, but those who write it with a CSV library use them.
      relax_quotes: source.format === 'tsv',
    }),
  );
  const reader = recordReader();
  let header: readonly string[] | undefined;
  let head = 0;
  let before = {bytes: 0, lines: 0, empty: 0};
  try {
    for await (const {record, info} of parser as AsyncIterable<{record: string[]; info: InfoRecord}>) {
      source.signal?.throwIfAborted();
      const blank = info.empty_lines - before.empty;
      const at = {number: before.lines + blank + 1, start: before.bytes, end: info.bytes};
      before = {
        bytes: info.bytes,
        // Not `info.lines`: it counts a line break of two characters inside quotes twice.
        lines: before.lines + blank + 1 + record.reduce((sum, cell) => sum + breaksIn(cell), 0),
        empty: info.empty_lines,
      };
      if (header === undefined) {
        header = headerOf(record, source.path);
        head = info.bytes;
      } else if (record.length !== header.length) {
        const reason = `The row has ${record.length} cells, the header has ${header.length}; quote cells that hold a separator or a line break`;
        await out.malformed(reason, at);
      } else if (
        record.some(cell => cell.includes('\ufffd')) &&
        !isUtf8(reader.read(source, at.start, at.end))
      ) {
        await out.malformed('The row is not valid UTF-8; write the file again as UTF-8', at);
      } else await out.add(JSON.stringify(rowOf(header, record)), at);
    }
  } catch (error) {
    throw isCsvError(error) ? broken(error, source.path) : error;
  } finally {
    reader.close();
  }
  return head;
}

function breaksIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}

function rowOf(header: readonly string[], record: readonly string[]): object {
  // Without a prototype: a column may be called `__proto__`.
  const row = Object.create(null) as Record<string, unknown>;
  for (const [index, name] of header.entries()) {
    const cell = record[index]!;
    row[name] = structured.has(name) && cell.startsWith('[') ? parsed(cell) : cell;
  }
  return row;
}

function parsed(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

/** Spreadsheets that write decimal commas separate cells by semicolons. */
function separatorOf(head: Buffer): string {
  const line = head.toString('latin1').split('\n', 1)[0]!;
  return line.includes(';') && !line.includes(',') ? ';' : ',';
}

function headerOf(names: readonly string[], path: string): readonly string[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new InputError(
    `Cannot read ${quoted(path)}`,
    `its header names the column ${quoted(twice)} twice`,
    'Give each column a name of its own in the first line.',
  );
}

function isCsvError(error: unknown): error is CsvError & {lines?: number} {
  return error instanceof CsvError;
}

function broken(error: CsvError & {lines?: number}, path: string): InputError {
  const at = error.lines === undefined ? '' : ` at line ${error.lines}`;
  const why: Readonly<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: `a quote that is opened${at} is never closed`,
    CSV_INVALID_CLOSING_QUOTE: `text follows a closing quote${at}`,
    INVALID_OPENING_QUOTE: `a quote stands inside a cell without quotes${at}`,
    CSV_MAX_RECORD_SIZE: `the row${at} is larger than can be read; a quote may be missing`,
  };
  return new InputError(
    `Cannot read ${quoted(path)}`,
    why[error.code] ?? `it is not CSV${at}`,
    'Write cells with quotes as `"a ""quoted"" word"`, with a CSV library.',
    {cause: error},
  );
}
