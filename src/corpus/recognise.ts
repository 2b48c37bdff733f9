import type {Fields} from './jsonl.js';
import {type Conversation, conversation, joined, transcript} from './messages.js';

/** The parts of a row that hold what a model would be trained on. */
export interface Body {
  text: string;
  prompt?: string;
  response?: string;
  chosen?: string;
  rejected?: string;
}

/** Reads a row of one shape, or gives undefined when the values are not as the keys promise. */
export type Shape = (row: Fields) => Body | undefined;

const listKeys = ['messages', 'conversations', 'conversation'];
const promptKeys = ['instruction', 'prompt', 'question', 'query', 'problem', 'input', 'inputs'];
/** What an instruction is about: Alpaca's `input`, Dolly's `context`. */
const inputKeys = ['input', 'context'];
const responseKeys = ['output', 'response', 'completion', 'answer', 'solution', 'target', 'targets'];
const textKeys = ['text', 'content'];

export const bodyKeys: ReadonlySet<string> = new Set([
  ...['chosen', 'rejected'],
  ...listKeys,
  ...promptKeys,
  ...responseKeys,
  ...textKeys,
]);

/**
 * The shapes that a row with these keys can have, in the order in which they are tried: the one that tells
 * most about a row comes first, so `{prompt, chosen, rejected, messages}` is a preference, and the rendered
 * `text` beside `messages` or `instruction` (with its system prompt or template) is not used. Depends on the
 * set of keys alone, not on their order nor on other rows.
 */
export function shapesFor(keys: ReadonlySet<string>): Shape[] {
  const here = (names: readonly string[]) => names.filter(name => keys.has(name));
  const shapes: Shape[] = [];
  const prompts = here(promptKeys);
  const responses = here(responseKeys);
  if (keys.has('chosen') && keys.has('rejected')) shapes.push(row => preference(row, prompts));
  for (const key of here(listKeys)) shapes.push(row => chat(row[key]));
  if (prompts.length > 0 && responses.length > 0) {
    const inputs = here(inputKeys);
    shapes.push(row => pair(row, prompts, inputs, responses));
  }
  for (const key of here(textKeys)) shapes.push(row => plain(row[key]));
  return shapes;
}

/** A shape that strings of the row make by themselves, by the names of their fields. */
export interface PlainShape {
  /** Joined, they are the prompt: none where the text is all there is. */
  readonly prompt: readonly string[];
  /** The response, or the text. */
  readonly last: string;
}

/**
 * The shape that is tried first, where plain strings can have it: then it is what `recognised` finds, unless its
 * first two values are no strings or the text is blank.
 */
export function plainShape(keys: ReadonlySet<string>): PlainShape | undefined {
  const here = (names: readonly string[]) => names.filter(name => keys.has(name));
  if ((keys.has('chosen') && keys.has('rejected')) || here(listKeys).length > 0) return undefined;
  const [prompt] = here(promptKeys);
  const [response] = here(responseKeys);
  if (prompt !== undefined && response !== undefined) {
    return {prompt: [prompt, ...here(inputKeys).filter(key => key !== prompt)], last: response};
  }
  const [text] = here(textKeys);
  return text === undefined ? undefined : {prompt: [], last: text};
}

/** The first shape that the row really has, with a text that is not blank. */
export function recognised(row: Fields, shapes: readonly Shape[]): Body | undefined {
  for (const shape of shapes) {
    const body = shape(row);
    if (body !== undefined && !isBlank(body.text)) return body;
  }
  return undefined;
}

/** Mostly the first character settles it; white space beyond ASCII is left to `trim`. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return first > 32 && first < 128 ? false : text.trim() === '';
}

export function chat(messages: unknown): Body | undefined {
  const said = Array.isArray(messages) ? conversation(messages) : undefined;
  if (said === undefined) return undefined;
  const body: Body = {text: said.text};
  if (said.prompt !== undefined) body.prompt = said.prompt;
  if (said.response !== undefined) body.response = said.response;
  return body;
}

function plain(value: unknown): Body | undefined {
  return typeof value === 'string' ? {text: value} : undefined;
}

function pair(
  row: Fields,
  prompts: readonly string[],
  inputs: readonly string[],
  responses: readonly string[],
): Body | undefined {
  for (const promptKey of prompts) {
    const asked = question(row[promptKey]);
    if (asked === undefined) continue;
    for (const responseKey of responses) {
      const response = answer(row[responseKey]);
      if (response === undefined) continue;
      let {text, prompt} = asked;
      for (const key of inputs) {
        const input = row[key];
        if (key === promptKey || typeof input !== 'string') continue;
        text = joined(text, input);
        prompt = joined(prompt, input);
      }
      return {text: joined(text, response), prompt, response};
    }
  }
  return undefined;
}

function preference(row: Fields, prompts: readonly string[]): Body | undefined {
  const led = spoken(row.chosen);
  const chosen = led?.response ?? answer(row.chosen);
  const rejected = spoken(row.rejected)?.response ?? answer(row.rejected);
  if (chosen === undefined || rejected === undefined) return undefined;
  for (const key of prompts) {
    const asked = question(row[key]);
    if (asked === undefined) continue;
    return {text: joined(joined(asked.text, chosen), rejected), prompt: asked.prompt, chosen, rejected};
  }
  // Without a prompt of its own, the conversation that leads to the chosen answer holds it.
  if (led === undefined) return {text: joined(chosen, rejected), chosen, rejected};
  const text = joined(led.text, rejected);
  return led.prompt === undefined ? {text, chosen, rejected} : {text, prompt: led.prompt, chosen, rejected};
}

/** A prompt is a string, or messages: then `text` also has the assistant turns between the questions. */
export function question(value: unknown): {text: string; prompt: string} | undefined {
  if (typeof value === 'string') return {text: value, prompt: value};
  const said = Array.isArray(value) ? conversation(value) : undefined;
  return said && {text: said.text, prompt: said.asked};
}

/** An answer is a string, a number, or messages that end in it. */
export function answer(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const said = spoken(value);
  return said && (said.response ?? said.text);
}

/** A conversation in messages, or in a transcript. */
function spoken(value: unknown): Conversation | undefined {
  if (typeof value === 'string') return transcript(value);
  return Array.isArray(value) ? conversation(value) : undefined;
}
