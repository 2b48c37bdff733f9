import {compilePath, defineRecordRule, missing, notApplicable} from '../../src/api.js';
import {claimsOf, type MismatchKind, readSources} from './support-claims.js';

export default defineRecordRule({
  id: 'grounding/support',
  summary: 'Measures how much of what an answer says stands in its sources, by words, numbers and names.',
  why: 'An answer that its sources do not bear out adds what a model made up to the corpus that the next answers are drawn from (Bidirectional RAG, arXiv:2512.22199). Where no model is at hand to judge entailment, numbers and names that stand in no source can still be seen.',
  advice:
    'Look at the span: correct the number or name, or drop the record. For paraphrase use grounding/entailment.',
  details:
    'Lexical, and no more: it knows words, not meaning. A claim is a sentence of the answer with at least two words of content. Its support is the share of its content words (English endings cut), numbers (1,000 = 1000, `three` = 3) and names that stand in any source. `support` is the least of all claims, `support.mean` their mean.\n\n`support.mismatches` counts what contradicts or goes beyond the sources: a number that stands in none, a number with another unit, a name that stands in none, and a claim that denies what the sentence most like it says (or the other way round). These are the findings. Measured on claims made by controlled edits from two public corpora, see docs/filters.md.\n\nIt cannot see who did what to whom: names or numbers that change places stand in the sources both before and after. A sum that the answer works out is a number that stands in no source. Paraphrase lowers support. So a low value asks for a look, it proves nothing.\n\nWhere the row has no source texts the signals are missing.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  options: {
    sources: {
      type: 'array',
      items: {type: 'string'},
      default: ['contexts[*]', 'contexts[*].text', 'documents[*].text', 'sources[*].text', 'context'],
      description: 'Field paths of the texts of sources; all that are there count.',
    },
    names: {type: 'boolean', default: true, description: 'Report names that stand in no source.'},
    negation: {type: 'boolean', default: true, description: 'Report claims that deny what a source says.'},
  },
  signals: {
    support: {description: 'Least support of a claim of the answer', range: [0, 1], better: 'high'},
    'support.mean': {description: 'Mean support of its claims', range: [0, 1], better: 'high'},
    'support.mismatches': {
      description: 'Numbers, units, names and negations that the sources do not bear out',
      range: [0, Number.POSITIVE_INFINITY],
      better: 'low',
    },
  },
  messages: {
    number: 'The number `{{shown}}` stands in none of its sources',
    unit: 'The sources give the number of `{{shown}}` in another unit',
    name: 'The name `{{shown}}` stands in none of its sources',
    negation: 'Says the opposite of the sentence in its sources that is most like it: “{{shown}}”',
  },
  examples: {
    pass: [
      {
        rows: [
          {
            question: 'How long is the pier?',
            answer: 'The pier of Skagen is 1200 m long, and three boats lie there [d1].',
            contexts: ['The pier of Skagen was built in 1907. It is 1,200 m long; 3 boats lie there.'],
          },
        ],
      },
    ],
    fail: [
      {
        label: 'a number from nowhere',
        rows: [
          {question: 'How long?', answer: 'The pier is 1300 m long.', contexts: ['The pier is 1200 m long.']},
        ],
      },
      {
        label: 'another unit',
        rows: [
          {
            question: 'How long?',
            answer: 'The pier is 40 miles long.',
            contexts: ['The pier is 40 km long.'],
          },
        ],
      },
      {
        label: 'another name',
        rows: [
          {
            question: 'Who built it?',
            answer: 'The pier was built by Lund.',
            contexts: ['The pier was built by Aune.'],
          },
        ],
      },
      {
        label: 'the opposite',
        rows: [
          {
            question: 'May I?',
            answer: 'Boats may not land at the pier.',
            contexts: ['Boats may land at the pier.'],
          },
        ],
      },
    ],
  },
  create({options, report, signal, feature, split}) {
    const paths = options.sources.map(compilePath);
    const wanted = (kind: MismatchKind) =>
      (kind !== 'name' || options.names) && (kind !== 'negation' || options.negation);

    function absent(value: ReturnType<typeof missing>): void {
      for (const name of ['support', 'support.mean', 'support.mismatches'] as const) signal(name, value);
    }

    return record => {
      const {response, fields} = record;
      if (response === undefined) return absent(notApplicable('the record has no response'));
      const texts = paths.flatMap(path => path(fields)).filter(value => typeof value === 'string');
      if (texts.length === 0)
        return absent(
          missing(`there is no source text at ${options.sources.map(path => `\`${path}\``).join(', ')}`),
        );
      const claims = claimsOf(response, feature(record, 'sentences'), readSources(texts, split));
      if (claims.length === 0)
        return absent(notApplicable('the answer makes no claim that words could support'));
      const mismatches = claims.flatMap(claim => claim.mismatches).filter(({kind}) => wanted(kind));
      for (const {kind, shown, start, end} of mismatches.slice(0, 10))
        report({messageId: kind, data: {shown: shown.slice(0, 80)}, span: {part: 'response', start, end}});
      signal('support', Math.min(...claims.map(({share}) => share)));
      signal('support.mean', claims.reduce((sum, {share}) => sum + share, 0) / claims.length);
      signal('support.mismatches', mismatches.length);
    };
  },
});
