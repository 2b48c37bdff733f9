#!/usr/bin/env node
/**
 * What any tool must do at least, in plain code on one thread: read the file in chunks, split at newlines,
 * parse each line, add up the text lengths.
 *   node bench/baseline.mjs FILE
 */
import {closeSync, openSync, readSync} from 'node:fs';

const chunkBytes = 4 << 20;
const lineFeed = 10;

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('No file was named. Usage: node bench/baseline.mjs FILE');
  process.exit(2);
}

const handle = openSync(file, 'r');
let buffer = Buffer.allocUnsafe(chunkBytes);
let records = 0;
let characters = 0;
let held = 0;
for (;;) {
  // A line longer than the buffer: make room for the rest of it.
  if (held === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
  const read = readSync(handle, buffer, held, buffer.length - held, null);
  const end = held + read;
  let start = 0;
  for (;;) {
    const stop = buffer.indexOf(lineFeed, start);
    if (stop === -1 || stop >= end) break;
    countLine(start, stop);
    start = stop + 1;
  }
  if (read === 0) {
    countLine(start, end);
    break;
  }
  buffer.copyWithin(0, start, end);
  held = end - start;
}
closeSync(handle);
console.log(`${records} records, ${characters} characters`);

function countLine(start, end) {
  if (start === end) return;
  const row = JSON.parse(buffer.toString('utf8', start, end));
  records += 1;
  for (const text of [row.text, row.prompt, row.response]) {
    if (typeof text === 'string') characters += text.length;
  }
}
