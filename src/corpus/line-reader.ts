import type {PartName} from '../api.js';
import {createLineKernel, fieldWords, type LineKernel, valueKinds} from './kernel/kernel.js';
import {type LinePlan, linePlanner} from './line-plan.js';

/**
 * Reads lines of JSON where they stand. Most of a round are objects whose text is a string or two: their text is
 * put together as the UTF-8 that everything else is made from, and a JavaScript string is made only of the parts
 * that a rule asks for. What is found is what JSON.parse and `compileShape` find; whatever might differ, errors
 * included, is left to them.
 */
export interface LineReader {
  /** Takes a chunk of valid UTF-8, whose lines are read until the next. */
  load(chunk: Uint8Array): void;
  /** Reads a line. False: parse it whole. What follows speaks of it until the next call. */
  read(start: number, end: number): boolean;
  /** Numbers the lines that were read: a record is of the line at hand while it has the same number. */
  readonly serial: number;
  /** Names of the fields: the same object for lines with the same ones. */
  readonly names: ReadonlySet<string>;
  /** The text as UTF-8. */
  utf8(): Uint8Array;
  has(part: PartName): boolean;
  /** Undefined: the row has no such part. */
  part(name: PartName): string | undefined;
  /** UTF-16 code units of a part that the row has. */
  length(part: PartName): number;
  /** At most so many of them, from the beginning of a part that the row has. */
  start(part: PartName, units: number): string;
  /** The value of a field that the row has. */
  field(name: string): unknown;
  /** What the row says of itself in a plain string; `unread`: parse it whole. */
  name(role: 'id' | 'source' | 'generator'): string | undefined | typeof unread;
}

export const unread = Symbol('unread');

/** Chunks are larger only where one record is: it is parsed whole, and the kernel's memory stays small. */
export const mostChunkBytes = 8 << 20;

const {string, number, other, kind: kindOnly, escaped, wide} = valueKinds;

export function createLineReader(): LineReader {
  const kernel: LineKernel = createLineKernel();
  const planFor = linePlanner();
  let chunkBytes = 0;
  let plan: LinePlan;
  let serial = 0;
  /** Of the line at hand: its fields, and where its text and the parts of it are. */
  let fields = 0;
  let isWide = false;
  let start = 0;
  let promptEnd = 0;
  let lastStart = 0;
  let end = 0;

  const wordOf = (field: number, word: number) => kernel.words()[fields + fieldWords * field + word]!;
  /** The text, once it was asked for: parts of it within ASCII are slices. */
  let text: string | undefined;
  const decode = (from: number, to: number, utf8: boolean) =>
    kernel.bytes().toString(utf8 ? 'utf8' : 'latin1', from, to);

  /** Appends a string to the text, behind a blank line where something stands before it. */
  function append(field: number): boolean {
    const from = wordOf(field, 2);
    const to = wordOf(field, 3);
    const kind = wordOf(field, 4);
    if (from === to) return true;
    if (end > start) end = kernel.appendBreak();
    lastStart = end;
    end = kernel.append(from, to, kind & escaped);
    isWide ||= (kind & wide) !== 0;
    return end !== 0;
  }

  /** Puts the text together; false when the line is not of the plan's shape. */
  function compose({prompt, last}: LinePlan): boolean {
    if (last === undefined || (wordOf(last, 4) & kindOnly) !== string) return false;
    if (prompt.length > 0 && (wordOf(prompt[0]!, 4) & kindOnly) !== string) return false;
    start = kernel.begin(chunkBytes);
    end = start;
    isWide = false;
    for (const field of prompt) {
      // What an instruction is about counts where it is a string.
      if ((wordOf(field, 4) & kindOnly) === string && !append(field)) return false;
    }
    promptEnd = end;
    lastStart = end;
    if (!append(last)) return false;
    isWide ||= kernel.isWide() !== 0;
    // A blank text is none; white space beyond ASCII may make one, too.
    const first = kernel.bytes()[start]!;
    return end > start && first > 32 && first < 128;
  }

  /** Chosen and rejected answers make a shape of their own, which is parsed whole. */
  const has = (part: PartName) =>
    part === 'text' || (plan.prompt.length > 0 && (part === 'prompt' || part === 'response'));
  const startOf = (part: PartName) => (part === 'response' ? lastStart : start);
  const endOf = (part: PartName) => (part === 'prompt' ? promptEnd : end);

  return {
    load(chunk) {
      kernel.load(chunk);
      chunkBytes = chunk.length;
      serial++;
    },
    read(from, to) {
      serial++;
      text = undefined;
      const found = kernel.readLine(from, to);
      // An object without fields has no text, and no plan.
      if (found <= 0) return false;
      fields = kernel.fieldsAt() >>> 2;
      if (found > 0xffff) {
        const keys = Array.from({length: found & 0xffff}, (_, field) =>
          decode(wordOf(field, 0), wordOf(field, 1), true),
        );
        plan = planFor(keys);
      }
      return compose(plan);
    },
    get serial() {
      return serial;
    },
    get names() {
      return plan.names;
    },
    utf8: () => new Uint8Array(kernel.bytes().buffer, start, end - start),
    has,
    part(name) {
      if (!has(name)) return undefined;
      const from = startOf(name);
      const to = endOf(name);
      if (isWide && name !== 'text') return decode(from, to, true);
      text ??= decode(start, end, isWide);
      return text.slice(from - start, name === 'text' ? undefined : to - start);
    },
    length(name) {
      const from = startOf(name);
      const to = endOf(name);
      return isWide ? kernel.units(from, to) : to - from;
    },
    start(name, units) {
      const from = startOf(name);
      // No code unit takes more than three bytes: what may be cut in the middle of a character lies behind.
      const most = Math.min(endOf(name), from + (isWide ? 3 * units + 3 : units));
      const head = decode(from, most, isWide);
      return isWide ? head.slice(0, units) : head;
    },
    field(name) {
      const field = plan.places.get(name)!;
      const kind = wordOf(field, 4);
      const from = wordOf(field, 2);
      const to = wordOf(field, 3);
      if ((kind & (kindOnly | escaped)) === string) return decode(from, to, (kind & wide) !== 0);
      // The quotation marks of a string stand around it.
      return JSON.parse(
        (kind & kindOnly) === string ? decode(from - 1, to + 1, true) : decode(from, to, true),
      );
    },
    name(role) {
      for (const field of plan[role]) {
        const kind = wordOf(field, 4);
        if ((kind & kindOnly) === other) continue;
        if ((kind & kindOnly) === number || (kind & escaped) !== 0) return unread;
        const from = wordOf(field, 2);
        const to = wordOf(field, 3);
        if (to > from) return decode(from, to, (kind & wide) !== 0);
      }
      return undefined;
    },
  };
}
