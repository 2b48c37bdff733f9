import type {Tokenizer} from './library.js';

/** A text, or two, as a model reads it. */
export interface Encoded {
  readonly ids: readonly number[];
  readonly types: readonly number[];
  /** Share of the tokens that are there: less than 1 where the text was cut. */
  readonly read: number;
}

export interface Encoder {
  /** Tokens of a text, without those that the model adds. */
  tokens(text: string): readonly number[];
  one(text: readonly number[]): Encoded;
  /** Cuts the first where both are too long, and never the second. */
  two(first: readonly number[], second: readonly number[]): Encoded;
  /** Tokens that are left for the first text beside the second. */
  room(second: readonly number[]): number;
  readonly pad: number;
  /** Whether the model wants to be told which text a token is of. */
  readonly typed: boolean;
  readonly limit: number;
}

interface Frame {
  readonly before: Marks;
  readonly between: Marks;
  readonly after: Marks;
  readonly types: readonly [first: number, second: number];
}

interface Marks {
  readonly ids: readonly number[];
  readonly types: readonly number[];
}

/**
 * Puts texts between the marks that a model wants around them. The library can do so too, but where it cuts, it
 * cuts off the mark at the end, and of two texts the second: here that is the claim.
 */
export function createEncoder(tokenizer: Tokenizer, limit: number): Encoder {
  const tokens = (text: string) => tokenizer.encode(text, {add_special_tokens: false});
  const single = frameOf(tokenizer, tokens, undefined);
  let pair: Frame | undefined;
  const pairFrame = () => {
    pair ??= frameOf(tokenizer, tokens, probe);
    return pair;
  };
  const marksIn = ({before, between, after}: Frame) =>
    before.ids.length + between.ids.length + after.ids.length;
  /** Of a second text that is longer than half of what the model reads, so much is read. */
  const mostSecond = Math.floor(limit / 2);
  const room = (second: readonly number[]) =>
    Math.max(1, limit - marksIn(pairFrame()) - Math.min(second.length, mostSecond));

  function framed(frame: Frame, first: readonly number[], second: readonly number[], read: number): Encoded {
    const {before, between, after, types} = frame;
    return {
      ids: [...before.ids, ...first, ...between.ids, ...second, ...after.ids],
      types: [
        ...before.types,
        ...first.map(() => types[0]),
        ...between.types,
        ...second.map(() => types[1]),
        ...after.types,
      ],
      read,
    };
  }

  const cut = (text: readonly number[], most: number) => text.slice(0, Math.max(0, most));
  return {
    tokens,
    one(text) {
      const kept = cut(text, limit - marksIn(single));
      return framed(single, kept, [], text.length === 0 ? 1 : kept.length / text.length);
    },
    two(first, second) {
      const own = cut(second, mostSecond);
      const kept = cut(first, room(own));
      const all = first.length + second.length;
      return framed(pairFrame(), kept, own, all === 0 ? 1 : (kept.length + own.length) / all);
    },
    room,
    pad: tokenizer.pad_token_id ?? 0,
    typed: tokenizer('a', plain).token_type_ids !== undefined,
    limit,
  };
}

const plain = {padding: false, truncation: false, return_tensor: false};
const probe = 'b';

/** Finds the marks by what the tokenizer makes of a text that is known. */
function frameOf(
  tokenizer: Tokenizer,
  tokens: (text: string) => readonly number[],
  second: string | undefined,
): Frame {
  const whole = tokenizer('a', second === undefined ? plain : {...plain, text_pair: second});
  const ids = whole.input_ids;
  const types = whole.token_type_ids ?? ids.map(() => 0);
  const first = tokens('a');
  const start = indexOf(ids, first, 0);
  const end = start + first.length;
  const other = second === undefined ? [] : tokens(second);
  const next = second === undefined ? ids.length : indexOf(ids, other, end);
  if (start < 0 || next < 0 || first.length === 0)
    throw new Error('its tokenizer puts marks around a text in a way that is not known');
  const stop = second === undefined ? end : next + other.length;
  const marks = (from: number, to: number): Marks => ({
    ids: ids.slice(from, to),
    types: types.slice(from, to),
  });
  return {
    before: marks(0, start),
    between: second === undefined ? marks(0, 0) : marks(end, next),
    after: marks(stop, ids.length),
    types: [types[start] ?? 0, types[next] ?? 0],
  };
}

function indexOf(all: readonly number[], part: readonly number[], from: number): number {
  for (let at = from; at + part.length <= all.length; at++)
    if (part.every((id, offset) => all[at + offset] === id)) return at;
  return -1;
}
