/** What chat products and prompts leave in a text, and how it is found. */
import type {KeywordList} from '../../src/api.js';

export const residueKinds = [
  'tokens',
  'reasoning',
  'roles',
  'citations',
  'tracking',
  'slots',
  'prompt',
  'truncation',
] as const;
export type ResidueKind = (typeof residueKinds)[number];

export interface Residue {
  readonly kind: ResidueKind;
  /** One of them must stand in the record before the pattern is tried. */
  readonly keywords: KeywordList;
  /** Where this sign stands the pattern, which is sticky then, is tried. */
  readonly sign?: '<' | '[' | '【' | '#' | '{';
  /** Prompts may hold slots and instructions: of these only the answer is looked at. */
  readonly answer?: true;
  /** Must stand somewhere before. */
  readonly after?: RegExp;
  /** Linear: every repetition is bounded. */
  readonly pattern: RegExp;
}

const person =
  '(?:recipient|sender|manager|hiring manager|student|teacher|candidate|customer|client|company|employee|employer|friend|partner|guest|host|speaker|author|artist|professor|doctor|patient|applicant|child|editor|landlord|boss|colleague|bride|groom|school|event|couple|team|person|parent|owner|mentor)';
const filled =
  '(?:Name|Title|Position|Company|Organi[sz]ation|Address|City|Town|Date|Phone|Number|Email|Information|Amount|Location|Website|Link|Signature|Department|Time|Reader|Product|Service|Country|State|School|University|Recipient|Year|Month|Job|Role|Industry|Brand|Team|Event)';

/** The marks of searches as words, also run together with the word before. */
function turnSearches(): string[] {
  const numbers = [...'0123456789'];
  return ['turn0', 'turn1', 'turn2', 'turn3', 'citeturn0', 'citeturn1', 'citeturn2'].flatMap(turn =>
    ['search', 'view', 'news', 'image', 'file'].flatMap(kind => numbers.map(number => turn + kind + number)),
  );
}

const headings = ['instruction', 'response', 'human', 'assistant', 'user', 'prompt'];

export const residues: readonly Residue[] = [
  // Special tokens: ChatML, Llama, Mistral, Gemma, DeepSeek, Phi, gpt-oss.
  {
    kind: 'tokens',
    sign: '<',
    keywords: {signs: ['<|', '<｜']},
    pattern:
      /<[|｜](?:im_start|im_end|im_sep|endoftext|end_of_text|begin_of_text|eot_id|eom_id|start_header_id|end_header_id|assistant|user|system|end|endofprompt|channel|message|return|call|START_OF_TURN_TOKEN|END_OF_TURN_TOKEN|CHATBOT_TOKEN|begin▁of▁sentence|end▁of▁sentence|User|Assistant|end_of_turn|prompter|python_tag)[|｜]>/u,
  },
  {kind: 'tokens', sign: '[', keywords: {signs: ['[inst]', '[/inst]']}, pattern: /\[\/?INST\]/u},
  {
    kind: 'tokens',
    sign: '<',
    keywords: {signs: ['<<sys>>', '<</sys>>', '<start_of_turn>', '<end_of_turn>']},
    pattern: /<<\/?SYS>>|<(?:start|end)_of_turn>/u,
  },
  {kind: 'tokens', sign: '<', keywords: {signs: ['</s>', '<unk>']}, pattern: /<\/s>\s*$|(?:<unk>\s*){3}/u},
  {
    kind: 'reasoning',
    sign: '<',
    keywords: {signs: ['<think>', '<reasoning>', '<scratchpad>', '</think']},
    pattern: /(?<=^\s{0,9})<(?:think|reasoning|scratchpad)>|<\/think(?:ing)?>/u,
  },
  // Turns.
  {
    kind: 'roles',
    sign: '#',
    keywords: {signs: headings.flatMap(word => [`##${word}`, `## ${word}`])},
    pattern: /(?<![^\n])#{2,3} ?(?:Instruction|Response|Human|Assistant|User|Prompt)s? ?:/mu,
  },
  {
    kind: 'roles',
    sign: '[',
    keywords: {signs: ['[']},
    pattern: /(?<=^\s{0,4})\[(?:assistant|model|chatgpt)\] ?:/imu,
  },
  {
    kind: 'roles',
    keywords: {phrases: ['assistant', 'chatgpt', 'gpt', 'bot']},
    after: /^(?:\*\*)?(?:Human|User|USER|HUMAN|Me|You)(?: ?\*\*)?:/mu,
    pattern: /^(?:\*\*)?(?:Assistant|ASSISTANT|ChatGPT|GPT(?:-\d)?|Bot|AI Assistant)(?: ?\*\*)?:/mu,
  },
  {
    kind: 'roles',
    keywords: {phrases: ['assistant', 'chatgpt']},
    pattern: /^\s{0,4}(?:Assistant|ASSISTANT|ChatGPT|AI Assistant) ?: ?\S/u,
  },
  {
    kind: 'roles',
    keywords: {phrases: ['chatgpt said', 'copilot said', 'gemini said']},
    pattern: /^(?:ChatGPT|Copilot|Gemini) said:\s*$/mu,
  },
  // Citations that the product would have turned into links.
  {
    kind: 'citations',
    sign: '【',
    keywords: {signs: ['【']},
    pattern: /【\d{1,3}(?::\d{1,3})?†[^】\n]{1,80}】/u,
  },
  {
    kind: 'citations',
    keywords: {
      phrases: [
        'oaicite',
        'contentreference',
        'oai citation',
        'cite start',
        'filecite',
        'navlist',
        'attached file',
        'grok card',
      ],
    },
    pattern:
      /:contentReference\[oaicite:\d{1,3}\]|\boaicite:\d|\[oai_citation:\d|\[cite_start\]|\bfilecite\W?turn\d|\[?attached_file:\d|\bgrok_card\b/u,
  },
  {
    kind: 'citations',
    keywords: {phrases: turnSearches()},
    pattern:
      /(?:cite|\uE202|\b)turn\d{1,2}(?:search|view|news|image|file|academia|product|forecast|finance|sports)\d{1,3}/u,
  },
  {
    kind: 'citations',
    sign: '[',
    keywords: {signs: ['[cite:']},
    pattern: /\[cite: ?\d{1,3}(?:, ?\d{1,3}){0,20}\]/u,
  },
  {
    kind: 'citations',
    sign: '<',
    keywords: {signs: ['<grok:render', '<antartifact', '<antthinking', '<oai-']},
    pattern: /<(?:grok:render|antArtifact|antThinking|oai-[a-z]+)\b/u,
  },
  {
    kind: 'tracking',
    keywords: {
      phrases: [
        'source chatgpt',
        'source openai',
        'source copilot',
        'source perplexity',
        'source claude',
        'source gemini',
        'referrer grok',
        'referrer chatgpt',
      ],
    },
    pattern:
      /[?&](?:utm_source=(?:chatgpt(?:\.com)?|openai|copilot(?:\.com)?|perplexity(?:\.ai)?|claude(?:\.ai)?|gemini(?:\.google\.com)?)|referrer=(?:grok|chatgpt)\.com)(?![\w-])/u,
  },
  // Slots of a template that nobody filled in.
  {
    kind: 'slots',
    sign: '[',
    keywords: {signs: ['[']},
    answer: true,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}\\])_$])\\[(?:(?:[Yy]our|(?:[Tt]he )?(?:${person})['’]s) [\\p{L}/ ,&'’-]{2,40}|(?:[Ii]nsert|[Ff]ill in|[Mm]ention|[Ss]pecify|[Ee]nter) (?:(?:your|the|a|an|any) )?(?:\\p{L}{1,14} ){0,3}(?:name|title|date|time|number|link|address|company|city|location|amount|position|email|phone|details?|information|reason|topic|product|service|example|skills?|website|year|age|relationship|occasion|quote|statistics?|source)s?(?: [^\\]\\n]{1,60})?|[Mm]y [Nn]ame|(?:specific|relevant|appropriate|desired) (?:date|time|name|location|product|company|topic|number|day|amount|details?|skills?|position|industry)s?|(?:\\p{Lu}[\\p{L}'’]{1,20}[ /-](?:and |of |& )?){0,3}${filled}(?:(?: and |/| & |, | or )${filled}){0,3})\\](?![(\\[:])`,
      'u',
    ),
  },
  {
    kind: 'slots',
    sign: '<',
    keywords: {signs: ['<your', '<insert']},
    answer: true,
    pattern:
      /<(?:[Yy]our|insert)[ _](?:name|company|address|email|title|position|city|phone|date|text|here)[\p{L} _]{0,20}>/u,
  },
  {
    kind: 'slots',
    sign: '{',
    keywords: {signs: ['{your', '{insert']},
    answer: true,
    pattern:
      /\{{1,2}(?:[Yy]our|insert)[ _](?:name|company|address|email|title|position|city|phone|date|text|here)[\p{L} _]{0,20}\}{1,2}/u,
  },
  {
    kind: 'slots',
    sign: '[',
    keywords: {signs: ['[']},
    answer: true,
    pattern:
      /\[(?:(?:Ihr|Dein|Mein)e? (?:Vor|Nach)?[Nn]ame|(?:Votre|Ton) (?:[Nn]om|[Pp]rénom|adresse)|(?:Tu|Su) (?:[Nn]ombre|[Dd]irección)|(?:Seu|O seu) (?:[Nn]ome)|(?:Il )?(?:[Tt]uo|[Ss]uo) [Nn]ome|(?:Uw|Jouw) [Nn]aam|Ditt [Nn]amn|(?:Ваше|Твоё) [Ии]мя|Twoje [Ii]mię|(?:你|您)的(?:名字|姓名)|あなたの(?:名前|氏名)|당신의 이름|Adınız)[^\]\n]{0,30}\]/u,
  },
  // The prompt, or an answer that speaks of it.
  {
    kind: 'prompt',
    keywords: {
      phrases: [
        'abstract based on',
        'essay based on',
        'story based on',
        'review based on',
        'summary based on',
        'article based on',
        'response based on',
        'answer based on',
        'poem based on',
        'paragraph based on',
        'text based on',
        'email based on',
      ],
    },
    answer: true,
    pattern:
      /\b(?:write|generate|create|compose|produce|continue)(?: me)? (?:an?|the) (?:[\p{L}-]{1,14} ){0,5}(?:abstract|essay|story|review|summary|article|response|answer|poem|paragraph|text|email) based on (?:this|the|these|that)[^:.\n]{0,60}:/iu,
  },
  {
    kind: 'prompt',
    keywords: {
      phrases: [
        'context provided',
        'provided context',
        'given context',
        'passage provided',
        'provided passage',
        'provided information',
        'provided text',
        'the prompt',
        'context given',
      ],
    },
    answer: true,
    pattern:
      /^\s{0,4}(?:(?:based on|according to|from) (?:the (?:provided|given) (?:context|passage|information|text|document)|the (?:context|passage|document) (?:provided|given)|your (?:prompt|instructions))\b|the (?:prompt|instruction) (?:is|asks|provided|given|does|seems|says|states)\b|the (?:provided|given) (?:context|passage|text|document) (?:does not|doesn['’]t|mentions|states|contains|only)\b)/iu,
  },
  {
    kind: 'prompt',
    keywords: {
      phrases: ['your request', 'your instructions', 'you requested', 'your prompt', 'your specifications'],
    },
    answer: true,
    pattern:
      /^\s{0,4}(?:as (?:per|requested in|you asked in) your (?:request|prompt|instructions|specifications)|based on your (?:request|prompt|instructions|specifications))\b/iu,
  },
  {
    kind: 'truncation',
    keywords: {
      phrases: [
        'truncated',
        'continue generating',
        'response was cut',
        'cut off due',
        'next message',
        'next response',
        'token limit',
        'character limit',
        'length limit',
        'continued in',
      ],
    },
    answer: true,
    pattern:
      /[[(](?:(?:response|output|text|content|message|answer)? ?truncated(?: (?:due|for|because)[^\])\n]{0,40})?|(?:to be )?continued in (?:the )?next (?:message|response|reply)|(?:note: )?(?:this |the |my )?(?:response|output|answer) (?:was|has been|is) (?:cut off|truncated)[^\])\n]{0,80})[\])]|\bcontinue generating\b|\b(?:reached|exceed(?:s|ed)?|due to) (?:the|my) (?:token|output|response) (?:length )?limit\b/iu,
  },
];
