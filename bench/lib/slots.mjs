/** Bytes to write to. `copy` may write up to 16 bytes beyond what it counts: leave room for them. */
export function createTarget(size) {
  const bytes = Buffer.alloc(size);
  return {bytes, view: new DataView(bytes.buffer, bytes.byteOffset, size)};
}

/** Longest text that a slot takes, in bytes: the 16th byte of a slot holds the size. */
export const slotBytes = 15;

/**
 * Short strings in slots of 16 bytes, copied as 32-bit words: the inner loop of the generator.
 * `copy(at, target, offset)` writes text number `at` and returns the offset behind it, or 0 when the text is
 * too long for a slot.
 */
export function createSlots(texts) {
  const pool = Buffer.alloc(texts.length * 16);
  const words = new DataView(pool.buffer, pool.byteOffset, pool.length);
  texts.forEach((text, at) => {
    const size = Buffer.byteLength(text);
    if (size <= slotBytes) pool[at * 16 + 15] = pool.write(text, at * 16);
  });

  return function copy(at, {view}, offset) {
    const from = at << 4;
    const last = words.getInt32(from + 12);
    const size = last & 0xff;
    view.setInt32(offset, words.getInt32(from));
    view.setInt32(offset + 4, words.getInt32(from + 4));
    if (size > 8) {
      view.setInt32(offset + 8, words.getInt32(from + 8));
      view.setInt32(offset + 12, last);
    }
    return size > 0 ? offset + size : 0;
  };
}
