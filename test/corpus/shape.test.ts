import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {PathError} from '../../src/api.js';
import type {FieldMap} from '../../src/config/config.js';
import {compileShape} from '../../src/corpus/shape.js';

type Row = Record<string, unknown>;

const user = (content: unknown) => ({role: 'user', content});
const assistant = (content: unknown) => ({role: 'assistant', content});
const system = {role: 'system', content: 'Be brief.'};

const recognised: Record<string, [row: Row, parts: Row]> = {
  'plain text': [{text: 'a'}, {text: 'a'}],
  content: [{content: 'a', title: 't'}, {text: 'a'}],
  'text beside content': [{content: 'b', text: 'a'}, {text: 'a'}],
  'blank text beside content': [{content: 'b', text: ' \n'}, {text: 'b'}],
  chat: [{messages: [system, user('q'), assistant('r')]}, {text: 'q\n\nr', prompt: 'q', response: 'r'}],
  'chat of many turns': [
    {messages: [user('q1'), assistant('r1'), user('q2'), assistant('r2'), user('q3')]},
    {text: 'q1\n\nr1\n\nq2\n\nr2\n\nq3', prompt: 'q1\n\nq2', response: 'r2'},
  ],
  'chat that is not answered': [{messages: [system, user('q')]}, {text: 'q', prompt: 'q'}],
  'chat with an empty answer': [
    {messages: [user('q'), assistant('r'), user('q2'), assistant('')]},
    {text: 'q\n\nr\n\nq2', prompt: 'q\n\nq2', response: ''},
  ],
  'chat that calls a tool': [
    {
      messages: [
        {role: 'developer', content: 'd'},
        user('q'),
        {role: 'assistant', content: null, tool_calls: [{}]},
        {role: 'tool', content: '{"big":"json"}'},
        assistant('r'),
      ],
    },
    {text: 'q\n\nr', prompt: 'q', response: 'r'},
  ],
  'chat in content parts': [
    {
      messages: [
        user([
          {type: 'text', text: 'q'},
          {type: 'image_url', image_url: {}},
        ]),
        assistant(['r', 's']),
      ],
    },
    {text: 'q\n\nr\n\ns', prompt: 'q', response: 'r\n\ns'},
  ],
  'chat with other roles': [
    {messages: [{role: 'narrator', content: 'n'}, {role: 'USER', content: 'q'}, {content: 'x'}]},
    {text: 'n\n\nq\n\nx', prompt: 'q'},
  ],
  ShareGPT: [
    {
      conversations: [
        {from: 'system', value: 's'},
        {from: 'human', value: 'q'},
        {from: 'gpt', value: 'r'},
      ],
    },
    {text: 'q\n\nr', prompt: 'q', response: 'r'},
  ],
  'chat beside its rendered text': [
    {text: '<sys>Be brief.</sys> q r', messages: [user('q'), assistant('r')]},
    {text: 'q\n\nr', prompt: 'q', response: 'r'},
  ],
  'columns of another data set, empty': [
    {messages: null, prompt: null, response: null, text: 'a'},
    {text: 'a'},
  ],
  Alpaca: [
    {instruction: 'i', input: 'in', output: 'o', text: 'Below is an instruction: i in o'},
    {text: 'i\n\nin\n\no', prompt: 'i\n\nin', response: 'o'},
  ],
  'Alpaca without input': [
    {instruction: 'i', input: '', output: 'o'},
    {text: 'i\n\no', prompt: 'i', response: 'o'},
  ],
  Dolly: [
    {instruction: 'i', context: 'c', response: 'r'},
    {text: 'i\n\nc\n\nr', prompt: 'i\n\nc', response: 'r'},
  ],
  'input and output': [
    {input: 'i', output: 'o'},
    {text: 'i\n\no', prompt: 'i', response: 'o'},
  ],
  'prompt and completion': [
    {prompt: 'p', completion: 'c'},
    {text: 'p\n\nc', prompt: 'p', response: 'c'},
  ],
  'prompt and response': [
    {prompt: 'p', response: 'r'},
    {text: 'p\n\nr', prompt: 'p', response: 'r'},
  ],
  'prompt and output': [
    {prompt: 'p', output: 'o'},
    {text: 'p\n\no', prompt: 'p', response: 'o'},
  ],
  'question and answer': [
    {question: 'q', answer: 'a'},
    {text: 'q\n\na', prompt: 'q', response: 'a'},
  ],
  'an answer in numbers': [
    {question: 'q', answer: 42},
    {text: 'q\n\n42', prompt: 'q', response: '42'},
  ],
  'query and response': [
    {query: 'q', response: 'r'},
    {text: 'q\n\nr', prompt: 'q', response: 'r'},
  ],
  'problem and solution': [
    {problem: 'p', solution: 's'},
    {text: 'p\n\ns', prompt: 'p', response: 's'},
  ],
  'prompt and completion in messages': [
    {prompt: [system, user('q1'), assistant('r1'), user('q2')], completion: [assistant('r2')]},
    {text: 'q1\n\nr1\n\nq2\n\nr2', prompt: 'q1\n\nq2', response: 'r2'},
  ],
  'an empty response': [
    {prompt: 'p', response: ''},
    {text: 'p', prompt: 'p', response: ''},
  ],
  preference: [
    {prompt: 'p', chosen: 'c', rejected: 'r'},
    {text: 'p\n\nc\n\nr', prompt: 'p', chosen: 'c', rejected: 'r'},
  ],
  'preference in messages, with a prompt': [
    {
      prompt: 'p',
      chosen: [user('p'), assistant('c')],
      rejected: [user('p'), assistant('r')],
      messages: [user('p')],
    },
    {text: 'p\n\nc\n\nr', prompt: 'p', chosen: 'c', rejected: 'r'},
  ],
  'preference in messages, without a prompt': [
    {chosen: [system, user('p'), assistant('c')], rejected: [system, user('p'), assistant('r')]},
    {text: 'p\n\nc\n\nr', prompt: 'p', chosen: 'c', rejected: 'r'},
  ],
  'preference in transcripts': [
    {
      chosen: '\n\nHuman: p1\n\nAssistant: a1\n\nHuman: p2\n\nAssistant: c\n\nd',
      rejected: '\n\nHuman: p1\n\nAssistant: a1\n\nHuman: p2\n\nAssistant: r',
    },
    {text: 'p1\n\na1\n\np2\n\nc\n\nd\n\nr', prompt: 'p1\n\np2', chosen: 'c\n\nd', rejected: 'r'},
  ],
  'preference in plain strings': [
    {chosen: 'c', rejected: 'r'},
    {text: 'c\n\nr', chosen: 'c', rejected: 'r'},
  ],
  names: [
    {text: 'a', id: 7, source: 'web', model: 'm1', prompt_id: 'p'},
    {text: 'a', id: '7', source: 'web', generator: 'm1'},
  ],
  'names of last choice': [
    {text: 'a', id: null, prompt_id: 'p', dataset: 'd', model_name: 3},
    {text: 'a', id: 'p', source: 'd', generator: '3'},
  ],
  'names that name nothing': [{text: 'a', id: '', uid: {}, source: [], generator: true}, {text: 'a'}],
  'an id that has lost digits': [{text: 'a', id: 2 ** 60}, {text: 'a'}],
  'a lone surrogate': [{text: '\ud800'}, {text: '\ud800'}],
  'a key called __proto__': [JSON.parse('{"__proto__":{"text":"x"},"text":"a"}'), {text: 'a'}],
};

const advice = 'set `fields.text` in .collapserc or use --field text=PATH';

const refused: Record<string, [row: Row, reason: string]> = {
  'no known key': [{a: 1, b: 'x'}, `No text found among \`a\`, \`b\`; ${advice}`],
  'no key': [{}, `No text found, the object has no fields; ${advice}`],
  'many keys': [
    Object.fromEntries(Array.from({length: 30}, (_, i) => [`k${i}`, i])),
    'No text found among `k0`, `k1`, `k2`, `k3`, `k4`, `k5`, `k6`, `k7` and 22 more;',
  ],
  'hostile keys': [
    {'\x1b[31m\u202e': 1, ['x'.repeat(99)]: 2},
    `No text found among \`\\u{1b}[31m\\u{202e}\`, \`${'x'.repeat(20)}…\`;`,
  ],
  'a number': [{text: 5}, 'No text found among `text` (`text` is a number)'],
  null: [{text: null}, '(`text` is null)'],
  'white space': [{text: ' \u00a0\n'}, '(`text` is an empty string)'],
  'nested arrays': [{text: [[['a']]]}, '(`text` is an array)'],
  'no messages': [{messages: []}, '(`messages` is an empty array)'],
  'only a system prompt': [{messages: [system]}, '(`messages` is an array)'],
  'messages that are none': [
    {messages: [null, 1, 'x', [], {role: 'user'}, {content: {a: 1}}]},
    '(`messages` is',
  ],
  'an answer that failed': [{prompt: 'p', response: null}, '(`prompt` is a string, `response` is null)'],
  'empty prompt and response': [
    {prompt: '', response: ''},
    '(`prompt` is an empty string, `response` is an empty',
  ],
  'half a preference': [{prompt: 'p', chosen: 'c', rejected: null}, '`rejected` is null'],
};

describe('recognised shapes', () => {
  const shape = compileShape({});
  it.each(Object.entries(recognised))('%s', (_, [row, parts]) => expect(shape(row)).toEqual(parts));
  it.each(Object.entries(refused))('refuses %s', (_, [row, reason]) => {
    expect(shape(row)).toEqual({reason: expect.stringContaining(reason)});
  });

  it('gives a row the same parts whatever came before it', () => {
    const rows = [...Object.values(recognised), ...Object.values(refused)].map(([row]) => row);
    const alone = new Map(rows.map(row => [row, compileShape({})(row)]));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...rows), {maxLength: 20}), sequence => {
        const shared = compileShape({});
        for (const row of sequence) expect(shared(row)).toEqual(alone.get(row));
      }),
    );
  });

  it('does not depend on the order of the keys', () => {
    for (const [row, parts] of Object.values(recognised)) {
      expect(shape(Object.fromEntries(Object.entries(row).reverse()))).toEqual(parts);
    }
  });

  it('never throws on any JSON', () => {
    const keys = [
      'text',
      'messages',
      'prompt',
      'response',
      'chosen',
      'rejected',
      'instruction',
      'input',
      'id',
    ];
    const value = fc.oneof(fc.jsonValue(), fc.array(fc.record({role: fc.string(), content: fc.jsonValue()})));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), row => {
        const parts = shape(row);
        if ('reason' in parts) expect(parts.reason).toContain(advice);
        else expect(parts.text.trim()).not.toBe('');
      }),
    );
  });

  it('keeps apart keys that look alike when they are joined', () => {
    const other = compileShape({});
    expect(other({'text\nid': 1})).toHaveProperty('reason');
    expect(other({x: 1})).toHaveProperty('reason');
    expect(other({text: 'a', id: 'b'})).toEqual({text: 'a', id: 'b'});
    expect(other({'text\nid': 1})).toHaveProperty('reason');
  });

  it('reads a million messages', () => {
    const messages = Array.from({length: 1e6}, (_, i) => (i % 2 ? assistant('r') : user('q')));
    const parts = shape({messages}) as {text: string; prompt: string};
    expect(parts.text.length).toBe(3e6 - 2);
    expect(parts.prompt.length).toBe(1.5e6 - 2);
  });
});

describe('mapped fields', () => {
  it.each<[name: string, map: FieldMap, row: Row, parts: Row]>([
    ['text', {text: ['body']}, {body: 'a', text: 'b'}, {text: 'a'}],
    ['text at two paths', {text: ['title', 'body']}, {title: 't', body: 'a'}, {text: 't\n\na'}],
    ['text at one of two paths', {text: ['title', 'body']}, {body: 'a'}, {text: 'a'}],
    ['text in a list', {text: ['turns[*].say']}, {turns: [{say: 'a'}, {}, {say: 'b'}]}, {text: 'a\n\nb'}],
    ['text as a number', {text: ['n']}, {n: 5}, {text: '5'}],
    ['text in messages', {text: ['chat']}, {chat: [system, user('q')]}, {text: 'q'}],
    ['text in paragraphs', {text: ['p']}, {p: ['a', 'b']}, {text: 'a\n\nb'}],
    [
      'text, the rest recognised',
      {text: ['full']},
      {full: 'f', prompt: 'p', response: 'r', id: 1},
      {text: 'f', prompt: 'p', response: 'r', id: '1'},
    ],
    [
      'prompt and response',
      {prompt: ['q.body'], response: ['a']},
      {q: {body: 'p'}, a: 'r', text: 'whole'},
      {text: 'p\n\nr', prompt: 'p', response: 'r'},
    ],
    [
      'another response',
      {response: ['better']},
      {prompt: 'p', response: 'r', better: 'b'},
      {text: 'p\n\nb', prompt: 'p', response: 'b'},
    ],
    [
      'preference',
      {chosen: ['win'], rejected: ['lose']},
      {win: [user('p'), assistant('c')], lose: 'r'},
      {text: 'c\n\nr', chosen: 'c', rejected: 'r'},
    ],
    [
      'messages',
      {messages: ['data.chat']},
      {data: {chat: [user('q'), assistant('r')]}, text: 'x'},
      {text: 'q\n\nr', prompt: 'q', response: 'r'},
    ],
    [
      'messages one by one',
      {messages: ['chat[*].message']},
      {chat: [{message: user('q')}, {message: assistant('r')}]},
      {text: 'q\n\nr', prompt: 'q', response: 'r'},
    ],
    [
      'names',
      {id: ['meta.key', 'id'], source: ['meta.url'], generator: ['by']},
      {text: 'a', id: 3, meta: {key: ''}, source: 's', by: 'm'},
      {text: 'a', id: '3', generator: 'm'},
    ],
  ])('%s', (_, map, row, parts) => expect(compileShape(map)(row)).toEqual(parts));

  it.each<[name: string, map: FieldMap, row: Row, reason: string]>([
    ['text', {text: ['body']}, {text: 'a'}, 'No text found at `body` among `text`; set `fields.text`'],
    ['blank text', {text: ['body']}, {body: ' ', text: 'a'}, 'No text found at `body` among `body`, `text`;'],
    ['both paths', {text: ['a', 'b.c']}, {b: {}}, 'No text found at `a`, `b.c` among `b`;'],
    ['messages', {messages: ['chat']}, {messages: [user('q')]}, 'No text found at `chat` among `messages`;'],
    ['response', {response: ['better']}, {prompt: 'p', response: 'r'}, 'No text found at `better` among'],
  ])('does not fall back from a mapped %s', (_, map, row, reason) => {
    expect(compileShape(map)(row)).toEqual({reason: expect.stringContaining(reason)});
  });

  it('refuses a malformed path at once', () => {
    expect(() => compileShape({text: ['a..b']})).toThrow(PathError);
    expect(() => compileShape({id: ['[']})).toThrow(PathError);
  });

  it('leaves the row as it is', () => {
    const row = {full: 'f', prompt: 'p', response: 'r'};
    compileShape({text: ['full'], prompt: ['gone']})(row);
    expect(row).toEqual({full: 'f', prompt: 'p', response: 'r'});
  });
});
