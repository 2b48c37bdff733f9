#!/usr/bin/env node
/**
 * A ladder of edits with the exact similarity of every pair: base records of 5, 20, 100 and 1,000 words, and
 * for each rung a copy that was edited that way. Every pair has a base of its own, so that the only similar
 * records are the two of a pair.
 *   node bench/ladder.mjs [--repeats 20] [--seed 1] [--out ladder.jsonl]
 * prints the similarities by rung and length; `--out` writes the round.
 */
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import * as edits from './lib/edits.mjs';
import {createRandom} from './lib/random.mjs';
import {markdownTable} from './lib/table.mjs';
import {coverage, jaccard, wordsOf} from './lib/truth.mjs';
import {commonWords} from './lib/words.mjs';

export const lengths = [5, 20, 100, 1000];

const replaced = share => ({
  name: `${share * 100} % of words replaced`,
  edit: (text, {random, word, words}) =>
    edits.replaceWords(text, Math.max(1, Math.round(words * share)), random, word),
});

/** `edit` gets the base text and `{random, words, word, prose}`: generators of fresh words and texts. */
export const rungs = [
  {name: 'one word changed', edit: (text, {random, word}) => edits.replaceWords(text, 1, random, word)},
  {name: 'one word inserted at the start', edit: (text, {word}) => edits.insertAtStart(text, word())},
  {name: 'lines re-wrapped', edit: (text, {random}) => edits.rewrap(text, 12 + random.below(60))},
  {name: 'sentences swapped', edit: text => edits.swapSentences(text)},
  {
    name: 'case and punctuation changed',
    edit: (text, {random}) => edits.changeCaseAndPunctuation(text, random),
  },
  // Two and three in a hundred lie just above a threshold of 0.8 and are the hardest to find.
  ...[0.02, 0.03, 0.05, 0.1, 0.2, 0.3].map(replaced),
  {
    name: 'embedded in a longer text',
    contained: true,
    edit: (text, {prose, words}) => `${prose(words + 40)} ${text} ${prose(words + 40)}`,
  },
];

/** `repeats` pairs for each rung and length: `{rung, length, a: {id, text}, b: {id, text}, jaccard, coverage}`. */
export function buildLadder({seed = 1, repeats = 20} = {}) {
  const random = createRandom();
  random.seed(seed, 0x6c616464);
  const common = commonWords();
  // Long words only: drawn evenly, two texts then share no pair by chance, and truth is what the edit made it.
  const pool = common.filter(word => word.length >= 4);
  const word = () => random.pick(pool);
  const prose = words => writeSentences(words, random, word);
  const pairs = [];
  for (const length of lengths) {
    for (const {name, contained = false, edit} of rungs) {
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const base = prose(length);
        const edited = edit(base, {random, word, prose, words: length});
        const key = String(pairs.length).padStart(6, '0');
        pairs.push({
          rung: name,
          contained,
          length,
          a: {id: `a${key}`, text: base},
          b: {id: `b${key}`, text: edited},
          jaccard: jaccard(base, edited),
          coverage: coverage(base, edited),
        });
      }
    }
  }
  return pairs;
}

/** Sentences of 2 to 24 words; short texts have two. */
function writeSentences(words, random, word) {
  const sentences = [];
  for (let left = words; left > 0; ) {
    const most = words < 30 ? Math.ceil(words / 2) : 8 + random.below(17);
    const count = left - most < 2 ? left : most;
    const list = Array.from({length: count}, word);
    list[0] = list[0][0].toUpperCase() + list[0].slice(1);
    if (count > 6) list[random.below(count - 2)] += ',';
    sentences.push(`${list.join(' ')}${random.chance(0.9) ? '.' : '?'}`);
    left -= count;
  }
  return sentences.join(' ');
}

/** The round as JSONL: all bases, then all edited records; of a pair that is embedded the long one first. */
export function ladderRows(pairs) {
  const first = pairs.map(({a, b, contained}) => (contained ? b : a));
  const rows = [...first, ...pairs.map(({a, b, contained}) => (contained ? a : b))];
  return rows.map(row => `${JSON.stringify(row)}\n`).join('');
}

function main() {
  const {values} = parseArgs({
    options: {
      repeats: {type: 'string', default: '20'},
      seed: {type: 'string', default: '1'},
      out: {type: 'string'},
    },
  });
  const pairs = buildLadder({seed: Number(values.seed), repeats: Number(values.repeats)});
  if (values.out !== undefined) writeFileSync(values.out, ladderRows(pairs));
  const rows = rungs.map(({name, contained}) => [
    name,
    contained ? 'coverage' : 'Jaccard',
    ...lengths.map(length => {
      const cell = pairs.filter(pair => pair.rung === name && pair.length === length);
      const values = cell.map(pair => (contained ? pair.coverage : pair.jaccard)).sort((x, y) => x - y);
      return `${values[0].toFixed(3)} to ${values.at(-1).toFixed(3)}`;
    }),
  ]);
  console.log(markdownTable(['rung', 'truth', ...lengths.map(length => `${length} words`)], rows));
  const miscounted = pairs.filter(pair => wordsOf(pair.a.text).length !== pair.length);
  if (miscounted.length > 0) throw new Error(`${miscounted.length} base records have another length.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
