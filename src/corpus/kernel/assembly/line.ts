import {CHUNK, ESCAPED, FIELD_BYTES, MOST, STRING, TABLE_BYTES, TABLES} from './memory';
import {endOfString, endOfValue, flags, kind, skipSpace} from './value';

let table: usize = TABLES;
/** Fields of the last line that was read. */
let known: u32 = 0;

/** The fields of the line that was read last. */
export function fieldsAt(): usize { return table; }

/** The chunk was replaced: there is no line before the next. */
export function forget(): void { known = 0; }

/**
 * Reads the object that a line of the chunk holds. Returns the number of its fields, and 2^16 more where their
 * keys are not those of the line before; -1 when the line is to be parsed whole: it is no valid JSON, no object,
 * or unusual (escapes in a key, too many fields, deep nesting).
 */
export function readLine(start: u32, end: u32): i32 {
  const stop = CHUNK + end;
  let at = skipSpace(CHUNK + start, stop);
  if (at >= stop || load<u8>(at) != 0x7b) return -1;
  at = skipSpace(at + 1, stop);
  const before = table;
  const fields = before == TABLES ? TABLES + TABLE_BYTES : TABLES;
  let field = fields;
  let same = true;
  let count: u32 = 0;
  if (load<u8>(at) == 0x7d) at++;
  else {
    while (true) {
      if (at >= stop || load<u8>(at) != 0x22 || count == MOST) return -1;
      const key = at + 1;
      const keyEnd = endOfString(key, stop);
      if (keyEnd == 0 || (flags & ESCAPED) != 0) return -1;
      at = skipSpace(keyEnd + 1, stop);
      if (load<u8>(at) != 0x3a) return -1;
      at = skipSpace(at + 1, stop);
      const from = at;
      at = endOfValue(at, stop, 0);
      if (at == 0) return -1;
      const quotes: usize = (kind & 3) == STRING ? 1 : 0;
      store<u32>(field, <u32>key);
      store<u32>(field, <u32>keyEnd, 4);
      store<u32>(field, <u32>(from + quotes), 8);
      store<u32>(field, <u32>(at - quotes), 12);
      store<u32>(field, kind, 16);
      same = same && count < known && isSame(before + (field - fields), key, keyEnd);
      field += FIELD_BYTES;
      count++;
      at = skipSpace(at, stop);
      const sign = load<u8>(at);
      if (sign == 0x2c) at = skipSpace(at + 1, stop);
      else if (sign == 0x7d) {
        at++;
        break;
      } else return -1;
    }
  }
  if (skipSpace(at, stop) != stop) return -1;
  same = same && count == known;
  table = fields;
  known = count;
  return <i32>(same ? count : count | 0x10000);
}

/** Whether a field of the line before has this key. */
// @ts-expect-error: decorator
@inline
function isSame(field: usize, key: usize, end: usize): bool {
  const other = <usize>load<u32>(field);
  const length = end - key;
  if (<usize>load<u32>(field, 4) - other != length) return false;
  for (let index: usize = 0; index < length; index++) {
    if (load<u8>(key + index) != load<u8>(other + index)) return false;
  }
  return true;
}
