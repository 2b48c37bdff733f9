/** What a list of messages holds for training: user and assistant turns, nothing else. */
export interface Conversation {
  /** All user and assistant turns, joined by a blank line. */
  readonly text: string;
  /** The user turns before the last assistant turn; all of them when there is none. */
  readonly prompt?: string;
  /** All user turns. */
  readonly asked: string;
  /** The last assistant turn; empty when it has no text. */
  readonly response?: string;
}

/**
 * Who speaks. Instructions that many records share (system, developer) and what tools were told and answered
 * are not what a model learns to say: they are left out. Roles that are not listed count as text only.
 */
const speakers: ReadonlyMap<unknown, 'user' | 'assistant' | 'none'> = new Map([
  ...(['user', 'human', 'prompter'] as const).map(role => [role, 'user'] as const),
  ...(['assistant', 'gpt', 'model', 'bot', 'chatgpt', 'bard', 'bing', 'claude', 'ai'] as const).map(
    role => [role, 'assistant'] as const,
  ),
  ...(
    [
      'system',
      'developer',
      'tool',
      'tools',
      'tool_call',
      'tool_calls',
      'tool_response',
      'tool_result',
      'function',
      'function_call',
      'function_response',
      'observation',
      'ipython',
      'environment',
    ] as const
  ).map(role => [role, 'none'] as const),
]);

/**
 * Reads chat (`{role, content}`) and ShareGPT (`{from, value}`) messages, also mixed. Gives undefined when no
 * user or assistant says anything.
 */
export function conversation(messages: readonly unknown[]): Conversation | undefined {
  let text = '';
  let asked = '';
  let prompt: string | undefined;
  let response: string | undefined;
  for (const message of messages) {
    if (typeof message !== 'object' || message === null) continue;
    const {role, from, content, value} = message as Readonly<Record<string, unknown>>;
    const speaker = speakerOf(role ?? from);
    if (speaker === 'none') continue;
    const turn = contentText(content ?? value);
    if (turn === undefined) continue;
    text = joined(text, turn);
    if (speaker === 'user') asked = joined(asked, turn);
    else if (speaker === 'assistant') {
      prompt = asked;
      response = turn;
    }
  }
  if (text === '') return undefined;
  const conversation: {-readonly [K in keyof Conversation]: Conversation[K]} = {text, asked};
  if (response === undefined) prompt = asked;
  else conversation.response = response;
  if (prompt) conversation.prompt = prompt;
  return conversation;
}

/**
 * Reads a transcript in the style of Anthropic's HH data ("Human: … Assistant: …" after blank lines).
 * Gives undefined for any other text.
 */
export function transcript(text: string): Conversation | undefined {
  const body = text.trimStart();
  if (!body.startsWith('Human:')) return undefined;
  const messages: {role: string; content: string}[] = [];
  for (const part of body.slice('Human:'.length).split('\n\nHuman:')) {
    const [question = '', ...answers] = part.split('\n\nAssistant:');
    messages.push({role: 'user', content: question.trim()});
    for (const answer of answers) messages.push({role: 'assistant', content: answer.trim()});
  }
  return conversation(messages);
}

/** Text of one message: a string, or the text parts of a list like `[{type: 'text', text}, …]`. */
export function contentText(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  let text: string | undefined;
  for (const part of content) {
    const piece: unknown = typeof part === 'object' && part !== null ? part.text : part;
    if (typeof piece === 'string') text = joined(text ?? '', piece);
  }
  return text;
}

function speakerOf(role: unknown): 'user' | 'assistant' | 'none' | undefined {
  return speakers.get(role) ?? (typeof role === 'string' ? speakers.get(role.toLowerCase()) : undefined);
}

/** Both texts with a blank line between them; no blank line beside an empty one. */
export function joined(first: string, second: string): string {
  if (first === '') return second;
  return second === '' ? first : `${first}\n\n${second}`;
}
