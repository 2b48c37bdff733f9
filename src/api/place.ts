/** Formats in which records have numbers and no lines that an editor could show. */
const inRows = /\.(?:parquet|json)(?:\.(?:gz|zst|zstd))?$/i;

/** What the number of a record in a file counts, by the file's name. */
export function unitOf(path: string): 'line' | 'row' {
  return inRows.test(path) ? 'row' : 'line';
}

/** Where a record stands, for people: `data/a.jsonl:12`, `data/b.parquet row 12`. */
export function placeName({path, line}: {readonly path: string; readonly line: number}): string {
  return unitOf(path) === 'row' ? `${path} row ${line}` : `${path}:${line}`;
}

/** What a record without an id of its own is called: `line:12`, `row:12`. */
export function idOfPlace({path, line}: {readonly path: string; readonly line: number}): string {
  return `${unitOf(path)}:${line}`;
}
