import {defineRecordRule} from '../../src/api.js';
import {compileAnchors} from './anchors.js';
import {answerPart, excerptOf} from './answer-part.js';
import {everywhere, firstUnquoted} from './quoted.js';
import {type ResidueKind, residueKinds, residues} from './residue.js';

const left: Readonly<Record<ResidueKind, string>> = {
  tokens: 'A special token of a chat format',
  roles: 'Role markers of a chat',
  citations: 'A citation mark of a chat product',
  tracking: 'A link that a chat product marked',
  slots: 'A slot that nobody filled in',
  prompt: 'The prompt, or talk of it',
  truncation: 'A mark that the answer was cut off',
};

export default defineRecordRule({
  id: 'synthetic/chat-residue',
  summary: 'Flags what chat products and prompts leave behind: special tokens, role markers, citation marks, unfilled slots.',
  why: 'Text that was copied from a chat carries its format with it. A model trained on it writes special tokens and `[Your Name]` into its answers, and special tokens in training text can end or forge a turn (arXiv:2312.06674 on chat formats as a line of defence).',
  advice: 'Drop the record, or take the residue out and look at what is left. Where templates are wanted, take `slots` out of `kinds`.',
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
        'What to look for: `tokens`, `roles`, `citations`, `tracking`, `slots`, `prompt`, `truncation`.',
    },
  },
  messages: {left: '{{what}}: `{{residue}}`'},
  examples: {
    pass: [
      {
        label: 'documentation of a chat format',
        rows: ['A turn ends with `<|im_end|>`, and the next one begins with "<|im_start|>".'],
      },
      {label: 'brackets of other kinds', rows: ['He said [the mayor] would come; see [Name](names.md) and x[Date].']},
      {label: 'slots in a question', rows: [{prompt: 'A card for [Name], please.', response: 'Dear Ada, all the best!'}]},
    ],
    fail: [
      {rows: ['The lamp was lit at dusk.<|im_end|>']},
      {rows: ['Dear editor,\n\nthe pier is closed again.\n\nSincerely,\n[Your Name]']},
      {rows: ['Human: How high is it?\n\nAssistant: It is 31 metres high.']},
      {rows: ['The light was seen from afar【4†source】.']},
      {rows: ['See https://example.org/tides?utm_source=chatgpt.com for the tides.']},
    ],
  },
  create({options, feature, report}) {
    const wanted = residues
      .filter(({kind}) => options.kinds.includes(kind))
      .map(residue => ({...residue, pattern: everywhere(residue.pattern)}));
    // Fewer than 32 have anchors, so that each has a bit of its own.
    const anchored = wanted.filter(({anchors}) => anchors !== undefined);
    const anchors = compileAnchors(feature, anchored.map(({anchors = []}) => anchors));
    const bits = new Map(anchored.map((residue, index) => [residue, 1 << index]));
    const signs = [...new Set(wanted.flatMap(({signs = []}) => signs.map(sign => sign[0]!)))];
    return record => {
      const found = anchors.find(record);
      if (found === 0 && !signs.some(sign => record.text.includes(sign))) return;
      for (const residue of wanted) {
        const {kind, answer, pattern} = residue;
        const bit = bits.get(residue);
        if (bit !== undefined && (found & bit) === 0) continue;
        const part = answer ? answerPart(record) : 'text';
        const text = record[part]!;
        if (residue.signs !== undefined && !residue.signs.some(sign => text.includes(sign))) continue;
        const match = firstUnquoted(pattern, text);
        if (match === undefined) continue;
        if (residue.after && !residue.after.test(text.slice(0, match.index))) continue;
        report({
          messageId: 'left',
          data: {what: left[kind], residue: excerptOf(match[0])},
          span: {part, start: match.index, end: match.index + match[0].length},
        });
      }
    };
  },
});
