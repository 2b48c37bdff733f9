import {ProfileError} from './error.js';

/** Strings as one run of UTF-8 and where each begins, so that a million of them are two allocations. */
export interface TextColumn {
  /** Number of strings. */
  readonly length: number;
  /** `length + 1` of them, ascending from 0: string `i` is `[offsets[i], offsets[i + 1])` of `utf8`. */
  readonly offsets: Uint32Array<ArrayBuffer>;
  readonly utf8: Uint8Array<ArrayBuffer>;
  /** Decodes one string. Throws ProfileError when there is no row `index`: rows are named by other sections. */
  at(index: number): string;
}

/** Lone surrogates, which UTF-8 cannot say, become U+FFFD. At most 4 GiB of text. */
export function textColumn(strings: readonly string[]): TextColumn {
  const offsets = new Uint32Array(strings.length + 1);
  let bytes = 0;
  for (const [index, string] of strings.entries()) {
    bytes += Buffer.byteLength(string);
    offsets[index + 1] = bytes;
  }
  requireTextSize(bytes);
  const utf8 = new Uint8Array(bytes);
  const target = bufferOn(utf8);
  for (const [index, string] of strings.entries()) target.write(string, offsets[index]!);
  return view(offsets, utf8);
}

/** Offsets are 32-bit numbers. */
export function requireTextSize(bytes: number): void {
  if (bytes < 2 ** 32) return;
  throw new ProfileError(
    'Cannot write a column of 4 GiB of text or more. Split its sources over several profiles.',
  );
}

/** A text column on parts that may say anything; undefined unless the offsets fit the text. */
export function checkedText(
  offsets: Uint32Array<ArrayBuffer>,
  utf8: Uint8Array<ArrayBuffer>,
): TextColumn | undefined {
  if (offsets[0] !== 0 || offsets.at(-1) !== utf8.length) return undefined;
  for (let i = 1; i < offsets.length; i++) if (offsets[i]! < offsets[i - 1]!) return undefined;
  return view(offsets, utf8);
}

export function isText(column: object): column is TextColumn {
  return 'utf8' in column;
}

function view(offsets: Uint32Array<ArrayBuffer>, utf8: Uint8Array<ArrayBuffer>): TextColumn {
  const buffer = bufferOn(utf8);
  const length = offsets.length - 1;
  return {
    length,
    offsets,
    utf8,
    at(index) {
      if (!(index >= 0 && index < length)) {
        throw new ProfileError(
          `A profile names row ${index} of a text with ${length} rows. Rebuild the profile.`,
        );
      }
      return buffer.toString('utf8', offsets[index], offsets[index + 1]);
    },
  };
}

function bufferOn(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
