// Where things are: [two tables of fields] [the chunk] [the text that is put together]. Addresses that leave the
// kernel count from the beginning of the memory.

/** Fields that a line may have here; what has more is parsed whole. */
export const MOST: u32 = 128;
/** Of each field: where its key begins and ends, where its value does, and what it is. */
export const FIELD_BYTES: usize = 20;
export const TABLES: usize = 1024;
export const TABLE_BYTES: usize = 4096;
export const CHUNK: usize = 16384;
/** Bytes behind the chunk, and behind the text, that whole vectors may reach into. */
export const MARGIN: usize = 64;

/** What a value is; strings that hold an escape or a letter beyond ASCII have these bits as well. */
export const STRING: u32 = 1;
export const NUMBER: u32 = 2;
/** `true`, `false`, `null`, an object, an array. */
export const OTHER: u32 = 3;
export const ESCAPED: u32 = 4;
export const WIDE: u32 = 8;
