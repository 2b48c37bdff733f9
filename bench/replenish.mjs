// How far `collapse replenish` brings back what a round has lost. Each corpus is shuffled (seeded) and cut in
// three: two thirds are the reference, one is the round; of a damaged round only the half with the fewest rare
// words is left. Run by hand on corpora of one's own: npm run build && node bench/replenish.mjs FILE...
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {loadConfig} from '../dist/src/config/load.js';
import {replenish} from '../dist/src/run/replenish.js';

const folder = mkdtempSync(join(tmpdir(), 'collapse-bench-'));
console.log('corpus, round: records, survival before -> after (interval), added of budget, enough');
try {
  for (const file of process.argv.slice(2)) {
    const rows = shuffled(linesOf(file), random(1));
    const third = Math.floor(rows.length / 3);
    const [reference, honest] = [rows.slice(third), rows.slice(0, third)];
    write('reference.jsonl', reference);
    for (const [name, round] of [
      ['whole', honest],
      ['cut', cut(honest)],
    ]) {
      write('round.jsonl', round);
      const references = [{path: join(folder, 'reference.jsonl'), role: 'trusted'}];
      const loaded = await loadConfig({cwd: folder, noConfig: true, cli: {references}});
      const found = await replenish(loaded, ['round.jsonl'], {
        cwd: folder,
        cache: false,
        target: 0.95,
        budget: records => Math.floor(records / 10),
      });
      const {judgedOn, records} = found;
      const shown = ({share, interval}) => `${percent(share)} (${interval.map(percent).join(' to ')})`;
      console.log(
        `${basename(file)}, ${name}: ${records.round}, ${shown(judgedOn.before)} -> ${shown(judgedOn.after)}, ` +
          `${records.added} of ${records.budget}, ${records.enough}`,
      );
    }
  }
} finally {
  rmSync(folder, {recursive: true, force: true});
}

function linesOf(file) {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text.split('\n').filter(line => line !== '');
}

function write(name, lines) {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
}

/** The half that has fewest words which few others have, as a share of its own. */
function cut(lines) {
  const wordsOf = line => line.toLowerCase().match(/\p{L}+/gu) ?? [];
  const holders = new Map();
  for (const line of lines)
    for (const word of new Set(wordsOf(line))) holders.set(word, (holders.get(word) ?? 0) + 1);
  const rare = line => {
    const words = wordsOf(line);
    return words.filter(word => holders.get(word) <= 2).length / words.length;
  };
  const shares = new Map(lines.map(line => [line, rare(line)]));
  return [...lines].sort((a, b) => shares.get(a) - shares.get(b)).slice(0, lines.length / 2);
}

function shuffled(list, next) {
  const all = [...list];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor((at + 1) * next());
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
}

function percent(share) {
  return (100 * share).toFixed(1);
}

/** Mulberry32 (T. Ettinger, public domain). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
