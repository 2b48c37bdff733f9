import {createReadStream} from 'node:fs';

/**
 * The values of a file of JSON lines, as the tool itself wrote it. Only `\n` ends a line: `node:readline` also
 * breaks lines, in some versions of Node, at characters that JSON text may hold. `onBytes` sees all bytes.
 */
export async function* readJsonLines<Value>(
  file: string,
  onBytes?: (bytes: Uint8Array) => void,
): AsyncGenerator<Value> {
  let started: Buffer[] = [];
  for await (const chunk of createReadStream(file, {highWaterMark: 1 << 20})) {
    const bytes = chunk as Buffer;
    onBytes?.(bytes);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      started.push(bytes.subarray(start, end));
      yield parse<Value>(started);
      started = [];
      start = end + 1;
    }
    if (start < bytes.length) started.push(bytes.subarray(start));
  }
  if (started.length > 0) yield parse<Value>(started);
}

function parse<Value>(pieces: readonly Buffer[]): Value {
  const line = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  return JSON.parse(line.toString()) as Value;
}
