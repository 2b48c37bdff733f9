import {isUtf8} from 'node:buffer';
import {maxRecordBytes, readChunks} from '../chunks.js';
import {splitLines} from '../lines.js';
import {recordReader} from '../read.js';
import type {Source} from './index.js';
import type {Spooler} from './spooler.js';

/** Spools a text file: a record for each line that is not blank, each paragraph, or the whole file. */
export async function spoolText(source: Source, out: Spooler): Promise<number> {
  const unit = source.units?.text ?? 'line';
  if (unit === 'file') await spoolWhole(source, out);
  else if (unit === 'paragraph') await spoolParagraphs(source, out);
  else await spoolLines(source, out);
  return 0;
}

async function spoolLines(source: Source, out: Spooler): Promise<void> {
  for await (const line of linesOf(source)) {
    if (line.bytes !== undefined) await addText(line.bytes, 'line', line, out);
    else await out.malformed('The line is larger than can be read; split it or take it out', line);
  }
}

/** Lines without a blank one between them, from the first byte of one paragraph to that of the next. */
async function spoolParagraphs(source: Source, out: Spooler): Promise<void> {
  const reader = recordReader();
  let open: {number: number; start: number; last: number; textEnd: number; end: number} | undefined;
  const close = async () => {
    if (open === undefined) return;
    const {start, textEnd} = open;
    if (textEnd - start > maxRecordBytes)
      await out.malformed('The paragraph is larger than can be read; split it or take it out', open);
    else await addText(reader.read(source, start, textEnd), 'paragraph', open, out);
  };
  try {
    for await (const line of linesOf(source)) {
      if (open !== undefined && line.number === open.last + 1) {
        open = {...open, last: line.number, textEnd: line.textEnd, end: line.end};
        continue;
      }
      await close();
      open = {...line, last: line.number};
    }
    await close();
  } finally {
    reader.close();
  }
}

async function spoolWhole(source: Source, out: Spooler): Promise<void> {
  const at = {number: 1, start: 0, end: source.bytes};
  if (source.bytes > maxRecordBytes)
    return out.malformed('The file is larger than one record can be; read it by `paragraph` or `line`', at);
  const reader = recordReader();
  try {
    const bytes = reader.read(source, 0, source.bytes);
    const mark = bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? 3 : 0;
    const text = bytes.subarray(mark);
    if (text.toString().trim() !== '') await addText(text, 'file', at, out);
  } finally {
    reader.close();
  }
}

interface Line {
  /** From 1. */
  readonly number: number;
  readonly start: number;
  /** One past its last byte, without the line ending. */
  readonly textEnd: number;
  /** The first byte of the next line that is not blank. */
  readonly end: number;
  /** Undefined where it is too long to be read. */
  readonly bytes?: Buffer;
}

/** The lines of a file that are not blank. */
async function* linesOf(source: Source): AsyncGenerator<Line> {
  const input = {path: source.path, file: source.file, codec: 'plain', bytes: source.bytes} as const;
  let first = 1;
  for await (const chunk of readChunks([input])) {
    source.signal?.throwIfAborted();
    const from = chunk.start;
    const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
    if (chunk.tooLong !== undefined) {
      const end = from + chunk.tooLong;
      yield {number: first++, start: from, textEnd: end, end};
      continue;
    }
    const {starts, ends, lines, count, physicalLines} = splitLines(bytes);
    for (let row = 0; row < count; row++) {
      const [start, textEnd] = [starts[row]!, ends[row]!];
      const end = row + 1 < count ? starts[row + 1]! : bytes.length;
      const at = {start: from + start, textEnd: from + textEnd, end: from + end};
      yield {number: first + lines[row]!, ...at, bytes: bytes.subarray(start, textEnd)};
    }
    first += physicalLines;
  }
}

async function addText(bytes: Buffer, unit: string, at: Parameters<Spooler['add']>[1], out: Spooler) {
  if (isUtf8(bytes)) await out.add(JSON.stringify({text: bytes.toString()}), at);
  else await out.malformed(`The ${unit} is not valid UTF-8; write the file again as UTF-8`, at);
}
