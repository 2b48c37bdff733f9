/** What must not compile in a record rule, and what must. Only type-checked, never run. */
import {defineRecordRule, missing, notApplicable, type Rule} from 'collapse-gate/api';

declare module 'collapse-gate/api' {
  interface Features {
    clauses: readonly string[];
  }
}

const about = {
  summary: 'Flags.',
  why: 'It matters.',
  advice: 'Look.',
  since: '1.0.0',
  recommended: 'warn',
  examples: {pass: [], fail: []},
} as const;

const options = {
  max: {type: 'integer', minimum: 0, default: 3, description: 'Most.'},
  mode: {type: 'string', enum: ['fast', 'exact'], default: 'fast', description: 'How.'},
  name: {type: 'string', default: '', description: 'Who.'},
  strict: {type: 'boolean', default: false, description: 'Twice?'},
  words: {type: 'array', items: {type: 'string'}, default: ['a'], description: 'Which.'},
} as const;

export const right: Rule = defineRecordRule({
  ...about,
  id: 'own/right',
  options,
  messages: {found: 'Holds {{count}} of {{what}}', plain: 'Is plain'},
  signals: {'own.score': {description: 'A score', range: [0, 1], better: 'high'}},
  needs: ['clauses'],
  create({options: {max, mode, name, strict, words}, report, signal, feature, keywords}) {
    const told = keywords([{keywords: {phrases: words, signs: ['<|']}, weight: 2}]);
    const fits: [number, 'fast' | 'exact', string, boolean, readonly string[]] = [
      max,
      mode,
      name,
      strict,
      words,
    ];
    return record => {
      const clauses: readonly string[] = feature(record, 'clauses');
      const count: number = feature(record, 'wordCount');
      const weights: number[] = told(record).map(({weight}) => weight);
      const start: string | undefined = feature(record, 'parts').startOf('response', weights.length);
      signal('own.score', start === undefined ? feature(record, 'repeats') : 1);
      report({messageId: 'found', data: {count: clauses.length + count, what: fits[1]}});
      report({messageId: 'plain', span: {part: 'text', start: 0, end: 1}});
      signal('own.score', 0.5);
      signal('own.score', notApplicable('no words'));
      signal('own.score', missing('the model is not there'));
    };
  },
});

defineRecordRule({
  ...about,
  id: 'own/wrong',
  options,
  messages: {found: 'Holds {{count}} of {{what}}', plain: 'Is plain'},
  signals: {'own.score': {description: 'A score', range: [0, 1], better: 'high'}},
  create({options: given, report, signal, feature}) {
    // @ts-expect-error: an option of type integer is a number
    given.max.toUpperCase();
    // @ts-expect-error: not among the choices
    if (given.mode === 'slow') return () => {};
    // @ts-expect-error: there is no such option
    given.least;
    // @ts-expect-error: options are read-only
    given.max = 4;
    return record => {
      // @ts-expect-error: there is no such message
      report({messageId: 'nope'});
      // @ts-expect-error: data is missing
      report({messageId: 'found'});
      // @ts-expect-error: a placeholder has no value
      report({messageId: 'found', data: {count: 1}});
      // @ts-expect-error: there is no such placeholder
      report({messageId: 'found', data: {count: 1, what: 'x', more: 2}});
      // @ts-expect-error: a value is a string or a number
      report({messageId: 'found', data: {count: 1, what: null}});
      // @ts-expect-error: this message has no placeholders
      report({messageId: 'plain', data: {count: 1}});
      // @ts-expect-error: there is no such part
      report({messageId: 'plain', span: {part: 'title', start: 0, end: 1}});
      // @ts-expect-error: a signal is a number or a stated absence
      signal('own.score', 'high');
      // @ts-expect-error: an absence has a reason
      signal('own.score', {absent: 'missing'});
      // @ts-expect-error: the signal is not declared
      signal('own.other', 1);
      // @ts-expect-error: keywords come with their patterns
      given.keywords([{phrases: ['lamp']}]);
      // @ts-expect-error: there is no such feature
      feature(record, 'paragraphs');
      // @ts-expect-error: records are read-only
      record.text = 'other';
    };
  },
});

defineRecordRule({
  ...about,
  id: 'own/silent',
  options: {},
  messages: {},
  create:
    ({signal}) =>
    () =>
      // @ts-expect-error: a rule that declares no signals gives none
      signal('own.score', 1),
});

defineRecordRule({
  ...about,
  id: 'own/options',
  options: {
    // @ts-expect-error: every option has a default
    max: {type: 'integer', description: 'Most.'},
    // @ts-expect-error: every option has a description
    min: {type: 'integer', default: 1},
    // @ts-expect-error: the default has the type of the option
    mode: {type: 'string', default: 1, description: 'How.'},
    // @ts-expect-error: there is no such type
    other: {type: 'object', default: {}, description: 'What.'},
  },
  messages: {},
  create: () => () => {},
});

defineRecordRule({
  ...about,
  id: 'own/why',
  // @ts-expect-error: a rule says why
  why: undefined,
  options: {},
  messages: {},
  create: () => () => {},
});

defineRecordRule({
  ...about,
  id: 'own/level',
  // @ts-expect-error: there is no such level
  recommended: 'fatal',
  options: {},
  messages: {},
  create: () => () => {},
});

// @ts-expect-error: `create` gives a function
defineRecordRule({...about, id: 'own/create', options: {}, messages: {}, create: () => {}});

defineRecordRule({
  ...about,
  id: 'own/needs',
  options: {},
  messages: {},
  // @ts-expect-error: there is no such feature
  needs: ['paragraphs'],
  create: () => () => {},
});
