import {type CorpusRecord, defineRecordRule, type PartName} from '../../src/api.js';
import {answerPart, excerptOf} from './answer-part.js';
import {everywhere, firstUnquoted, isQuoted} from './quoted.js';
import {type Residue, type ResidueKind, residueKinds, residues} from './residue.js';

const left: Readonly<Record<ResidueKind, string>> = {
  tokens: 'A special token of a chat format',
  reasoning: 'A tag around what a model thought to itself',
  roles: 'Role markers of a chat',
  citations: 'A citation mark of a chat product',
  tracking: 'A link that a chat product marked',
  slots: 'A slot that nobody filled in',
  prompt: 'The prompt, or talk of it',
  truncation: 'A mark that the answer was cut off',
};

export default defineRecordRule({
  id: 'synthetic/chat-residue',
  summary:
    'Flags what chat products and prompts leave behind: special tokens, role markers, citation marks, unfilled slots.',
  why: 'Text that was copied from a chat carries its format with it. A model trained on it writes special tokens and `[Your Name]` into its answers, and special tokens in training text can end or forge a turn (arXiv:2312.06674 on chat formats as a line of defence).',
  advice:
    'Drop the record, or take the residue out and look at what is left. Where templates are wanted, take `slots` out of `kinds`.',
  details:
    'Special tokens, role markers, citations and links are looked for in the whole text; slots, talk of the prompt and cut-off marks in the answer, where the record has one, because a person may ask with slots. What stands in quotation marks, in a code span or in a fenced block is not counted: documentation of chat formats passes. A slot in square brackets must be of a kind that templates have (`[Your Name]`, `[Insert date]`) and no link or index.',
  since: '0.2.0',
  recommended: 'warn',
  options: {
    kinds: {
      type: 'array',
      items: {type: 'string'},
      default: [...residueKinds],
      description:
        'What to look for: `tokens`, `reasoning` (take it out for a corpus that teaches to think aloud), `roles`, `citations`, `tracking`, `slots`, `prompt`, `truncation`.',
    },
  },
  messages: {left: '{{what}}: `{{residue}}`'},
  examples: {
    pass: [
      {
        label: 'documentation of a chat format',
        rows: ['A turn ends with `<|im_end|>`, and the next one begins with "<|im_start|>".'],
      },
      {
        label: 'brackets of other kinds',
        rows: ['He said [the mayor] would come; see [Name](https://example.org) and x[Date].'],
      },
      {
        label: 'slots in a question',
        rows: [{prompt: 'A card for [Name], please.', response: 'Dear Ada, all the best!'}],
      },
    ],
    fail: [
      {rows: ['The lamp was lit at dusk.<|im_end|>']},
      {rows: ['Dear editor,\n\nthe pier is closed again.\n\nSincerely,\n[Your Name]']},
      {rows: ['Human: How high is it?\n\nAssistant: It is 31 metres high.']},
      {rows: ['The light was seen from afar【4†source】.']},
      {rows: ['See https://example.org/tides?utm_source=chatgpt.com for the tides.']},
    ],
  },
  create({options, feature, keywords, report}) {
    const residuesIn = keywords(
      residues
        .filter(({kind}) => options.kinds.includes(kind))
        .map(residue =>
          residue.sign === undefined ? {...residue, pattern: everywhere(residue.pattern)} : sticky(residue),
        ),
    );

    function found(part: PartName, kind: ResidueKind, start: number, residue: string): void {
      const data = {what: left[kind], residue: excerptOf(residue)};
      report({messageId: 'left', data, span: {part, start, end: start + residue.length}});
    }

    /** Tries the patterns of a sign wherever it stands; each finds one place. */
    function lookAtSigns(record: CorpusRecord, sign: string, patterns: readonly Residue[]): void {
      const {text} = record;
      const part = answerPart(feature(record, 'parts'));
      const answer = record[part]!;
      const open = new Set(patterns);
      const taken = new Set<number>();
      for (const whole of answer === text ? [true] : [true, false]) {
        const place = whole ? text : answer;
        let at = place.indexOf(sign);
        for (let left = signsTried; at !== -1 && left > 0; left--) {
          for (const residue of open) {
            if (answer !== text && (residue.answer === true) === whole) continue;
            residue.pattern.lastIndex = at;
            const match = residue.pattern.exec(place);
            if (match === null || taken.has(at) || isQuoted(place, at)) continue;
            open.delete(residue);
            taken.add(at);
            found(whole && answer !== text ? 'text' : part, residue.kind, at, match[0]);
          }
          at = place.indexOf(sign, at + 1);
        }
      }
    }

    return record => {
      const here = residuesIn(record);
      if (here.length === 0) return;
      for (const sign of signs) {
        const patterns = here.filter(residue => residue.sign === sign);
        if (patterns.length > 0) lookAtSigns(record, sign, patterns);
      }
      for (const {kind, answer, after, pattern, sign} of here) {
        if (sign !== undefined) continue;
        const part = answer ? answerPart(feature(record, 'parts')) : 'text';
        const text = record[part]!;
        const match = firstUnquoted(pattern, text);
        if (match === undefined || (after && !after.test(text.slice(0, match.index)))) continue;
        found(part, kind, match.index, match[0]);
      }
    };
  },
});

const signs = ['<', '[', '【', '#', '{'] as const;
/** Places that are tried: a text with more of these signs is code or a table. */
const signsTried = 200;

function sticky(residue: Residue): Residue {
  const {source, flags} = residue.pattern;
  return {...residue, pattern: new RegExp(source, `${flags}y`)};
}
