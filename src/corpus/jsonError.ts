import {visible} from './errors.js';

/** The first place where a text stops being JSON. */
export interface JsonError {
  /** Offset in UTF-16 code units. */
  readonly at: number;
  /** What was expected there and what was met; holds at most a few characters of the text. */
  readonly problem: string;
}

const space = /[ \t\n\r]*/y;
const plain = /[^"\\\u0000-\u001f]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;

/**
 * Finds the first error of a text that JSON.parse refused, or undefined when there is none. The messages of
 * JSON.parse differ between versions of Node, often lack the position, and quote the text: ours do not.
 * Keeps its own stack, so that a million brackets cannot overflow the call stack.
 */
export function findJsonError(text: string): JsonError | undefined {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let failed: JsonError | undefined;

  const fail = (problem: string, where = at) => {
    failed = {at: where, problem};
  };
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const string = () => {
    const start = at++;
    for (;;) {
      skip(plain);
      if (text[at] === '"') return void at++;
      if (at >= text.length) return fail(`the string that begins at column ${start + 1} does not end`);
      if (text[at] !== '\\') return fail(`${met(text, at)} inside a string must be escaped`);
      if (!skip(escaped)) return fail('this backslash begins no JSON escape');
    }
  };
  const key = () => {
    if (text[at] !== '"') return fail(`expected a key in double quotes, met ${met(text, at)}`);
    string();
    if (failed) return;
    skip(space);
    if (text[at] !== ':') return fail(`expected \`:\`, met ${met(text, at)}`);
    at++;
  };
  /** Reads a value, or the opening of one; true when a value is complete. */
  const value = (): boolean => {
    skip(space);
    const first = text[at];
    if (first === '{' || first === '[') {
      at++;
      skip(space);
      if (text[at] === (first === '{' ? '}' : ']')) at++;
      else {
        open.push(first);
        if (first === '{') key();
        return false;
      }
    } else if (first === '"') string();
    else if (!literal(text, at, skip)) fail(`expected a value, met ${met(text, at)}`);
    return true;
  };

  while (!failed) {
    if (!value()) continue;
    // After a value: close what ends here, then a comma, or the end of the text.
    for (skip(space); !failed && open.length > 0; skip(space)) {
      const inside = open.at(-1);
      const close = inside === '{' ? '}' : ']';
      if (text[at] === close) {
        at++;
        open.pop();
      } else if (text[at] === ',') {
        at++;
        skip(space);
        if (inside === '{') key();
        break;
      } else fail(`expected \`,\` or \`${close}\`, met ${met(text, at)}`);
    }
    if (failed || open.length > 0) continue;
    if (at < text.length) fail(`expected the end of the line, met ${met(text, at)}`);
    break;
  }
  return failed;
}

function literal(text: string, at: number, skip: (pattern: RegExp) => boolean): boolean {
  for (const name of ['true', 'false', 'null']) {
    if (text.startsWith(name, at)) return skip(new RegExp(name, 'y'));
  }
  return skip(number);
}

/** What stands at a place, harmless to show. */
function met(text: string, at: number): string {
  if (at >= text.length) return 'the end of the line';
  if (text[at] === '\ufeff') return 'a byte order mark';
  word.lastIndex = at;
  const name = word.exec(text)?.[0];
  if (name === 'NaN' || name === 'Infinity') return `\`${name}\`, which JSON does not have`;
  const character = String.fromCodePoint(text.codePointAt(at)!);
  return `\`${visible(name ?? character, 12)}\``;
}
