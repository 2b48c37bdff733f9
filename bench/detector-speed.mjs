#!/usr/bin/env node
/**
 * Megabytes of text that the detector scores in a second of processor time, from strings as JSON.parse gives them.
 *   npm run build && node bench/detector-speed.mjs FILE.jsonl[.gz] ..
 */
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {bundledDetector} from '../dist/src/detector/bundled.js';
import {formatSummary} from './lib/table.mjs';

const rounds = 7;
const texts = process.argv.slice(2).flatMap(file => {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  return lines.filter(Boolean).map(line => JSON.parse(line).text);
});
if (texts.length === 0) {
  console.error('No texts were named. Usage: node bench/detector-speed.mjs FILE.jsonl[.gz] ..');
  process.exit(2);
}
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const detector = bundledDetector();
const speeds = [];
for (let round = 0; round < rounds; round++) {
  const began = process.cpuUsage();
  for (const text of texts) detector.analyse(text);
  const {user, system} = process.cpuUsage(began);
  speeds.push(bytes / (user + system));
}
console.log(
  `${texts.length} texts, ${(bytes / 1e6).toFixed(1)} MB: ${formatSummary(speeds.slice(1), 0)} MB/s`,
);
