import {quote} from './error.js';

/** What one item must be like; `null` stands for any number of items. */
type Pattern = readonly (((item: string) => boolean) | null)[];

const maxAlternatives = 1000;

/**
 * Compiles a glob pattern into a test of paths with `/` between folders: `*` and `?` within a name, `**`
 * over folders, `[a-z]`, `[!a-z]`, `{a,b}`, and `\` before a character that is meant itself. A pattern that
 * ends with a plain name also matches everything in the folder of that name. Matching takes time in
 * proportion to pattern times path: no pattern can stall a run.
 * @throws Error for what is not supported, instead of never matching.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  if (/^!|(^|[^\\])[!?*+@]\(/.test(glob))
    throw unsupported(glob, '`!`, `@(…)` and the like are not supported');
  if (/^(\/|[A-Za-z]:[\\/])/.test(glob))
    throw unsupported(glob, 'it must be relative to the folder of the config');
  const patterns = expandBraces(glob).map(compilePath);
  return path => {
    const names = path.split('/');
    return patterns.some(pattern => fits(pattern, names));
  };
}

function unsupported(glob: string, reason: string): Error {
  return new Error(`Glob pattern ${quote(glob)} cannot be used: ${reason}.`);
}

function compilePath(glob: string): Pattern {
  const names = glob.split('/').filter(name => name !== '' && name !== '.');
  const pattern = names.map(name => (name === '**' ? null : compileName(name, glob)));
  return /[*?[]/.test(names.at(-1) ?? '') ? pattern : [...pattern, null];
}

function compileName(name: string, glob: string): (item: string) => boolean {
  const pattern: Pattern[number][] = [];
  const tokens = name.match(/\\.|\[[!^]?\]?[^\]]*\]|./gsu) ?? [];
  for (const token of tokens) {
    if (token === '*') pattern.push(null);
    else if (token === '?') pattern.push(() => true);
    else if (token === '[') throw unsupported(glob, '`[` has no `]`');
    else if (token.startsWith('[')) pattern.push(compileSet(token));
    else {
      const wanted = token.startsWith('\\') ? token.slice(1) : token;
      pattern.push(item => item === wanted);
    }
  }
  return text => fits(pattern, [...text]);
}

function compileSet(token: string): (item: string) => boolean {
  const negated = token[1] === '!' || token[1] === '^';
  const members = [...token.slice(negated ? 2 : 1, -1)];
  const ranges: [string, string][] = [];
  for (let at = 0; at < members.length; at++) {
    const isRange = members[at + 1] === '-' && at + 2 < members.length;
    ranges.push([members[at]!, isRange ? members[at + 2]! : members[at]!]);
    if (isRange) at += 2;
  }
  return item => ranges.some(([low, high]) => item >= low && item <= high) !== negated;
}

/** Goes back to the last `null` only: earlier ones never need another try, so time stays bounded. */
function fits(pattern: Pattern, items: readonly string[]): boolean {
  let at = 0;
  let item = 0;
  let star = -1;
  let resume = 0;
  while (item < items.length) {
    const test = pattern[at];
    if (test === null) {
      star = at++;
      resume = item;
    } else if (test?.(items[item]!)) {
      at++;
      item++;
    } else if (star >= 0) {
      at = star + 1;
      item = ++resume;
    } else return false;
  }
  return pattern.slice(at).every(rest => rest === null);
}

function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    // The innermost braces first: they hold no others.
    const found = /^((?:\\.|[^\\])*?)\{((?:\\.|[^\\{}])*)\}(.*)$/su.exec(next);
    if (!found) {
      if (/[{}]/.test(next.replace(/\\./gs, ''))) throw unsupported(glob, '`{` and `}` must come in pairs');
      done.push(next);
      continue;
    }
    const [, before = '', inside = '', after = ''] = found;
    if (!inside.includes(',')) throw unsupported(glob, 'braces must hold alternatives: `{a,b}`');
    open.push(...inside.split(/(?<!\\),/).map(choice => before + choice + after));
    if (open.length + done.length > maxAlternatives) throw unsupported(glob, 'it has too many alternatives');
  }
  return done;
}
