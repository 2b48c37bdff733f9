import {beforeAll, expect, test} from 'vitest';
import type {JudgedRow} from '../../src/engine/judge.js';
import {checkIn, folder, type Setup} from '../engine/rounds.js';
import {coverageOf, jaccardOf, pairsOf, wordsOf} from '../features/oracle.js';
import {randomFrom} from '../features/similar.js';

/**
 * About 2,000 texts of 1 to 150 words, most of them an edit of an earlier one: words replaced, left out, put
 * in or moved. Words are drawn as in real text, so that unrelated texts share some of their pairs.
 */
function corpus(seed: number, count: number): string[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const word = () => `w${Math.floor(2000 ** random())}`;
  const texts: string[][] = [];
  while (texts.length < count) {
    const from = texts[below(texts.length)];
    if (from === undefined || random() < 0.3) {
      texts.push(Array.from({length: 1 + Math.floor(150 ** random())}, word));
      continue;
    }
    const text = [...from];
    // From none to a good part of the words, so that all similarities occur.
    for (let edits = below(1 + Math.ceil(text.length * 0.25 * random())); edits > 0; edits--) {
      const at = below(text.length);
      const kind = random();
      if (kind < 0.6) text[at] = word();
      else if (kind < 0.75) text.splice(at, 0, word());
      else if (kind < 0.9) text.splice(at, 1);
      else text.push(...text.splice(0, at));
    }
    if (text.length > 0) texts.push(text);
  }
  return texts.map(text => text.join(random() < 0.5 ? ' ' : ', '));
}

const texts = corpus(7, 2000);
const pairs = texts.map(text => pairsOf(wordsOf(text)));
/** For each text the highest similarity to an earlier one. */
const highest: number[] = [];

beforeAll(() => {
  const holders = new Map<string, number[]>();
  for (const [index, own] of pairs.entries()) {
    const candidates = new Set<number>();
    for (const pair of own.keys()) {
      for (const holder of holders.get(pair) ?? []) candidates.add(holder);
      holders.set(pair, [...(holders.get(pair) ?? []), index]);
    }
    let best = 0;
    for (const candidate of candidates) best = Math.max(best, jaccardOf(own, pairs[candidate]!));
    highest.push(best);
  }
});

async function search(rules: Setup['rules'], rows = texts): Promise<JudgedRow[]> {
  const off: Setup['rules'] = {'duplicate/*': 'off'};
  const root = folder({'texts.jsonl': rows.map((text, index) => ({id: String(index), text}))});
  return (await checkIn(root, {rules: {...off, ...rules}, maxFindings: 0})).rows;
}

test.each([0.5, 0.7, 0.8, 0.95])('duplicate/near against brute force at %d', async threshold => {
  const rows = await search({'duplicate/near': ['warn', {threshold}]});
  let [sure, found, reported] = [0, 0, 0];
  for (const [index, {findings, signals}] of rows.entries()) {
    const [finding] = findings;
    if (highest[index]! >= threshold + 0.05) sure++;
    if (highest[index]! >= threshold + 0.05 && finding !== undefined) found++;
    if (finding === undefined) {
      expect(signals.novelty).toBe(1);
      continue;
    }
    reported++;
    const {record, similarity, verified} = finding.related![0]!;
    const truth = jaccardOf(pairs[index]!, pairs[Number(record.id)]!);
    expect(Number(record.id)).toBeLessThan(index);
    expect([similarity, verified]).toEqual([expect.closeTo(truth, 10), true]);
    expect(truth).toBeGreaterThanOrEqual(threshold);
    expect(signals.novelty).toBeCloseTo(1 - similarity, 10);
  }
  expect(sure).toBeGreaterThan(300);
  expect(found / sure).toBeGreaterThanOrEqual(0.99);
  expect(reported).toBeLessThanOrEqual(highest.filter(similarity => similarity >= threshold).length);
});

test('duplicate/exact finds every text that was there, and no other', async () => {
  const rows = await search({'duplicate/exact': 'warn'});
  const seen = new Map<string, string>();
  for (const [index, {findings}] of rows.entries()) {
    const text = texts[index]!;
    expect(findings.map(({related}) => related![0]!.record.id)).toEqual([seen.get(text)].filter(Boolean));
    if (!seen.has(text)) seen.set(text, String(index));
  }
});

/** Copies of 20 words and more out of texts, from anywhere in them. */
function excerpts(of: readonly string[], count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({length: count}, () => {
    const words = of[below(of.length)]!.split(/[ ,]+/);
    const length = 20 + below(words.length - 20);
    const at = below(words.length - length + 1);
    return words.slice(at, at + length).join(' ');
  });
}

/** Share of the copies, which follow the texts, that are found; what is reported must be true. */
async function foundInside(of: readonly string[], copies: readonly string[]): Promise<number> {
  const all = [...of, ...copies];
  const rows = await search({'duplicate/contained': 'warn'}, all);
  let found = 0;
  for (const [index, copy] of copies.entries()) {
    const [finding] = rows[of.length + index]!.findings;
    if (finding === undefined) continue;
    const {record, similarity, verified} = finding.related![0]!;
    expect([similarity, verified]).toEqual([
      coverageOf(wordsOf(copy), wordsOf(all[Number(record.id)]!)),
      true,
    ]);
    expect(similarity).toBeGreaterThanOrEqual(0.9);
    found++;
  }
  return found / copies.length;
}

test('duplicate/contained finds every verbatim copy of 20 words and more', async () => {
  const random = randomFrom(12);
  const word = () => `w${Math.floor(2000 ** random())}`;
  const unrelated = Array.from({length: 300}, () =>
    Array.from({length: 40 + 200 * random()}, word).join(' '),
  );
  expect(await foundInside(unrelated, excerpts(unrelated, 400, 11))).toBe(1);
});

test('and nearly every one where the texts are versions of each other', async () => {
  const versions = texts.filter(text => wordsOf(text).length > 60).slice(0, 300);
  expect(await foundInside(versions, excerpts(versions, 300, 11))).toBeGreaterThan(0.94);
});

/** How many of the items are not found in prompts that hold them. */
async function missedInside(items: readonly string[]): Promise<string[]> {
  const prompts = items.map(
    (item, index) => `Question ${index}. ${texts[index]} ${item} ${texts[index + 300]}`,
  );
  const root = folder({
    'prompts.jsonl': prompts.map(text => ({text})),
    'items.jsonl': items.map((text, id) => ({id: String(id), text})),
  });
  const {rows} = await checkIn(
    root,
    {rules: {'duplicate/*': 'off'}, references: [{path: 'items.jsonl', role: 'benchmark'}]},
    ['prompts.jsonl'],
  );
  return items.filter((_, index) => rows[index]!.findings.length === 0);
}

test('contamination/benchmark finds every item of 8 words and more inside a longer prompt', async () => {
  const lengthOf = (text: string) => wordsOf(text).length;
  const items = texts.filter(text => lengthOf(text) >= 8 && lengthOf(text) <= 40).slice(0, 200);
  expect(await missedInside(items)).toEqual([]);
});

test.each([
  [7, 5],
  [10, 4],
  [12, 6],
  [8, 8],
  [14, 10],
])('and items that all begin with the same %i words and differ in %i', async (shared, own) => {
  const random = randomFrom(17);
  const word = () => `w${Math.floor(2000 ** random())}`;
  const list = (length: number, make: () => string) => Array.from({length}, make).join(' ');
  const template = list(shared, word);
  const items = Array.from(
    {length: 60},
    () => `${template} ${list(own, () => `u${Math.floor(1e6 * random())}`)}`,
  );
  expect(await missedInside(items)).toEqual([]);
});
