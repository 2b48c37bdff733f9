import {createHash} from 'node:crypto';
import {
  type CorpusRecord,
  type Features,
  idOfPlace,
  type PartName,
  type Place,
  type RecordParts,
  type RowFields,
} from '../api.js';
import {type Fields, parseLine} from '../corpus/jsonl.js';
import {type LineReader, unread} from '../corpus/line-reader.js';
import {compileShape, type Parts} from '../corpus/shape.js';

/** The bytes of a row, in the chunk that it came in. */
interface RowBytes {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A row as JSON.parse and the field mapping have it. */
interface Whole {
  readonly parts: Parts;
  readonly fields: Fields;
}

/**
 * A record together with its bytes and what was derived from it so far. One that a line reader has read is
 * parsed when something is asked for that the reader does not have, or has no longer.
 */
export class ScannedRecord implements CorpusRecord, RowFields, RecordParts {
  /** Features by name, each computed at most once. */
  readonly derived: Partial<Features> & Record<string, unknown> = {};
  /** Whether it is in the sample that some corpus rules read; undefined as long as nobody has looked. */
  sampled: boolean | undefined;
  #whole: Whole | undefined;
  #text: string | undefined;
  #response: string | undefined;
  readonly #row: RowBytes;
  readonly #reader: LineReader | undefined;
  readonly #serial: number;

  constructor(
    readonly place: Place,
    row: RowBytes,
    from: Whole | LineReader,
  ) {
    this.#row = row;
    if ('parts' in from) {
      this.#whole = from;
      this.#reader = undefined;
      this.#serial = 0;
    } else {
      this.#reader = from;
      this.#serial = from.serial;
    }
  }

  /** The reader, as long as it speaks of this record and the row was not parsed. */
  get #line(): LineReader | undefined {
    const reader = this.#reader;
    return reader !== undefined && this.#whole === undefined && reader.serial === this.#serial
      ? reader
      : undefined;
  }

  #parsed(): Whole {
    this.#whole ??= parseAgain(this.#row);
    return this.#whole;
  }

  get text(): string {
    this.#text ??= this.#line?.part('text') ?? this.#parsed().parts.text;
    return this.#text;
  }

  /** The text as UTF-8, where it is at hand. */
  get utf8(): Uint8Array | undefined {
    return this.#line?.utf8();
  }

  get prompt(): string | undefined {
    const line = this.#line;
    return line ? line.part('prompt') : this.#parsed().parts.prompt;
  }

  get response(): string | undefined {
    if (this.#response !== undefined) return this.#response;
    const line = this.#line;
    this.#response = line ? line.part('response') : this.#parsed().parts.response;
    return this.#response;
  }

  get chosen(): string | undefined {
    return this.#line ? undefined : this.#parsed().parts.chosen;
  }

  get rejected(): string | undefined {
    return this.#line ? undefined : this.#parsed().parts.rejected;
  }

  hasPart(part: PartName): boolean {
    return this.#line?.has(part) ?? this[part] !== undefined;
  }

  lengthOf(part: PartName): number | undefined {
    const line = this.#line;
    if (line) return line.has(part) ? line.length(part) : undefined;
    return this[part]?.length;
  }

  startOf(part: PartName, units: number): string | undefined {
    const line = this.#line;
    if (line) return line.has(part) ? line.start(part, units) : undefined;
    return this[part]?.slice(0, units);
  }

  get id(): string {
    return this.#name('id') ?? idOfPlace(this.place);
  }

  get source(): string | undefined {
    return this.#name('source');
  }

  get generator(): string | undefined {
    return this.#name('generator');
  }

  #name(role: 'id' | 'source' | 'generator'): string | undefined {
    const name = this.#line?.name(role) ?? (this.#line ? undefined : unread);
    return name === unread ? this.#parsed().parts[role] : name;
  }

  get fields(): Fields {
    return this.#parsed().fields;
  }

  get fieldNames(): ReadonlySet<string> {
    return this.#line?.names ?? new Set(Object.keys(this.fields));
  }

  field(name: string): unknown {
    const line = this.#line;
    if (line) return line.names.has(name) ? line.field(name) : undefined;
    const {fields} = this;
    return Object.hasOwn(fields, name) ? fields[name] : undefined;
  }

  /** Hashed on demand: most records are never named by their hash. */
  get hash(): string {
    const {bytes, start, end} = this.#row;
    return recordHash(bytes.subarray(start, end));
  }
}

const shapeOfLines = compileShape({});

/** A row that a line reader has read is valid, and none of its fields is mapped. */
function parseAgain({bytes, start, end}: RowBytes): Whole {
  const {fields} = parseLine(bytes, start, end, 'utf8') as {fields: Fields};
  return {fields, parts: shapeOfLines(fields) as Parts};
}

/** First 128 bits of the SHA-256 of a row's bytes, in hex. */
export function recordHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
