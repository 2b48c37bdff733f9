#!/usr/bin/env node
/**
 * How fast `collapse review` is with many findings: from the read run to the first screen, and from a key to
 * the next one, beside an Ink program that shows one line.
 * `node bench/review.mjs [--findings 100000] [--columns 120] [--rows 40]`
 */
import {EventEmitter} from 'node:events';
import {performance} from 'node:perf_hooks';
import {parseArgs} from 'node:util';

process.env.NODE_ENV = 'production';
const {values} = parseArgs({
  options: {
    findings: {type: 'string', default: '100000'},
    columns: {type: 'string', default: '120'},
    rows: {type: 'string', default: '40'},
  },
});
const count = Number(values.findings);
const {createElement} = await import('react');
const {render, Text, useInput} = await import('ink');
const {useState} = await import('react');
const {App} = await import('../dist/src/review/views/App.js');
const {collect} = await import('../dist/src/review/collect.js');
const {createPainter} = await import('../dist/src/review/painter.js');
const {createLoader} = await import('../dist/src/review/loader.js');
const {startState} = await import('../dist/src/review/state.js');

/** A terminal that only counts what is written to it. */
class Screen extends EventEmitter {
  columns = Number(values.columns);
  rows = Number(values.rows);
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

/** Milliseconds from a key to the screen that shows all of what it asked for: median and 95th percentile. */
async function keyTimes(elementFor, keys) {
  const [stdout, stdin] = [new Screen(), new Keyboard()];
  let shown = () => {};
  const app = render(
    elementFor(stdout, () => shown()),
    {
      stdout,
      stdin,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: 1000,
    },
  );
  await new Promise(done => setTimeout(done, 200));
  const times = [];
  for (const key of keys) {
    const begin = performance.now();
    const drawn = new Promise(done => {
      shown = done;
    });
    stdin.press(key);
    await drawn;
    times.push(performance.now() - begin);
    // A key that is held down comes every 30.
    await new Promise(done => setTimeout(done, 10));
  }
  app.unmount();
  times.sort((a, b) => a - b);
  return {median: times[times.length >> 1], high: times[Math.floor(times.length * 0.95)]};
}

function* lines() {
  for (let row = 0; row < count; row++) {
    const hash = (row * 2654435761).toString(16).padStart(32, '0');
    const message = `What was seen in record ${row}`;
    const related = [
      {record: {row: row + 1}, similarity: 0.9, relation: 'near', verified: true, origin: 'round'},
    ];
    const findings = [
      {rule: `family/rule-${row % 40}`, level: 'error', message, ...(row % 4 === 0 && {related})},
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
const [begin, used] = [performance.now(), process.cpuUsage()];
const {cases, spreads} = await collect(stream(read));
const initial = startState(cases);
const opened = performance.now() - begin;
const {user, system} = process.cpuUsage(used);

/** Records of a thousand letters, like those of the round. */
const finder = {
  async find({row}) {
    const words = Array.from({length: 180}, (_, at) => (at % 30 === row % 30 ? `word${row}` : 'some'));
    return {response: words.join(' '), text: words.join(' '), fields: {source: 'bench'}};
  },
};
const evidence = {read: ([row]) => read[row].line};
const reviewApp = (stdout, shown) => {
  const painter = createPainter(stdout, true);
  const draw = (lines, ...size) => {
    painter.draw(lines, ...size);
    if (!lines.some(line => line.some(({text}) => text === 'Reading …'))) shown();
  };
  const loader = createLoader(evidence, finder);
  return createElement(App, {initial, spreads, loader, draw, save() {}, onCommand: async () => ''});
};
const emptyApp = (stdout, shown) => {
  stdout.onWrite = shown;
  return createElement(Empty);
};
function Empty() {
  const [seen, setSeen] = useState(0);
  useInput(() => setSeen(seen + 1));
  return createElement(Text, null, `${seen} keys`);
}

const keys = Array.from({length: 400}, (_, at) => 'jjjjjkarsJ'[at % 10]);
const letters = Array.from({length: 60}, (_, at) => '/record 1\r'[at % 10]);
const empty = await keyTimes(emptyApp, keys);
const review = await keyTimes(reviewApp, keys);
const filter = await keyTimes(reviewApp, letters);
const ms = number => `${number.toFixed(1)} ms`;
console.log(`| what | measured |
| --- | --- |
| from ${count} read findings to the list | ${ms(opened)}, of CPU ${ms((user + system) / 1000)} |
| a key, median and 95th percentile | ${ms(review.median)}, ${ms(review.high)} |
| a key in an Ink program of one line | ${ms(empty.median)}, ${ms(empty.high)} |
| ratio of the medians | ${(review.median / empty.median).toFixed(1)} |
| a letter of a filter over all of them | ${ms(filter.median)}, ${ms(filter.high)} |
| memory | ${Math.round(process.memoryUsage().rss / 1e6)} MB |`);
process.exit(0);
