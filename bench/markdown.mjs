#!/usr/bin/env node
/**
 * How much Markdown is read in a second of one core: invented prose with headings, links and code.
 *   node bench/markdown.mjs [MB]
 * Counts the time of the processor, not of the clock: other programs do not change it much.
 */
import {parseMarkdownFile} from '../dist/src/corpus/markdown/parse.js';

const words =
  'the lamp was lit at dusk and a bell rang twice over water while ships came in slowly from south'.split(
    ' ',
  );
let state = 7;
const random = below => {
  state = (state * 1103515245 + 12345) & 0x7fffffff;
  return state % below;
};
const word = () => words[random(words.length)];

function paragraph() {
  const text = Array.from({length: 60 + random(60)}, () =>
    random(30) === 0 ? `[${word()}](https://example.org/${word()})` : word(),
  ).join(' ');
  return text.replace(/(.{70,80}) /g, '$1\n');
}

function file() {
  const parts = ['---\nsource: log\nlicense: CC0-1.0\n---\n'];
  for (let section = 0; section < 8; section++)
    parts.push(`## ${word()} ${word()}`, paragraph(), paragraph(), '```\ncode\n```');
  return parts.join('\n\n');
}

const total = Number(process.argv[2] ?? 5) * 1e6;
let bytes = 0;
let files = 0;
const before = process.cpuUsage();
while (bytes < total) {
  const text = file();
  const parsed = await parseMarkdownFile(text, 'markdown');
  if ('reason' in parsed || parsed.blocks.length !== 24) throw new Error('The prose is not what was written');
  bytes += text.length;
  files++;
}
const {user, system} = process.cpuUsage(before);
const seconds = (user + system) / 1e6;
console.log(
  `${files} files, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / 1e6 / seconds).toFixed(2)} MB a second of one core`,
);
