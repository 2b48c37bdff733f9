#!/usr/bin/env node
/**
 * What each record rule costs on a corpus, over the time of the baseline: the same scan with the rule on and off,
 * in one process, on records whose text was read; and what it costs to look for the keywords of all of them.
 *   node bench/rule-cost.mjs FILE [--rules synthetic/chat-residue,…] [--runs 5] [--bytes 50MB]
 */
import {execFileSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {loadConfig} from '../dist/src/config/load.js';
import {createLineReader} from '../dist/src/corpus/line-reader.js';
import {holdText} from '../dist/src/engine/features.js';
import {createKeywordTable} from '../dist/src/engine/keywords.js';
import {createRecordParser, ScannedRecord} from '../dist/src/engine/record.js';
import {createRecordRunner} from '../dist/src/engine/record-rules.js';
import {createTextAnalyser} from '../dist/src/features/text.js';
import {parseBytes} from './corpus.mjs';
import {baseline, node} from './lib/gate.mjs';
import {markdownTable, summary} from './lib/table.mjs';

const {values, positionals} = parseArgs({
  options: {
    rules: {type: 'string', default: 'synthetic/*'},
    runs: {type: 'string', default: '5'},
    bytes: {type: 'string', default: '50MB'},
  },
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) {
  console.error('No file was named. Usage: node bench/rule-cost.mjs FILE');
  process.exit(2);
}
const runs = Number(values.runs);
const head = readHead(file, parseBytes(values.bytes));
const folder = mkdtempSync(path.join(tmpdir(), 'collapse-cost-'));
const part = path.join(folder, 'part.jsonl');
writeFileSync(part, head);

const {registry, config} = await loadConfig({cwd: folder, config: {rules: {'*': 'off'}}});
const parse = createRecordParser(config.fields);
const table = createKeywordTable();
const analyser = createTextAnalyser(table.keywords);
const plainAnalyser = createTextAnalyser();
const reader = createLineReader();
reader.load(head);

/** Nanoseconds that it took to read texts, with keywords and without. */
const reading = {with: 0n, without: 0n};

/** Records whose text was read: what the scan has at hand when record rules run. */
function* records() {
  let start = 0;
  for (let line = 1; start < head.length; line++) {
    const stop = head.indexOf(10, start);
    const end = stop === -1 ? head.length : stop;
    const place = {path: file, line, bytes: [start, end]};
    const record = reader.read(start, end)
      ? new ScannedRecord(place, {bytes: head, start, end}, reader)
      : parse(head, start, end, 'utf8', place);
    start = end + 1;
    if (!(record instanceof ScannedRecord)) continue;
    const text = record.utf8 ?? record.text;
    const before = process.hrtime.bigint();
    plainAnalyser.read(text);
    const between = process.hrtime.bigint();
    analyser.read(text);
    reading.with += process.hrtime.bigint() - between;
    reading.without += between - before;
    holdText(record, analyser);
    yield record;
  }
}

/** Nanoseconds that the rules took, and records with findings. */
function timeOf(run) {
  let time = 0n;
  let found = 0;
  for (const record of records()) {
    const before = process.hrtime.bigint();
    const {findings} = run(record);
    time += process.hrtime.bigint() - before;
    if (findings.length > 0) found++;
  }
  return {nanoseconds: Number(time), found};
}

const pattern = new RegExp(
  `^(?:${values.rules
    .split(',')
    .map(each => each.replace('*', '.*'))
    .join('|')})$`,
);
const ids = [...registry.rules.values()]
  .filter(({id, kind}) => kind === 'record' && pattern.test(id))
  .map(({id}) => id);
const nothing = createRecordRunner(registry, {}, () => undefined, config);
const times = new Map(
  [['(no rule)', nothing], ...ids.map(id => [id, runnerOf([id])]), ['(all)', runnerOf(ids)]].map(
    ([id, run]) => [id, {run, list: [], found: 0}],
  ),
);

function runnerOf(list) {
  const settings = {...config.rules};
  for (const id of list) settings[id] = {...settings[id], level: 'warn', options: defaultsOf(id)};
  return createRecordRunner(registry, settings, () => undefined, config, table);
}

function defaultsOf(id) {
  const {options} = registry.rules.get(id);
  return Object.fromEntries(Object.entries(options).map(([name, {default: value}]) => [name, value]));
}

const base = [];
const seeking = [];
for (let run = 0; run <= runs; run++) {
  const before = performance.now();
  execFileSync(node, baseline(part).slice(1));
  if (run > 0) base.push(performance.now() - before);
  Object.assign(reading, {with: 0n, without: 0n});
  for (const [, entry] of times) {
    const {nanoseconds, found} = timeOf(entry.run);
    if (run > 0) entry.list.push(nanoseconds / 1e6);
    entry.found = found;
  }
  // Each scan has read all texts.
  if (run > 0) seeking.push(Number(reading.with - reading.without) / 1e6 / times.size);
}
rmSync(folder, {recursive: true});

const baseTime = summary(base).median;
const empty = summary(times.get('(no rule)').list).median;
console.log(`${(head.length / 1e6).toFixed(0)} MB, baseline ${baseTime.toFixed(0)} ms\n`);
const sought = summary(seeking).median;
console.log(
  markdownTable(
    ['rule', 'ms', 'share of the baseline', 'records flagged'],
    [...times]
      .filter(([id]) => id !== '(no rule)')
      .map(([id, {list, found}]) => {
        const own = summary(list).median - empty;
        return [id, own.toFixed(0), (own / baseTime).toFixed(3), String(found)];
      })
      .concat([['(keywords)', sought.toFixed(0), (sought / baseTime).toFixed(3), '']]),
  ),
);

function readHead(name, bytes) {
  const handle = openSync(name, 'r');
  const buffer = Buffer.alloc(bytes);
  const read = readSync(handle, buffer, 0, bytes, 0);
  closeSync(handle);
  const end = read < bytes ? read : buffer.lastIndexOf(10, read - 1) + 1;
  return buffer.subarray(0, end);
}
