/** A format of the user's own: answers one line of which fits a pattern. */
export interface UserFormat {
  readonly name: string;
  readonly pattern: string;
  readonly fits: (line: string) => boolean;
}

const limits = {patterns: 16, length: 200};

/**
 * Reads `name: pattern`, as `answer-tag: Answer: *`. A pattern stands for a whole line: `*` is any run of
 * characters, also of none, `\*` a star and `\\` a backslash, and everything else itself. There are no regular expressions:
 * the pieces between stars are looked for one after the other, so that no pattern can stall a run.
 * @throws Error for what cannot be read, with the entry.
 */
export function readPatterns(entries: readonly string[], taken: readonly string[]): UserFormat[] {
  if (entries.length > limits.patterns) {
    throw new Error(`\`patterns\` has ${entries.length} entries, at most ${limits.patterns} are allowed`);
  }
  const names = new Set(taken);
  return entries.map(entry => {
    const match = /^([a-z][a-z0-9-]{0,39}):\s*(\S.*)$/s.exec(entry);
    if (match === null) {
      throw new Error(
        `\`patterns\` has the entry \`${entry}\`. Write a name of lower-case letters, digits and \`-\`, a colon, and a pattern: \`answer-line: Answer: *\``,
      );
    }
    const [, name, pattern] = match as unknown as [string, string, string];
    if (names.has(name))
      throw new Error(`\`patterns\` names \`${name}\`, and there is a format of that name`);
    if (pattern.length > limits.length || pattern.includes('\n')) {
      throw new Error(`The pattern of \`${name}\` must be one line of at most ${limits.length} characters`);
    }
    names.add(name);
    return {name, pattern, fits: compile(pattern)};
  });
}

/** The first piece stands at the start, the last at the end, the others in between as early as they can. */
function compile(pattern: string): (line: string) => boolean {
  const pieces = [''];
  for (const [token] of pattern.matchAll(/\\[*\\]|[\s\S]/g)) {
    if (token === '*') pieces.push('');
    else pieces.push(pieces.pop()! + (token.length === 2 ? token.charAt(1) : token));
  }
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return line => line === first;
  return line => {
    if (!line.startsWith(first)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = line.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return line.length - last.length >= at && line.endsWith(last);
  };
}

/** The first of the formats, in their order, that a line of the text fits. White space around lines is cut. */
export function userFormatOf(text: string, formats: readonly UserFormat[]): string | undefined {
  if (formats.length === 0) return;
  const lines = text.split('\n').map(line => line.trim());
  return formats.find(({fits}) => lines.some(fits))?.name;
}
