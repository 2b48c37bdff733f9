import {type CorpusRecord, type CorpusRule, defineCorpusRule} from '../../src/api.js';

const scorers = ['embedding', 'entailment', 'detector'] as const;
type Scorer = (typeof scorers)[number];

/** What the models did not read, by record: noted by the providers, counted by the rule. */
export interface CutCounter {
  count(record: CorpusRecord, scorer: Scorer, read: number): void;
  readonly rule: CorpusRule;
}

type Counts = Record<Scorer, {records: number; cut: number}>;

const none = (): Counts => ({
  embedding: {records: 0, cut: 0},
  entailment: {records: 0, cut: 0},
  detector: {records: 0, cut: 0},
});

export function createCutCounter(limits: Readonly<Record<Scorer, number | undefined>>): CutCounter {
  const noted = new WeakMap<CorpusRecord, Partial<Record<Scorer, number>>>();
  const rule = defineCorpusRule({
    id: 'transformers/cut',
    summary: 'Counts texts of which a model read only the beginning.',
    why: 'A model reads so many tokens and no more. What it says of a longer text it says of the beginning (a limit of 256 is usual for sentence embeddings, arXiv:1908.10084).',
    advice:
      'Raise `maxTokens` where the model allows it, take a model that reads longer texts, or split the records.',
    since: '0.2.0',
    recommended: 'warn',
    version: 1,
    inProfile: false,
    views: ['all'],
    options: {
      most: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        default: 0,
        description: 'Share of texts that may be cut before it is said.',
      },
    },
    messages: {
      cut: 'The model for `{{scorer}}` read only the beginning of {{cut}} of {{records}} texts: {{limit}} tokens at most',
    },
    measures: Object.fromEntries(
      scorers.map(scorer => [
        `transformers.cut-${scorer}`,
        {
          description: `Share of texts that the model for \`${scorer}\` did not read to the end`,
          unit: 'share' as const,
        },
      ]),
    ),
    init: none,
    observe(summary, record) {
      for (const [scorer, read] of Object.entries(noted.get(record) ?? {}) as [Scorer, number][]) {
        summary[scorer].records++;
        if (read < 1) summary[scorer].cut++;
      }
    },
    merge(into, from) {
      for (const scorer of scorers) {
        into[scorer].records += from[scorer].records;
        into[scorer].cut += from[scorer].cut;
      }
    },
    measure(summary, _reference, {options, report}) {
      return Object.fromEntries(
        scorers.flatMap(scorer => {
          const {records, cut} = summary[scorer];
          if (records === 0) return [];
          if (cut > options.most * records)
            report({
              messageId: 'cut',
              data: {scorer, cut, records, limit: limits[scorer] ?? 'as many as it takes'},
            });
          return [[`transformers.cut-${scorer}`, {value: cut / records}]];
        }),
      );
    },
    encode: summary => new TextEncoder().encode(JSON.stringify(summary)),
    decode: bytes => JSON.parse(new TextDecoder().decode(bytes)) as Counts,
  });
  return {
    rule,
    count(record, scorer, read) {
      const own = noted.get(record) ?? {};
      own[scorer] = read;
      noted.set(record, own);
    },
  };
}
