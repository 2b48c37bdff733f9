import {
  type CorpusRecord,
  defineGroupRule,
  missing,
  type Neighbour,
  notApplicable,
  placeName,
} from '../../src/api.js';
import {mean} from './likeness.js';
import {meaningOf} from './meaning.js';
import {type Run, sharedRuns} from './runs.js';
import {hashOfHashes, normalPrompt, shortName, type Words, wordsOf} from './text.js';
import {cosine, countsOf, type Unit, unitOf, vectorWords} from './vectors.js';

interface Answer {
  readonly record: CorpusRecord;
  readonly generator: string;
  readonly words: Words;
  readonly hash: number;
  readonly unit: Unit;
}

export default defineGroupRule({
  id: 'homogeneity/prompt',
  summary:
    'Flags answers that repeat, word for word or in long runs, what another model answered to the prompt.',
  why: 'Different models often give the same words to one prompt, and one model gives its own answer again (Artificial Hivemind, arXiv:2510.22954): such answers are counted as many voices and are one.',
  advice:
    'Keep one of the answers that are the same. A shared run that every answer must hold (a quotation, a form) is no fault: raise `words`.',
  details:
    'Records whose prompts are equal but for white space and the case of A to Z are a group; those without a prompt or an answer are in none. Case and punctuation do not count. A run of words that stands in the prompt is not looked at, and of each answer the longest run is reported. The first record of a model whose answers to the prompt are alike by more than `alike` in the mean is flagged for all of them; likeness is the cosine of words, see `homogeneity/models`, or with `embedding` or `provider` that of embeddings: then `alike` and `sameness` are about meaning, while the runs stay words.\n\nThe signal `sameness` of a record is its mean likeness to the other answers to its prompt.\n\nOff by default, because groups need a second reading of the corpus: switch it on with `homogeneity/prompt: warn`. Of a prompt the first 256 answers are looked at.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  limit: 256,
  needs: ({provider}) => (provider ? ['embedding'] : []),
  options: {
    embedding: {
      type: 'string',
      default: '',
      description:
        'Field that holds an embedding of the answer, as a list of numbers. Empty: words are compared.',
    },
    provider: {
      type: 'boolean',
      default: false,
      description: 'Compare the embeddings that a plugin gives (the feature `embedding`), not words.',
    },
    words: {
      type: 'integer',
      minimum: 4,
      maximum: 100,
      default: 8,
      description: 'Words in a row that answers of two models must share to be flagged.',
    },
    alike: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.9,
      description: 'Mean likeness of one model’s answers to a prompt above which it is flagged.',
    },
  },
  signals: {
    sameness: {
      description:
        'Mean likeness (cosine of words, or of embeddings) to the other answers to the same prompt',
      range: [0, 1],
      better: 'low',
    },
  },
  messages: {
    same: '{{model}} gives word for word the answer that {{other}} gave to this prompt in `{{id}}` ({{place}}): two names, one voice. Keep one of them',
    run: '{{model}} shares {{count}} words in a row with the answer of {{other}} in `{{id}}` ({{place}}): “{{excerpt}}”. Look whether both were copied',
    alike:
      'The {{count}} answers of {{model}} to this prompt are nearly one: mean likeness {{value}}, at most {{limit}} allowed. Keep fewer of them, or sample with more variety',
  },
  examples: {
    pass: [
      {
        label: 'other words',
        rows: [
          {
            prompt: 'Name a harbour bird.',
            response: 'The herring gull, loud and never shy.',
            model: 'tern-1',
          },
          {
            prompt: 'Name a harbour bird.',
            response: 'A turnstone works along the quay at low tide.',
            model: 'plover-2',
          },
        ],
      },
      {
        label: 'the words of the prompt',
        rows: [
          {
            prompt: 'Continue: The boats came home before the wind turned to the north',
            response: 'The boats came home before the wind turned to the north, and Ada lit the stove.',
            model: 'tern-1',
          },
          {
            prompt: 'Continue: The boats came home before the wind turned to the north',
            response: 'The boats came home before the wind turned to the north. One was missing.',
            model: 'plover-2',
          },
        ],
      },
    ],
    fail: [
      {
        label: 'word for word',
        rows: [
          {prompt: 'Where do eels go?', response: 'They go to the sea to spawn.', model: 'tern-1'},
          {prompt: 'Where do eels go?', response: 'They go to the sea, to spawn!', model: 'plover-2'},
        ],
      },
      {
        label: 'a shared run',
        rows: [
          {
            prompt: 'What is a tide?',
            response: 'A tide is the slow rise and fall of the sea that the moon brings about.',
            model: 'tern-1',
          },
          {
            prompt: 'What is a tide?',
            response:
              'Think of a bath. The slow rise and fall of the sea that the moon makes is much the same.',
            model: 'plover-2',
          },
        ],
      },
      {
        label: 'one model, one answer',
        rows: [
          {
            prompt: 'Tell me a story.',
            response: 'Once there was a fox who lived by a mill.',
            model: 'tern-1',
          },
          {
            prompt: 'Tell me a story.',
            response: 'Once there was a fox who lived by a hill.',
            model: 'tern-1',
          },
        ],
        options: {alike: 0.8},
      },
    ],
  },
  key: ({prompt, response}) =>
    prompt === undefined || response === undefined ? undefined : normalPrompt(prompt),
  create({options, report, signal, feature}) {
    const byWords = options.embedding === '' && !options.provider;
    const meaning = (record: CorpusRecord) => {
      const vector = byWords ? undefined : meaningOf(record, options, feature);
      return vector && unitOf(vector);
    };
    return ({records}) => {
      const answers = records.map(answerOf);
      const units = byWords ? answers.map(({unit}) => unit) : records.map(meaning);
      const table = units.map((unit, at) =>
        units.map((other, to) =>
          to < at ? (unit === undefined || other === undefined ? Number.NaN : cosine(unit, other)) : 0,
        ),
      );
      const likeness = (one: number, other: number) => table[Math.max(one, other)]![Math.min(one, other)]!;
      for (const [at, {record}] of answers.entries()) {
        const others = answers.flatMap((_, to) => (to === at ? [] : [likeness(at, to)]));
        if (units[at] === undefined) signal(record, 'sameness', missing('the answer has no embedding'));
        else if (!others.some(Number.isFinite))
          signal(record, 'sameness', notApplicable('the prompt has no other answer'));
        else signal(record, 'sameness', Math.max(0, Math.min(1, mean(others))));
      }
      if (answers.length < 2) return;
      reportShared(answers);
      reportAlike(answers, likeness);
    };

    function reportShared(answers: readonly Answer[]): void {
      const runs = sharedRuns(
        answers.map(({generator, words}) => ({generator, words: words.hashes})),
        wordsOf(answers[0]!.record.prompt!).hashes,
        options.words,
      );
      for (const [at, one] of answers.entries()) {
        const same = answers
          .slice(0, at)
          .find(
            ({hash, generator}) => hash === one.hash && generator !== one.generator && one.hash !== noWords,
          );
        const run = runs[at];
        if (same !== undefined) {
          report(one.record, {messageId: 'same', data: named(one, same), related: [neighbour(same, 1)]});
        } else if (run !== undefined) reportRun(one, answers[run.other]!, run);
      }
    }

    function reportRun(one: Answer, other: Answer, {start, length}: Run): void {
      const from = one.words.starts[start]!;
      const to = one.words.ends[start + length - 1]!;
      report(one.record, {
        messageId: 'run',
        data: {...named(one, other), count: length, excerpt: excerpt(one.record.response!.slice(from, to))},
        span: {part: 'response', start: from, end: to},
        related: [neighbour(other, cosine(one.unit, other.unit))],
      });
    }

    function reportAlike(answers: readonly Answer[], likeness: (one: number, other: number) => number): void {
      const models = new Map<string, number[]>();
      for (const [at, {generator}] of answers.entries()) {
        models.set(generator, [...(models.get(generator) ?? []), at]);
      }
      for (const own of models.values()) {
        const first = answers[own[0]!]!;
        const value = mean(own.flatMap((one, at) => own.slice(0, at).map(other => likeness(one, other))));
        // Of one answer there is no mean, and this is false.
        if (!(value > options.alike)) continue;
        const data = {model: nameOf(first), count: own.length, value, limit: options.alike};
        report(first.record, {messageId: 'alike', data});
      }
    }
  },
});

/** Answers of signs only share no words, but lack the same ones. */
const noWords = hashOfHashes([]);

function answerOf(record: CorpusRecord): Answer {
  const words = wordsOf(record.response!);
  return {
    record,
    generator: record.generator ?? '',
    words,
    hash: hashOfHashes(words.hashes),
    unit: unitOf(countsOf(words.hashes.slice(0, vectorWords))),
  };
}

const nameOf = ({generator}: Answer) =>
  generator === '' ? 'a model without a name' : `\`${shortName(generator)}\``;

function named(one: Answer, other: Answer) {
  const {id, place} = other.record;
  return {model: nameOf(one), other: nameOf(other), id, place: placeName(place)};
}

/** At most about 80 characters, on one line. */
function excerpt(run: string): string {
  const line = run.replace(/\s+/g, ' ');
  return line.length <= 80 ? line : `${[...line].slice(0, 80).join('')}…`;
}

function neighbour({record, words}: Answer, similarity: number): Neighbour {
  const {id, place, hash} = record;
  return {
    record: {id, path: place.path, line: place.line, hash},
    relation: similarity === 1 ? 'same' : 'near',
    similarity: Math.min(1, similarity),
    verified: true,
    origin: 'round',
    words: words.hashes.length,
  };
}
