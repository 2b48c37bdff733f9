import {defineRecordRule, type PartName, type RecordParts} from '../../src/api.js';
import {answerPart, excerptOf} from './answer-part.js';
import {
  type BoilerplateKind,
  boilerplateKinds,
  openingUnits,
  openingWords,
  type Phrasing,
  phrasings,
} from './boilerplate.js';
import {everywhere, firstUnquoted} from './quoted.js';

/** How much of a text counts as its beginning and its end, in characters. */
const edge = 320;

const said: Readonly<Record<BoilerplateKind, string>> = {
  'self-reference': 'Speaks of itself as a language model',
  refusal: 'Refuses a request as assistants do',
  cutoff: 'Speaks of the end of its training data',
  opening: 'Opens as the answer to a request',
  offer: 'Ends with an offer to go on',
};

export default defineRecordRule({
  id: 'synthetic/assistant-boilerplate',
  summary:
    'Flags what only an assistant says: that it is a language model, refusals, knowledge cut-offs, “Certainly! Here is …”.',
  why: 'Boilerplate of an assistant is hard evidence that a model wrote the record, and a model trained on it repeats it, whatever it was asked (arXiv:2305.17493 on what training on generated text does; arXiv:2112.11446 on filtering such text).',
  advice:
    'Drop the record, or cut the phrase off where the rest is wanted. In data whose answers are meant to sound like an assistant take `opening` and `offer` out of `kinds`.',
  details:
    'Looks at the chosen answer or the response where the record has one, else at its text. Phrases of English and of 18 other languages; `opening` is only looked for at the beginning, `offer` at the end. A phrase in quotation marks or in code is not counted, and a self-reference needs a speaker (`as an AI, I …`), so that texts about assistants pass. What was measured on human and machine text is in docs/synthetic.md.',
  since: '0.2.0',
  recommended: 'warn',
  on: 'response',
  options: {
    kinds: {
      type: 'array',
      items: {type: 'string'},
      default: [...boilerplateKinds],
      description: 'What to look for: `self-reference`, `refusal`, `cutoff`, `opening`, `offer`.',
    },
  },
  messages: {said: '{{what}}: “{{phrase}}”'},
  examples: {
    pass: [
      {
        label: 'a text about assistants',
        rows: [
          'Every second answer began with "As an AI language model, I", and readers soon skipped it.',
          'As an AI researcher, I was asked what these models can do.',
        ],
      },
      {
        label: 'a person who is sorry',
        rows: ['I am sorry, but I cannot come on Friday: the ferry does not sail.'],
      },
    ],
    fail: [
      {
        rows: [
          'As an AI language model, I do not have a favourite lighthouse, but many people like this one.',
        ],
      },
      {
        rows: [
          {
            prompt: 'Shorten it.',
            response: 'Certainly! Here is a shorter version:\n\nThe ferry sails at nine.',
          },
        ],
      },
      {rows: ['Bien sûr ! Voici une recette de soupe aux poireaux pour quatre personnes.']},
      {
        label: 'without offers',
        rows: ['I’m sorry, but I can’t assist with that request.'],
        options: {kinds: ['refusal']},
      },
    ],
  },
  create({options, feature, keywords, report}) {
    const wanted = phrasings
      .filter(({kind}) => options.kinds.includes(kind))
      .map(phrasing => ({...phrasing, pattern: everywhere(phrasing.pattern)}));
    const openings = keywords(wanted.filter(({where}) => where === 'start'));
    const others = keywords(wanted.filter(({where}) => where !== 'start'));

    function look(part: PartName, text: string, {kind, pattern}: Phrasing, from: number, to: number): void {
      const stretch = from === 0 && to >= text.length ? text : text.slice(from, to);
      const match = firstUnquoted(pattern, stretch);
      if (match === undefined) return;
      const start = from + match.index;
      report({
        messageId: 'said',
        data: {what: said[kind], phrase: excerptOf(match[0])},
        span: {part, start, end: start + match[0].length},
      });
    }

    function opens(part: PartName, parts: RecordParts): boolean {
      openingWords.lastIndex = 0;
      return openingWords.test(parts.startOf(part, openingUnits)!);
    }

    return record => {
      const first = openings(record);
      const found = others(record);
      if (first.length === 0 && found.length === 0) return;
      const parts = feature(record, 'parts');
      const part = answerPart(parts);
      if (first.length > 0 && opens(part, parts))
        for (const phrasing of first) look(part, record[part]!, phrasing, 0, edge);
      for (const phrasing of found) {
        const text = record[part]!;
        const from = phrasing.where === 'end' ? Math.max(0, text.length - edge) : 0;
        look(part, text, phrasing, from, text.length);
      }
    };
  },
});
