import type {CST, Document} from 'yaml';
import {type Problem, quote} from './error.js';
import {start} from './yaml-places.js';

/** Keeps what aliases can grow to within bounds. */
export const maxAliases = 100;

/** Levels of nesting. Without recursion: deep enough nesting would otherwise take the parser, and the process, down. */
export function depth(tokens: readonly CST.Token[]): number {
  const open: [CST.Token | null | undefined, number][] = tokens.map(token => [token, 0]);
  let deepest = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, level] = next;
    deepest = Math.max(deepest, level);
    if (token?.type === 'document') open.push([token.value, level]);
    if (!token || !('items' in token)) continue;
    for (const item of token.items) open.push([item.key, level + 1], [item.value, level + 1]);
  }
  return deepest;
}

/** What is valid YAML and still not a usable config: repeated keys, and aliases that run in circles. */
export function structureProblems(
  document: Document.Parsed,
  yaml: typeof import('yaml'),
  at: (offset: number, message: string) => Problem,
): Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  yaml.visit(document, {
    Map(_, {items}) {
      const seen = new Set<string>();
      for (const {key} of items) {
        if (!yaml.isScalar(key)) continue;
        const text = String(key.value);
        if (seen.has(text)) problems.push(at(start(key), `Key ${quote(text)} is there twice. Remove one.`));
        seen.add(text);
      }
    },
    Alias(_, alias, parents) {
      aliases += 1;
      if (aliases > maxAliases) {
        problems.push(at(start(alias), `More than ${maxAliases} aliases. Write the values out.`));
        return yaml.visit.BREAK;
      }
      const target = alias.resolve(document);
      if (target === undefined) {
        problems.push(at(start(alias), `No value before this is marked ${quote(`&${alias.source}`)}.`));
      } else if (parents.includes(target)) {
        problems.push(
          at(start(alias), `${quote(`*${alias.source}`)} stands inside the value that it names.`),
        );
      }
      return undefined;
    },
  });
  return problems;
}
