/** How far from the end of a response a pattern of the config is looked for. */
const stretch = 1000;

/**
 * Compiles a regular expression of the config; it gives its first group, or all of the match, of the last
 * match. Responses are hostile and some expressions take exponential time on them, so that it sees the last
 * 1,000 characters only, and repeats inside repeats, `(a+)+`, are refused.
 * @throws Error that says what is wrong with it.
 */
export function compilePattern(pattern: string): (text: string) => string | undefined {
  if (repeatsRepeats(pattern)) {
    throw new Error(`\`pattern\` \`${pattern}\` repeats a group that has a repeat in it; write it without`);
  }
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, 'gu');
  } catch (error) {
    throw new Error(`\`pattern\` cannot be read: ${(error as Error).message}`);
  }
  return text => {
    let found: string | undefined;
    for (const match of text.slice(-stretch).matchAll(regex)) found = match[1] ?? match[0];
    return found;
  };
}

/** Whether a group with a repeat or a choice in it is itself repeated. */
export function repeatsRepeats(pattern: string): boolean {
  const inside: boolean[] = [false];
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\\') at++;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') {
      inside.push(false);
      // The mark of a group, as in `(?:`, is no repeat.
      if (pattern[at + 1] === '?') at++;
    } else if (character === ')') {
      const repeats = inside.pop() ?? false;
      const repeated = /^(?:[*+]|\{\d*,)/.test(pattern.slice(at + 1, at + 8));
      if (repeats && repeated) return true;
      if (repeats || repeated) inside[inside.length - 1] = true;
    } else if (/[*+|]/.test(character) || /^\{\d*,/.test(pattern.slice(at, at + 6))) {
      inside[inside.length - 1] = true;
    }
  }
  return false;
}
