import {compilePath} from '../api.js';
import type {FieldMap} from '../config/config.js';
import type {Fields} from './jsonl.js';
import {contentText, conversation, joined} from './messages.js';
import {answer, type Body, chat, isBlank, question} from './recognise.js';

type Reader<Value> = (row: Fields) => Value;

/** What a list or a single value is as a text; each role reads lists of messages in its own way. */
const readings = {
  text: (value: unknown) => (Array.isArray(value) ? conversation(value)?.text : scalar(value)),
  prompt: (value: unknown) => question(value)?.prompt ?? scalar(value),
  response: answer,
  chosen: answer,
  rejected: answer,
};

/**
 * Compiles the mapped parts; undefined when none is mapped. The reader gets what was recognised in the row,
 * for the parts that are not mapped, and gives undefined when the mapped ones are not there.
 */
export function mappedBody(
  map: FieldMap,
): ((row: Fields, recognised: Reader<Body | undefined>) => Body | undefined) | undefined {
  const text = textAt(map, 'text');
  const messages = valuesAt(map.messages);
  const readers = (['prompt', 'response', 'chosen', 'rejected'] as const).flatMap(role => {
    const read = textAt(map, role);
    return read ? [{role, read}] : [];
  });
  if (!messages && !text && readers.length === 0) return undefined;
  return (row, recognised) => {
    // `messages` leads to a list of messages, `messages[*]` to the messages themselves.
    const body: Partial<Body> = {...(messages ? chat(messages(row).flat()) : recognised(row))};
    let found = false;
    for (const {role, read} of readers) {
      const value = read(row);
      if (value === undefined) delete body[role];
      else {
        body[role] = value;
        found = true;
      }
    }
    if (text) body.text = text(row) ?? '';
    else if (found) body.text = inOrder(body);
    else if (!messages) return undefined;
    return isBlank(body.text ?? '') ? undefined : (body as Body);
  };
}

/** Compiles paths of which the first usable value counts, as a name; undefined when there are none. */
export function mappedName(paths: readonly string[] | undefined): Reader<string | undefined> | undefined {
  const values = valuesAt(paths);
  return (
    values &&
    (row =>
      values(row)
        .map(nameOf)
        .find(found => found !== undefined))
  );
}

/**
 * A string or number as a name. Integers beyond 2^53 have lost digits in JSON.parse, so that two of them may
 * look like one: they name nothing.
 */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
  return value === '' ? undefined : scalar(value);
}

function valuesAt(paths: readonly string[] | undefined): Reader<unknown[]> | undefined {
  if (!paths?.length) return undefined;
  const readers = paths.map(compilePath);
  return row => readers.flatMap(read => read(row));
}

function textAt(map: FieldMap, role: keyof typeof readings): Reader<string | undefined> | undefined {
  const values = valuesAt(map[role]);
  const reading = readings[role];
  if (!values) return undefined;
  return row => {
    let text: string | undefined;
    for (const value of values(row)) {
      const part = reading(value) ?? contentText(value);
      if (part !== undefined) text = joined(text ?? '', part);
    }
    return text;
  };
}

function inOrder({prompt = '', response = '', chosen = '', rejected = ''}: Partial<Body>): string {
  return [prompt, response, chosen, rejected].reduce(joined);
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
