import {isAscii, isUtf8} from 'node:buffer';
import {findJsonError} from './jsonError.js';

export type Fields = Readonly<Record<string, unknown>>;
export type ParsedLine = {readonly fields: Fields} | {readonly reason: string};

/** What a chunk holds, checked once for all its lines: `mixed` means that some line is not valid UTF-8. */
export type Encoding = 'ascii' | 'utf8' | 'mixed';

export function encodingOf(bytes: Uint8Array): Encoding {
  if (isAscii(bytes)) return 'ascii';
  return isUtf8(bytes) ? 'utf8' : 'mixed';
}

/**
 * Parses one line of JSON, `[start, end)` in `bytes`. Gives its fields, or in one sentence what is wrong
 * and what to do; columns count characters (UTF-16 code units) from 1. Never throws.
 *
 * As JSON.parse has it: of a key that stands twice in an object the last value counts, integers beyond
 * 2^53 lose digits, and an escaped lone surrogate (`\ud800`) stays one.
 */
export function parseLine(bytes: Buffer, start: number, end: number, encoding: Encoding): ParsedLine {
  if (encoding === 'mixed' && !isUtf8(bytes.subarray(start, end))) {
    return {reason: whyNotUtf8(bytes.subarray(start, end))};
  }
  // One byte per character is a plain copy; decoding UTF-8 is not.
  const text =
    encoding === 'ascii' ? bytes.toString('latin1', start, end) : bytes.toString('utf8', start, end);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {reason: whyNotJson(text)};
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return {fields: value as Fields};
  return {reason: `The line holds ${kindOf(value)}, not an object; write one \`{…}\` per line`};
}

/** A JSON value in words: `a number`, `an empty array`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'string') return value.trim() === '' ? 'an empty string' : 'a string';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

function whyNotJson(text: string): string {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    return `NUL byte at column ${nul + 1}: the file is damaged or not UTF-8; write it again as UTF-8`;
  }
  const error = findJsonError(text);
  if (error === undefined) return 'The line cannot be parsed as JSON; write it again';
  return `Broken JSON at column ${error.at + 1}: ${error.problem}; write the line again with a JSON library`;
}

function whyNotUtf8(line: Buffer): string {
  const [first, second] = line;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return 'The line begins as UTF-16; convert the file with `iconv -f UTF-16 -t UTF-8`';
  }
  const at = firstInvalid(line);
  const byte = line[at]!.toString(16).toUpperCase().padStart(2, '0');
  return (
    `Invalid UTF-8 at byte ${at + 1} of the line (0x${byte}); write the file as UTF-8, ` +
    'from Latin-1 with `iconv -f LATIN1 -t UTF-8`'
  );
}

/** Where the bytes stop being UTF-8: decoding and encoding again changes them there first. */
function firstInvalid(line: Buffer): number {
  const again = Buffer.from(line.toString());
  let at = 0;
  while (at < line.length && line[at] === again[at]) at++;
  return Math.min(at, line.length - 1);
}
