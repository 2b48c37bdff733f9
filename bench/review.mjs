#!/usr/bin/env node
/**
 * How fast `collapse review` is with many findings: from the read run to the first screen, and from a key to
 * the next one, beside an Ink program that shows one line. `node bench/review.mjs [--findings 100000]`
 */
import {EventEmitter} from 'node:events';
import {performance} from 'node:perf_hooks';
import {parseArgs} from 'node:util';

process.env.NODE_ENV = 'production';
const {values} = parseArgs({options: {findings: {type: 'string', default: '100000'}}});
const count = Number(values.findings);
const {createElement} = await import('react');
const {render, Text, useInput} = await import('ink');
const {useState} = await import('react');
const {App} = await import('../dist/src/review/views/App.js');
const {collect} = await import('../dist/src/review/collect.js');
const {startState} = await import('../dist/src/review/state.js');

/** A terminal that only counts what is written to it. */
class Screen extends EventEmitter {
  columns = 120;
  rows = 40;
  isTTY = true;
  written = 0;
  onWrite = () => {};
  write(text) {
    this.written += text.length;
    this.onWrite();
    return true;
  }
}

class Keyboard extends EventEmitter {
  isTTY = true;
  #waiting = [];
  setRawMode() {}
  setEncoding() {}
  ref() {}
  unref() {}
  read = () => this.#waiting.shift() ?? null;
  press(key) {
    this.#waiting.push(key);
    this.emit('readable');
  }
}

/** Milliseconds from a key to the screen that shows it: median and 95th percentile. */
async function keyTimes(element, keys) {
  const [stdout, stdin] = [new Screen(), new Keyboard()];
  const app = render(element, {stdout, stdin, exitOnCtrlC: false, patchConsole: false, maxFps: 1000});
  await new Promise(done => setTimeout(done, 200));
  const times = [];
  for (const key of keys) {
    const begin = performance.now();
    const drawn = new Promise(done => {
      stdout.onWrite = done;
    });
    stdin.press(key);
    await drawn;
    times.push(performance.now() - begin);
    await new Promise(done => setImmediate(done));
  }
  app.unmount();
  times.sort((a, b) => a - b);
  return {median: times[times.length >> 1], high: times[Math.floor(times.length * 0.95)]};
}

function* lines() {
  for (let row = 0; row < count; row++) {
    const hash = (row * 2654435761).toString(16).padStart(32, '0');
    const findings = [
      {rule: `family/rule-${row % 40}`, level: 'error', message: `What was seen in record ${row}`},
    ];
    const base = {
      row,
      id: `r${row}`,
      hash,
      path: `data/part-${row % 90}.jsonl`,
      line: row + 1,
      bytes: [0, 9],
    };
    const line = {
      ...base,
      verdict: 'reject',
      reasons: [],
      signals: {novelty: (row % 97) / 97},
      findings,
      neighbours: [],
    };
    yield {line, at: [row, row + 1]};
  }
}
async function* stream(all) {
  yield* all;
}

const read = [...lines()];
const begin = performance.now();
const {cases, spreads} = await collect(stream(read));
const initial = startState(cases);
const opened = performance.now() - begin;

const detail = one => ({
  line: read[one.row].line,
  record: {parts: {text: `Record ${one.row}. ${'Some words of it. '.repeat(60)}`}, fields: {source: 'bench'}},
});
const app = createElement(App, {
  initial,
  spreads,
  load: async one => detail(one),
  save() {},
  onCommand: async () => '',
});
function Empty() {
  const [seen, setSeen] = useState(0);
  useInput(() => setSeen(seen + 1));
  return createElement(Text, null, `${seen} keys`);
}

const keys = Array.from({length: 400}, (_, at) => 'jjjjjkarsJ'[at % 10]);
const empty = await keyTimes(createElement(Empty), keys);
const review = await keyTimes(app, keys);
const ms = number => `${number.toFixed(1)} ms`;
console.log(`| what | measured |
| --- | --- |
| from ${count} read findings to the list | ${ms(opened)} |
| a key, median and 95th percentile | ${ms(review.median)}, ${ms(review.high)} |
| a key in an Ink program of one line | ${ms(empty.median)}, ${ms(empty.high)} |
| ratio of the medians | ${(review.median / empty.median).toFixed(1)} |
| memory | ${Math.round(process.memoryUsage().rss / 1e6)} MB |`);
process.exit(0);
