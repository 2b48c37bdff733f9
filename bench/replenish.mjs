// How far `collapse replenish` brings back what a round has lost. Each corpus is shuffled (seeded) and cut in
// three: two thirds are the reference, one is the round. Two rounds are damaged: of one only the half with the
// fewest rare words is left, the other lacks what is about one subject. Run by hand on corpora of one's own: npm run build && node bench/replenish.mjs FILE...
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {loadConfig} from '../dist/src/config/load.js';
import {replenish} from '../dist/src/run/replenish/index.js';

const folder = mkdtempSync(join(tmpdir(), 'collapse-bench-'));
console.log(
  'corpus, round: records, survival before -> after (interval), worst topic before -> after, added of budget, enough',
);
try {
  for (const file of process.argv.slice(2)) {
    const rows = shuffled(linesOf(file), random(1));
    const third = Math.floor(rows.length / 3);
    const [reference, honest] = [rows.slice(third), rows.slice(0, third)];
    write('reference.jsonl', reference);
    for (const [name, round] of [
      ['whole', honest],
      ['cut', cut(honest)],
      ['without a subject', withoutSubject(honest)],
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
      const {judgedOn, records, topics} = found;
      const worst = side =>
        topics?.[side].worst ? `${percent(topics[side].worst.share)} of its share` : '-';
      const shown = ({share, interval}) => `${percent(share)} (${interval.map(percent).join(' to ')})`;
      console.log(
        `${basename(file)}, ${name}: ${records.round}, ${shown(judgedOn.before)} -> ${shown(judgedOn.after)}, ` +
          `${worst('before')} -> ${worst('after')}, ` +
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

/**
 * Less the texts of a subject: those with two words or more of ten that belong together. The first is the word
 * that is repeated most where it stands, of those that a tenth to a fifth of the texts have; the others are
 * what stands beside it more than elsewhere.
 */
function withoutSubject(lines) {
  const texts = lines.map(line => line.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  const sets = texts.map(words => new Set(words));
  const [holders, times] = [new Map(), new Map()];
  for (const words of texts) for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  for (const words of sets) for (const word of words) holders.set(word, (holders.get(word) ?? 0) + 1);
  const shareOf = word => holders.get(word) / lines.length;
  const common = [...holders.keys()].filter(word => shareOf(word) >= 0.1 && shareOf(word) <= 0.2);
  const [first] = common.sort((a, b) => times.get(b) / holders.get(b) - times.get(a) / holders.get(a));
  const beside = new Map();
  for (const words of sets)
    if (words.has(first)) for (const word of words) beside.set(word, (beside.get(word) ?? 0) + 1);
  const lift = word => beside.get(word) / holders.get(word);
  const subject = [...beside.keys()]
    .filter(word => shareOf(word) >= 0.02)
    .sort((a, b) => lift(b) - lift(a))
    .slice(0, 10);
  return lines.filter((_, index) => subject.filter(word => sets[index].has(word)).length < 2);
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
