import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {corpusChunks, parseBytes} from '../../bench/corpus.mjs';
import {buildLadder, ladderRows, rungs} from '../../bench/ladder.mjs';
import {corpusBlocks} from '../../bench/lib/blocks.mjs';
import {rewrap, swapSentences} from '../../bench/lib/edits.mjs';
import {coverage, jaccard, pairElements, wordsOf} from '../../bench/lib/truth.mjs';
import {judge} from '../../bench/recall.mjs';

const numbered = (count: number, from = 0) =>
  Array.from({length: count}, (_, at) => `w${from + at}`).join(' ');

describe('truth', () => {
  test('words are runs of letters, digits and marks, folded after composition', () => {
    expect(wordsOf('Straße, CAFE\u0301 x_y 3.14 — don’t')).toEqual([
      'strasse',
      'café',
      'x',
      'y',
      '3',
      '14',
      'don',
      't',
    ]);
    expect(wordsOf(' …\n')).toEqual([]);
  });

  test.each([5, 20, 100])('one word changed in %i gives (n - 1) / (n + 3)', n => {
    const changed = numbered(n).replace('w2', 'other');
    expect(jaccard(numbered(n), changed)).toBe((n - 1) / (n + 3));
  });

  test.each([5, 20, 100])('one word inserted at the start of %i gives n / (n + 3)', n => {
    expect(jaccard(numbered(n), `new ${numbered(n)}`)).toBe(n / (n + 3));
  });

  test('counts repeated pairs as often as they occur in both', () => {
    // ^a ab ba ab b$ against ^a ab b$: three of five.
    expect(jaccard('a b a b', 'a b')).toBe(3 / 5);
    expect(pairElements('a b a b')).toEqual(['<start> a', 'a b', 'a b 1', 'b a', 'b <end>']);
  });

  test('texts of no words are the same text, texts of other words are not', () => {
    expect(jaccard('', '?!')).toBe(1);
    expect(jaccard('', 'a')).toBe(0);
    expect(jaccard('a', 'b')).toBe(0);
  });

  test('coverage counts the words in runs of six that the other text has', () => {
    const inner = numbered(20);
    expect(coverage(inner, `${numbered(30, 100)} ${inner} ${numbered(9, 200)}`)).toBe(1);
    expect(coverage(inner, `x ${numbered(6, 3)} y ${numbered(5, 12)} z`)).toBe(6 / 20);
    // Two runs that overlap in one word do not count it twice.
    expect(coverage(inner, `${numbered(6)} x ${numbered(6, 5)}`)).toBe(11 / 20);
    expect(coverage(numbered(5), numbered(20))).toBe(0);
    expect(coverage('', 'a')).toBe(0);
  });
});

describe('ladder', () => {
  const pairs = buildLadder({seed: 5, repeats: 2});

  test('has the similarity that each edit must give', () => {
    const of = (rung: string, length: number) =>
      pairs.filter(pair => pair.rung === rung && pair.length === length).map(pair => pair.jaccard);
    expect(of('one word inserted at the start', 20)).toEqual([20 / 23, 20 / 23]);
    expect(of('lines re-wrapped', 100)).toEqual([1, 1]);
    expect(of('case and punctuation changed', 1000)).toEqual([1, 1]);
    for (const value of of('10 % of words replaced', 1000)) {
      // A hundred words in a thousand: at most 200 pairs gone, fewer where two of them are neighbours.
      expect(value).toBeGreaterThanOrEqual(801 / 1201);
      expect(value).toBeLessThan(0.7);
    }
  });

  test('has every rung in every length, bases of the length they should have, and no id twice', () => {
    expect(pairs.length).toBe(rungs.length * 4 * 2);
    for (const pair of pairs) expect(wordsOf(pair.a.text).length).toBe(pair.length);
    for (const pair of pairs.filter(pair => pair.rung.startsWith('embedded')))
      expect(pair.coverage).toBe(pair.length < 6 ? 0 : 1);
    expect(new Set(pairs.flatMap(pair => [pair.a.id, pair.b.id])).size).toBe(pairs.length * 2);
  });

  test('edits that keep the words really change the text', () => {
    const text = 'One two three. Four five six! Seven eight.';
    expect(swapSentences(text)).toBe('Four five six! One two three. Seven eight.');
    expect(rewrap(text, 12)).toBe('One two\nthree. Four\nfive six!\nSeven\neight.');
    const same = pairs.filter(pair => pair.length > 5 && pair.a.text === pair.b.text);
    expect(same).toEqual([]);
  });

  test('is the same for the same seed', () => {
    expect(ladderRows(buildLadder({seed: 5, repeats: 2}))).toBe(ladderRows(pairs));
    expect(ladderRows(buildLadder({seed: 6, repeats: 2}))).not.toBe(ladderRows(pairs));
  });
});

describe('recall', () => {
  const pairs = buildLadder({seed: 7, repeats: 1});
  const finding = (rule: string, here: string, there: string, similarity: number) => ({
    rule,
    record: {id: here},
    related: [{record: {id: there}, similarity, verified: true}],
  });
  const all = pairs
    .filter(pair => pair.contained || pair.jaccard >= 0.8)
    .map(({a, b, contained, jaccard: similarity}) =>
      contained
        ? finding('duplicate/contained', a.id, b.id, 1)
        : finding('duplicate/near', b.id, a.id, similarity),
    );
  const short = (found: typeof all) =>
    found.filter(
      ({record}) => !pairs.some(({a, length, contained}) => contained && length < 20 && a.id === record.id),
    );

  test('is complete when every pair is reported with its similarity', () => {
    const {rows, failed} = judge(pairs, short(all));
    expect(failed).toBe(false);
    expect(rows.map(({measured}) => measured.split(' ')[0]).slice(0, 3)).toEqual([
      '1.0000',
      '1.0000',
      '1.0000',
    ]);
  });

  test("fails when a pair is not reported, or under another pair's name", () => {
    expect(judge(pairs, short(all).slice(1)).failed).toBe(true);
    expect(judge(pairs, []).failed).toBe(true);
  });

  test('fails on a pair that is under the threshold, or a similarity that is not the exact one', () => {
    const far = pairs.find(pair => !pair.contained && pair.jaccard < 0.5)!;
    const wrong = finding('duplicate/near', far.b.id, far.a.id, far.jaccard);
    expect(judge(pairs, [...short(all), wrong]).failed).toBe(true);
    const [first, ...rest] = short(all);
    const off = {
      ...first!,
      related: [{...first!.related[0]!, similarity: first!.related[0]!.similarity - 0.01}],
    };
    expect(judge(pairs, [off, ...rest]).failed).toBe(true);
  });
});

describe('corpus', () => {
  const digest = (options: object) => {
    const hash = createHash('sha256');
    for (const chunk of corpusChunks({bytes: 1_000_000, ...options})) hash.update(chunk);
    return hash.digest('hex');
  };

  test('is the same, byte for byte, for the same seed', () => {
    expect(digest({seed: 1})).toBe(digest({seed: 1}));
    expect(digest({seed: 1})).not.toBe(digest({seed: 2}));
  });

  test('is the same when several threads write it', async () => {
    const hash = createHash('sha256');
    for await (const block of corpusBlocks({bytes: 1_000_000, seed: 1})) hash.update(block);
    expect(hash.digest('hex')).toBe(digest({seed: 1}));
  });

  test('holds rows of both shapes, in valid JSON, and the repeats asked for', () => {
    const options = {bytes: 1_000_000, seed: 3, duplicates: 0.2, near: 0.1, contained: 0.1};
    const text = Array.from(corpusChunks(options), chunk => chunk.toString()).join('');
    const rows: {id: string; text?: string; prompt?: string; response?: string}[] = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(rows.every(row => typeof (row.text ?? row.response) === 'string')).toBe(true);
    expect(rows.some(row => row.prompt !== undefined)).toBe(true);
    expect(rows.some(row => row.text !== undefined)).toBe(true);
    expect(new Set(rows.map(row => row.id)).size).toBe(rows.length);
    const distinct = new Set(rows.map(row => JSON.stringify([row.text, row.prompt, row.response])));
    expect(1 - distinct.size / rows.length).toBeGreaterThan(0.17);
    expect(1 - distinct.size / rows.length).toBeLessThan(0.23);
  });

  test('can repeat the records of another corpus', () => {
    const rows = (options: object) =>
      Array.from(corpusChunks(options as {bytes: number}), chunk => chunk.toString())
        .join('')
        .trimEnd()
        .split('\n')
        .map(line => line.replace(/"id":"\w+",/, ''));
    const reference = new Set(rows({bytes: 300_000, seed: 2, duplicates: 0.5}));
    const candidate = rows({bytes: 300_000, seed: 1, duplicates: 0.5, against: {seed: 2, records: 100}});
    const shared = candidate.filter(row => reference.has(row)).length / candidate.length;
    expect(shared).toBeGreaterThan(0.15);
    expect(shared).toBeLessThan(0.35);
  });

  test('reads sizes with their units', () => {
    expect(parseBytes('1GB')).toBe(1e9);
    expect(parseBytes('1.5 mb')).toBe(1_500_000);
    expect(parseBytes('20')).toBe(20);
    expect(() => parseBytes('many')).toThrow('"bytes" option is invalid: "many"');
  });
});
