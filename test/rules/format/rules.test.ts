import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import concentration from '../../../rules/format/concentration.js';
import {mostModels} from '../../../rules/format/models.js';
import suppressed from '../../../rules/format/suppressed.js';
import winnerNotBest from '../../../rules/format/winner-not-best.js';
import type {CorpusContext, CorpusRecord, CorpusRule, MeasureValue, Table, View} from '../../../src/api.js';

const texts: Record<string, string> = {
  prose: 'The boat left at dawn.',
  bullets: '- rope\n- tar',
  numbered: '1. Cast off.\n2. Set sail.',
  headed: '# Harbour',
  table: 'a | b\n--|--',
};

type Row = Partial<Pick<CorpusRecord, 'text' | 'response' | 'generator' | 'fields'>>;

function optionsOf(rule: CorpusRule, given: object = {}) {
  const defaults = Object.entries(rule.options).map(([name, option]) => [name, option.default]);
  return {...Object.fromEntries(defaults), ...given} as never;
}

function observe(rule: CorpusRule, rows: readonly Row[], given: object = {}): unknown {
  const summary = rule.init();
  const context = {
    options: optionsOf(rule, given),
    feature: ({fields}: CorpusRecord, name: string) => {
      if (name !== 'row') throw new Error('no plugin brings it');
      return {fieldNames: new Set(Object.keys(fields)), field: (key: string) => fields[key]};
    },
  } as unknown as CorpusContext;
  for (const row of rows) rule.observe(summary, {text: '', fields: {}, ...row} as CorpusRecord, context);
  return summary;
}

function measure(
  rule: CorpusRule,
  rows: readonly Row[],
  reference?: readonly Row[],
  given: object = {},
  view: View = 'accepted',
) {
  const said: {messageId: string; data?: Record<string, string | number>}[] = [];
  const tables: Table[] = [];
  const summary = observe(rule, rows, given);
  const measures = rule.measure(summary, reference && observe(rule, reference, given), {
    options: optionsOf(rule, given),
    view,
    report: (finding: never) => void said.push(finding),
    table: table => void tables.push(table),
  }) as Record<string, MeasureValue>;
  return {measures, said, tables};
}

/** `rows({prose: 3, bullets: 1})`: as many answers of each format. */
function rows(counts: Record<string, number>, more: Row = {}): Row[] {
  return Object.entries(counts).flatMap(([format, n]) =>
    Array.from({length: n}, () => ({text: 'unlike', response: texts[format]!, ...more})),
  );
}

const row: fc.Arbitrary<Row> = fc.record({
  response: fc.constantFrom(...Object.values(texts)),
  generator: fc.constantFrom(...Array.from({length: 90}, (_, index) => `model ${index}`)),
  fields: fc.constantFrom({correct: true}, {correct: 0}, {}),
});

describe.each([concentration, suppressed, winnerNotBest].map(rule => [rule.id, rule] as const))(
  '%s',
  (_, rule) => {
    const encoded = (list: readonly Row[]) => rule.encode(observe(rule, list));
    const parts = fc.array(fc.array(row, {maxLength: 60}), {minLength: 1, maxLength: 6});

    test('is a commutative monoid, to the bit', () => {
      fc.assert(
        fc.property(parts, fc.infiniteStream(fc.nat()), (lists, choices) => {
          const summaries = lists.map(list => observe(rule, list));
          // Merged in any order and grouping, some of them from their bytes.
          while (summaries.length > 1) {
            const pick = () => summaries.splice(choices.next().value! % summaries.length, 1)[0];
            const [into, from] = [pick(), pick()];
            rule.merge(into, choices.next().value! % 2 ? rule.decode(rule.encode(from)) : from);
            summaries.push(into);
          }
          expect(rule.encode(summaries[0])).toEqual(encoded(lists.flat()));
        }),
        {numRuns: 60, seed: 11},
      );
    });

    test('the empty summary is neutral, and decoding gives back what was encoded', () => {
      fc.assert(
        fc.property(fc.array(row), list => {
          const summary = observe(rule, list);
          rule.merge(summary, rule.init());
          expect(rule.encode(rule.decode(rule.encode(summary)))).toEqual(encoded(list));
        }),
        {numRuns: 30, seed: 12},
      );
    });

    test('what is taken out was never there', () => {
      // With no more models than are kept.
      const few = fc.array(row.map(each => ({...each, generator: each.generator!.slice(0, 7)})));
      fc.assert(
        fc.property(few, few, (kept, refused) => {
          const summary = observe(rule, [...kept, ...refused]);
          rule.subtract!(summary, observe(rule, refused));
          expect(rule.encode(summary)).toEqual(encoded(kept));
        }),
        {numRuns: 60, seed: 13},
      );
    });

    test('is small, however many records and models there are', () => {
      const many = Array.from({length: 5000}, (_, index) => ({
        ...rows({prose: 1})[0]!,
        generator: `m${index}`.repeat(50),
      }));
      expect(encoded(many).length).toBeLessThan(mostModels * 200);
    });

    test('of nothing it measures nothing', () => {
      expect(measure(rule, []).measures).toEqual({});
      expect(measure(rule, [], rows({prose: 3}))).toEqual({measures: {}, said: [], tables: []});
    });

    test('a pattern that cannot be read stops the run', () => {
      const list = rows({prose: 1}, {fields: {correct: true}});
      expect(() => observe(rule, list, {patterns: ['nothing']})).toThrow(
        '`patterns` has the entry `nothing`',
      );
    });

    test('with `tree` it asks for the plugin', () => {
      const list = rows({prose: 1}, {fields: {correct: true}});
      expect(() => observe(rule, list, {tree: true})).toThrow('no plugin brings it');
    });
  },
);

describe('format/concentration', () => {
  test('measures shares, entropy and divergence beside the reference', () => {
    const {measures, tables} = measure(
      concentration,
      rows({prose: 60, bullets: 40}),
      rows({prose: 500, headed: 500}),
    );
    expect(measures['format.p-max']).toMatchObject({value: 0.6, reference: 0.5});
    expect(measures['format.rise']!.value).toBeCloseTo(0.1, 12);
    const nats = -(0.6 * Math.log(0.6) + 0.4 * Math.log(0.4)) + 1 / 200;
    expect(measures['format.entropy']!.value).toBeCloseTo(nats / Math.log(10), 12);
    expect(measures['format.entropy']!.reference).toBeCloseTo((Math.LN2 + 1 / 2000) / Math.log(10), 12);
    for (const {value, interval} of Object.values(measures)) {
      expect(interval![0]).toBeLessThan(value);
      expect(interval![1]).toBeGreaterThan(value);
    }
    expect(tables.map(({id}) => id)).toEqual(['format.shares']);
    expect(
      tables[0]!.rows.map(([format, records, share, , reference]) => [format, records, share, reference]),
    ).toEqual([
      ['prose', 60, 0.6, 0.5],
      ['bullets', 40, 0.4, 0],
      ['headed', 0, 0, 0.5],
    ]);
  });

  test('without a reference it measures what can be measured', () => {
    const {measures, tables, said} = measure(concentration, rows({prose: 2}));
    expect(Object.keys(measures)).toEqual(['format.p-max', 'format.entropy']);
    expect(tables[0]!.picture).not.toHaveProperty('reference');
    expect(said).toEqual([]);
  });

  test('reports a rise that is sure, on what was accepted', () => {
    const reference = rows({prose: 500, headed: 500});
    const risen = rows({bullets: 900, prose: 100});
    const {said} = measure(concentration, risen, reference);
    expect(said).toMatchObject([
      {messageId: 'risen', data: {format: 'bullets', share: '90.0 %', usual: 'headed', before: '50.0 %'}},
    ]);
    expect(measure(concentration, risen, reference, {}, 'all').said).toEqual([]);
    // 55 to 80 % by 20 answers is no proof, and 10 points are allowed.
    expect(measure(concentration, rows({bullets: 16, prose: 4}), reference).said).toEqual([]);
    expect(measure(concentration, rows({bullets: 560, prose: 440}), reference).said).toEqual([]);
    expect(measure(concentration, rows({bullets: 560, prose: 440}), reference, {step: 0}).said).toHaveLength(
      1,
    );
  });

  test('a reference that was counted by other patterns is not compared', () => {
    const counted = observe(concentration, rows({prose: 50}), {patterns: ['sums: *=*']});
    const said: unknown[] = [];
    const measures = concentration.measure(observe(concentration, rows({bullets: 50})), counted, {
      options: optionsOf(concentration),
      view: 'accepted',
      report: (finding: never) => void said.push(finding),
      table: () => {},
    });
    expect(said).toEqual([{messageId: 'otherwise'}]);
    expect(Object.keys(measures)).toEqual(['format.p-max', 'format.entropy']);
  });

  test('counts formats of the user', () => {
    const patterns = ['cast: *Cast off*'];
    const {tables, measures} = measure(concentration, rows({numbered: 3, prose: 1}), undefined, {patterns});
    expect(tables[0]!.rows.map(([format, records]) => [format, records])).toEqual([
      ['cast', 3],
      ['prose', 1],
    ]);
    // Over eleven formats, not ten.
    const nats = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)) + 1 / 8;
    expect(measures['format.entropy']!.value).toBeCloseTo(nats / Math.log(11), 12);
  });

  test('shows the formats of each model', () => {
    const both = [
      ...rows({prose: 3, bullets: 1}, {generator: 'Gull'}),
      ...rows({bullets: 2}, {generator: 'Tern'}),
    ];
    const [, table] = measure(concentration, both).tables;
    expect(table!.rows).toEqual([
      ['Gull', 'bullets', 1, 0.25],
      ['Gull', 'prose', 3, 0.75],
      ['Tern', 'bullets', 2, 1],
      ['Tern', 'prose', 0, 0],
    ]);
  });
});

describe('format/suppressed', () => {
  const reference = rows({prose: 800, bullets: 100, headed: 90, table: 10});

  test('reports formats that have surely lost more than half', () => {
    const {measures, said} = measure(suppressed, rows({prose: 950, bullets: 10, headed: 40}), reference);
    // Ten tables of a thousand may be gone by chance, and 40 of 90 are not surely under half.
    expect(measures).toEqual({'format.suppressed': {value: 1}});
    expect(said).toMatchObject([
      {messageId: 'lost', data: {format: 'bullets', share: '1.0 %', before: '10.0 %', keep: '50.0 %'}},
    ]);
    expect(measure(suppressed, rows({prose: 950, bullets: 10}), reference, {}, 'all').said).toEqual([]);
  });

  test('does not blame small rounds, and follows its options', () => {
    expect(measure(suppressed, rows({prose: 20}), reference).measures).toEqual({
      'format.suppressed': {value: 0},
    });
    const lost = rows({prose: 900, bullets: 100});
    expect(measure(suppressed, lost, reference).measures).toEqual({'format.suppressed': {value: 1}});
    expect(measure(suppressed, lost, reference, {share: 0.1}).measures).toEqual({
      'format.suppressed': {value: 0},
    });
    expect(measure(suppressed, rows({prose: 900, bullets: 60}), reference, {keep: 1}).said).toHaveLength(3);
  });

  test('a round that kept just half is blamed in fewer than one of twenty cases', () => {
    let state = 5;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const draw = (n: number, share: number) => {
      const bullets = Array.from({length: n}, next).filter(value => value < share).length;
      return rows({bullets, prose: n - bullets});
    };
    let blamed = 0;
    for (let round = 0; round < 400; round++) {
      const found = measure(suppressed, draw(300, 0.1), draw(600, 0.2)).measures['format.suppressed']!;
      blamed += found.value;
    }
    expect(blamed / 400).toBeLessThan(0.05);
    // And it is not blind: a third of the share is seen most of the time.
    let seen = 0;
    for (let round = 0; round < 100; round++) {
      seen += measure(suppressed, draw(300, 0.2 / 4), draw(600, 0.2)).measures['format.suppressed']!.value;
    }
    expect(seen / 100).toBeGreaterThan(0.6);
  });
});

describe('format/winner-not-best', () => {
  const judged = (counts: Record<string, [right: number, wrong: number]>) =>
    Object.entries(counts).flatMap(([format, [right, wrong]]) => [
      ...rows({[format]: right}, {fields: {correct: true}}),
      ...rows({[format]: wrong}, {fields: {correct: 0}}),
    ]);

  test('reports a rarer format that is surely right more often', () => {
    const round = judged({prose: [100, 100], bullets: [70, 10], headed: [5, 0]});
    const {measures, said, tables} = measure(winnerNotBest, round);
    expect(measures['format.winner-gap']!.value).toBeCloseTo(70 / 80 - 0.5, 12);
    expect(said).toMatchObject([
      {messageId: 'worse', data: {winner: 'prose', accuracy: '50.0 %', best: 'bullets', better: '87.5 %'}},
    ]);
    expect(tables[0]!.rows.map(([format, total, accuracy]) => [format, total, accuracy])).toEqual([
      ['prose', 200, 0.5],
      ['bullets', 80, 0.875],
      ['headed', 5, 1],
    ]);
    // Five answers are too few to say anything, unless it is asked for.
    expect(measure(winnerNotBest, round, undefined, {records: 5}).measures['format.winner-gap']!.value).toBe(
      0.5,
    );
  });

  test('is silent where the winner is best, or nothing is sure', () => {
    expect(measure(winnerNotBest, judged({prose: [150, 50], bullets: [30, 50]}))).toMatchObject({
      measures: {'format.winner-gap': {value: 0}},
      said: [],
    });
    expect(measure(winnerNotBest, judged({prose: [15, 15], bullets: [14, 8]})).said).toEqual([]);
    expect(measure(winnerNotBest, judged({prose: [3, 1]})).measures).toEqual({
      'format.winner-gap': {value: 0},
    });
  });

  test('reads the field that is named, and nothing into what is no answer', () => {
    const of = (fields: Record<string, unknown>, correct: string) =>
      measure(winnerNotBest, rows({prose: 1}, {fields}), undefined, {correct}).tables[0]?.rows[0]?.[2];
    expect(of({check: {passed: true}}, 'check.passed')).toBe(1);
    expect(of({'check.passed': false}, 'check.passed')).toBe(0);
    expect(of({right: 1}, 'right')).toBe(1);
    for (const value of ['true', null, 2, [], {}]) expect(of({right: value}, 'right')).toBeUndefined();
    expect(of({}, 'constructor')).toBeUndefined();
  });
});
