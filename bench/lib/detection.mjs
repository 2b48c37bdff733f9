// The data sets that the detector is trained and measured on: one gzipped JSONL file for each source, rows
// {source, domain, generator, machine, edit, text}. What is known to be wrong with them is put right here.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';

/** Sources that share documents are one family and are left out together. */
export const familyOf = source =>
  source.startsWith('detectrl') ? 'detectrl' : source.replace(/_essay$/, '');

/**
 * Families left out together when the detector is measured. Sets that hold human and machine text are in parts of
 * their own, beside others that have little to do with them.
 */
const parts = [
  ['detectrl'],
  ['raidar', 'slopscore25'],
  ['mixset', 'h_brown', 'persuasion26'],
  ['authenticheck', 'h_bbc', 'alpacaeval'],
  ['h_wikitext', 'h_webtext', 'arenahard'],
  ['h_scitldr', 'argugpt'],
  ['eqb_creative', 'eqb_long', 'h_moviereviews'],
];

export const partOf = source => {
  const part = parts.findIndex(families => families.includes(familyOf(source)));
  return part === -1 ? 1000 + source.length : part;
};

/** Rows of DATA with `kind` (what kind of text), `repeated` (same text as an earlier row) and `reworded`. */
export function readDetection(folder) {
  const rows = readdirSync(folder)
    .filter(name => /\.jsonl(\.gz)?$/.test(name))
    .sort()
    .flatMap(name => {
      const bytes = readFileSync(path.join(folder, name));
      const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
      return lines.filter(Boolean).map(line => JSON.parse(line));
    });
  const seen = new Set();
  const split = splitter(rows);
  for (const row of rows) {
    row.repeated = seen.has(row.text);
    seen.add(row.text);
    // Human text that a model rewrote: neither.
    row.reworded = !row.machine && row.domain.startsWith('paraphrase');
    if (row.source.startsWith('detectrl')) row.text = split(row.text);
  }
  const guess = guessDomain(rows.filter(({source, machine}) => source === 'detectrl' && !machine));
  for (const row of rows) {
    if (row.source.startsWith('detectrl')) row.kind = `detectrl ${guess(row)}`;
    else row.kind = row.source === 'raidar' ? `raidar ${row.domain}` : familyOf(row.source);
  }
  return rows;
}

/**
 * `detectrl` lost the spaces at line ends of human abstracts ("themodel"), which would give them away. Words that no
 * other source knows and that are two known words are taken apart, in all its rows.
 */
function splitter(rows) {
  const found = new Map();
  for (const {source, text} of rows) {
    if (source.startsWith('detectrl')) continue;
    for (const word of new Set(text.toLowerCase().match(/[a-z]+/g) ?? []))
      found.set(word, (found.get(word) ?? 0) + 1);
  }
  const least = word => (word.length < 3 ? 3000 : word.length < 4 ? 300 : 60);
  const known = word => (word.length > 1 || word === 'a') && (found.get(word) ?? 0) >= least(word);
  const placeOf = word => {
    let place;
    let most = 0;
    for (let at = 1; at < word.length; at++) {
      const [one, other] = [word.slice(0, at), word.slice(at)];
      if (!known(one) || !known(other)) continue;
      const rarer = Math.min(found.get(one), found.get(other));
      if (rarer > most) [most, place] = [rarer, at];
    }
    return place;
  };
  return text =>
    text.replace(/[A-Za-z]{6,}/g, word => {
      const lower = word.toLowerCase();
      if ((found.get(lower) ?? 0) >= 3) return word;
      const at = placeOf(lower);
      return at === undefined ? word : `${word.slice(0, at)} ${word.slice(at)}`;
    });
}

/** The machine rows of `detectrl` do not say whether they are abstracts, news, reviews or stories: naive Bayes does. */
function guessDomain(human) {
  const domains = [...new Set(human.map(({domain}) => domain))];
  const totals = domains.map(domain => human.filter(row => row.domain === domain).length);
  const counts = new Map();
  const wordsOf = text => new Set(text.toLowerCase().match(/[a-z]+/g) ?? []);
  for (const {domain, text} of human) {
    for (const word of wordsOf(text)) {
      const count = counts.get(word) ?? domains.map(() => 0);
      count[domains.indexOf(domain)]++;
      counts.set(word, count);
    }
  }
  return ({domain, text}) => {
    if (domains.includes(domain)) return domain;
    const scores = domains.map(() => 0);
    for (const word of wordsOf(text)) {
      counts.get(word)?.forEach((count, at) => {
        scores[at] += Math.log((count + 0.3) / (totals[at] + 1));
      });
    }
    return domains[scores.indexOf(Math.max(...scores))];
  };
}

/**
 * Tells whether a row shares passages with rows of another part: at least two runs of 8 words of a sample of a fifth
 * of all runs.
 */
export function findShared(rows) {
  const where = new Map();
  const runs = rows.map(({text}) => runsOf(text));
  for (const [at, row] of rows.entries()) {
    const bit = 1 << partOf(row.source);
    for (const run of runs[at]) where.set(run, (where.get(run) ?? 0) | bit);
  }
  const shared = rows.map((row, at) => {
    const own = 1 << partOf(row.source);
    const counts = new Map();
    for (const run of runs[at]) {
      for (let left = where.get(run) & ~own; left !== 0; left &= left - 1) {
        const part = 31 - Math.clz32(left & -left);
        counts.set(part, (counts.get(part) ?? 0) + 1);
      }
    }
    return new Set([...counts].filter(([, count]) => count >= 2).map(([part]) => part));
  });
  return shared;
}

function runsOf(text) {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const hashes = words.map(word => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
    return hash;
  });
  const runs = [];
  for (let at = 0; at + 8 <= hashes.length; at++) {
    let run = 7;
    for (let next = 0; next < 8; next++) {
      run = Math.imul(run ^ hashes[at + next], 0x9e3779b1);
      run ^= run >>> 15;
    }
    if ((run >>> 0) % 5 === 0) runs.push(run);
  }
  return runs;
}
