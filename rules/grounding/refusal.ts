import {defineRecordRule, notApplicable} from '../../src/api.js';
import {decliningOf} from './declining.js';
import {languages, patternsOf} from './refusal-patterns.js';

export default defineRecordRule({
  id: 'grounding/refusal',
  summary: 'Flags answers that decline, or say that the sources do not hold the answer, and little else.',
  why: 'A refusal is true of every source, so checks of truth let it pass: in the public logs of a system that writes its answers back into its corpus (Bidirectional RAG, arXiv:2512.22199), 37 to 53 % of the accepted answers say that the context does not contain it. Trained on, they teach a model to decline.',
  advice: 'Drop the record, or set `else: quarantine` on the gate `refusal` to have a person look.',
  details:
    'Looks for sentences that decline (“I cannot help with …”), that say the sources do not hold it (“the context does not mention …”), and for what only keeps them company: offers, questions, advice to look elsewhere, and the reasons behind an opening refusal, up to 120 words. The signal `refusal` is the share of the words of the answer that do so. From a turn on (“but I can …”, “however, …”) words count as an answer, so an answer that mentions a gap passes. What stands in quotation marks is not looked at.\n\nPatterns are there for English, German, French, Spanish, Chinese and Japanese. They were written with public answers of ten models at hand, on which 63 of 68 flagged answers are refusals: see docs/filters.md. The patterns of other languages than English were not measured.\n\nThat it declines is not a fault by itself: “the text names no address” may be the right answer. Whether a corpus should hold such answers is yours to say.',
  since: '0.2.0',
  recommended: 'off',
  on: 'response',
  options: {
    languages: {
      type: 'array',
      items: {type: 'string'},
      default: [...languages],
      description: 'Languages whose patterns are tried: `en`, `de`, `fr`, `es`, `zh`, `ja`.',
    },
    share: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Share of the answer spent on declining above which it is flagged.',
    },
  },
  limits: [{signal: 'refusal', option: 'share'}],
  signals: {
    refusal: {description: 'Share of the words of the answer that decline', range: [0, 1], better: 'low'},
  },
  messages: {
    declines: 'Declines instead of answering: “{{sentence}}”',
    absent: 'Says that the sources do not hold the answer: “{{sentence}}”',
  },
  examples: {
    pass: [
      {
        label: 'a gap is mentioned, and there is an answer',
        rows: [
          {
            prompt: 'When and why did the ferry stop?',
            response:
              'The context does not mention the year, but it says that the ferry stopped when the bridge was opened: fewer than ten people a day still paid for the crossing.',
          },
          {
            prompt: 'Which boat is best?',
            response:
              'As an AI language model, I cannot choose for you, but I can say what speaks for each. The Tern is fast and wet. The Plover is slow and dry, and has room for eight.',
          },
        ],
      },
      {
        label: 'somebody else’s words',
        rows: [
          {prompt: 'What did she say?', response: '“I cannot help you,” she said, and closed the hatch.'},
        ],
      },
    ],
    fail: [
      {rows: [{prompt: 'When did it stop?', response: 'I’m sorry, but I cannot help with that.'}]},
      {
        label: 'the sources do not hold it',
        rows: [
          {
            prompt: 'When did it stop?',
            response: 'The provided context does not contain any information about the ferry.',
          },
        ],
      },
      {
        label: 'in other languages',
        rows: [
          {prompt: 'Wann?', response: 'Leider kann ich diese Frage nicht beantworten.'},
          {prompt: 'Quand ?', response: 'Le contexte ne mentionne pas le bac.'},
          {prompt: '¿Cuándo?', response: 'Lo siento, no puedo ayudar con eso.'},
          {prompt: '何時？', response: '申し訳ありませんが、お答えできません。'},
          {prompt: '什么时候？', response: '很抱歉，我无法回答这个问题。'},
        ],
      },
    ],
  },
  create({options, report, signal, feature}) {
    const patterns = options.languages.map(language => {
      const found = patternsOf(language);
      if (found !== undefined) return found;
      throw new Error(`\`languages\` names \`${language}\`; there are patterns for ${languages.join(', ')}`);
    });
    return record => {
      const {response} = record;
      if (response === undefined) return signal('refusal', notApplicable('the record has no response'));
      const {share, kind, first} = decliningOf(response, feature(record, 'sentences'), patterns);
      signal('refusal', share);
      if (kind === undefined || first === undefined || share <= options.share) return;
      const {start, end} = first;
      const sentence = response.slice(start, Math.min(end, start + 120)).replace(/\s+/g, ' ');
      report({messageId: kind, data: {sentence}, span: {part: 'response', start, end}});
    };
  },
});
