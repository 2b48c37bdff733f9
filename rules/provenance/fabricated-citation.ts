import {compilePath, defineRecordRule, missing} from '../../src/api.js';
import {citationsOf} from './citations.js';

export default defineRecordRule({
  id: 'provenance/fabricated-citation',
  summary: 'Flags answers that cite a source which they were not given.',
  why: 'A system that writes its answers back must know what they rest on. In the public logs of Bidirectional RAG (arXiv:2512.22199) 15 of 267 accepted answers cite an id that does not exist: its check asks for one citation that is known, and does not look at the others.',
  advice: 'Drop the record, or have the answer written again. `span` shows the citation.',
  details:
    'Sources are the ids that a row lists (`sources`), citations are ids in square brackets, `[doc_3]`, several with commas between them, also behind `Source:` or `doc:`. Case does not count.\n\nNot everything in brackets is a citation: with `brackets: alike`, the default, only what names a source or is made like the ids of the record’s sources, as `[doc_99]` beside `doc_3`; `[sic]` and links of Markdown are left alone. `brackets: all` takes every bracket, as the published code does. With `numbers`, `[2]` cites the second source in the list.\n\nSignals, which the gate `attribution` reads: `citations.known` and `citations.fabricated` count distinct ids, `citations.density` is the share of sentences that hold a known citation. Where a row lists no sources at all they are missing; an empty list is a list, and every citation beside it is fabricated.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  options: {
    sources: {
      type: 'array',
      items: {type: 'string'},
      default: ['retrieved_ids', 'sources[*].id', 'contexts[*].id', 'documents[*].id'],
      description: 'Field paths of the ids of sources, or of lists of them; all that are there count.',
    },
    brackets: {
      type: 'string',
      enum: ['alike', 'all'],
      default: 'alike',
      description: 'Which brackets are citations: those made like an id of the sources, or all.',
    },
    numbers: {
      type: 'boolean',
      default: false,
      description: 'A number in brackets cites the source at that place of the list.',
    },
  },
  signals: {
    'citations.known': {
      description: 'Distinct sources that the answer cites',
      range: [0, Number.POSITIVE_INFINITY],
      better: 'high',
    },
    'citations.fabricated': {
      description: 'Distinct ids that it cites and that are no source of it',
      range: [0, Number.POSITIVE_INFINITY],
      better: 'low',
    },
    'citations.density': {
      description: 'Share of its sentences that cite a source',
      range: [0, 1],
      better: 'high',
    },
  },
  messages: {
    fabricated: 'Cites `{{id}}`, which is none of its sources ({{sources}})',
    none: 'Cites `{{id}}`, and was given no source',
  },
  examples: {
    pass: [
      {
        rows: [
          {
            query: 'When does the tide turn?',
            response: 'At four [doc_3]. The old log [sic] says so too [doc_3, doc_8].',
            retrieved_ids: ['doc_3', 'doc_8'],
          },
        ],
      },
      {
        label: 'a link is no citation',
        rows: [
          {
            query: 'When?',
            response: 'At four, see [the table](https://example.org/tides).',
            retrieved_ids: ['doc_3'],
          },
        ],
      },
    ],
    fail: [
      {
        rows: [
          {query: 'When does the tide turn?', response: 'At four [doc_3][doc_99].', retrieved_ids: ['doc_3']},
        ],
      },
      {
        label: 'by number',
        rows: [{query: 'When?', response: 'At four [3].', sources: [{id: 'a'}, {id: 'b'}]}],
        options: {numbers: true},
      },
    ],
  },
  create({options, report, signal, feature}) {
    const paths = options.sources.map(compilePath);
    return record => {
      const {response, text, fields} = record;
      const values = paths.flatMap(path => path(fields));
      if (values.length === 0 || values.every(value => value === null)) {
        const absent = missing(
          `there are no source ids at ${options.sources.map(path => `\`${path}\``).join(', ')}`,
        );
        for (const name of ['known', 'fabricated', 'density'] as const) signal(`citations.${name}`, absent);
        return;
      }
      const sources = [...new Set(values.flat().filter(isId).map(String))];
      const answer = response ?? text;
      const citations = citationsOf(answer, sources, options);
      const known = citations.filter(citation => citation.known);
      const fabricated = new Map(
        citations.filter(citation => !citation.known).map(found => [found.id, found]),
      );
      for (const {id, start, end} of [...fabricated.values()].slice(0, 5)) {
        const span = {part: response === undefined ? 'text' : 'response', start, end} as const;
        const shownId = id.slice(0, 60);
        if (sources.length === 0) report({messageId: 'none', data: {id: shownId}, span});
        else
          report({
            messageId: 'fabricated',
            data: {id: shownId, sources: listed(sources)},
            span,
          });
      }
      const sentences = feature(record, 'sentences');
      // A citation behind the stop belongs to the sentence that it follows.
      const cited = sentences.filter(({start}, at) => {
        const end = sentences[at + 1]?.start ?? answer.length;
        return known.some(citation => citation.start >= start && citation.start < end);
      });
      signal('citations.known', new Set(known.map(({id}) => id.toLowerCase())).size);
      signal('citations.fabricated', fabricated.size);
      signal('citations.density', sentences.length === 0 ? 0 : cited.length / sentences.length);
    };
  },
});

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function listed(sources: readonly string[]): string {
  const shown = sources.slice(0, 4).map(id => `\`${id.slice(0, 40)}\``);
  return sources.length > 4 ? `${shown.join(', ')} …` : shown.join(', ');
}
