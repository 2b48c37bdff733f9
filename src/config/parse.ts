import type {CST, Document, LineCounter, Node} from 'yaml';
import {ConfigError, type Problem, quote} from './error.js';
import type {KeyPath, Position, Source} from './source.js';

type Yaml = typeof import('yaml');

/** Far above any real config; keeps the parser's recursion and aliases within bounds. */
const maxBytes = 2 ** 20;
const maxDepth = 64;
const maxAliases = 100;

/**
 * Parses YAML 1.2, of which JSON is a part. An empty text is an empty config.
 * @throws ConfigError with the line and column of every syntax error.
 */
export async function parseSource(bytes: Uint8Array, name: string, dir: string): Promise<Source> {
  if (bytes.length > maxBytes) {
    throw failed(
      name,
      `has ${bytes.length} bytes; a config may have at most ${maxBytes}. Is it the right file?`,
    );
  }
  const text = decode(bytes, name);
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const tokens = [...new yaml.Parser(lines.addNewLine).parse(text)];
  if (depth(tokens) > maxDepth) throw failed(name, `is nested more than ${maxDepth} levels deep.`);
  const composer = new yaml.Composer({uniqueKeys: false, stringKeys: true, lineCounter: lines});
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw failed(name, 'could not be read as YAML.');
  const problems = [
    ...[...document.errors, ...document.warnings].map(({pos, message}) =>
      at(pos[0], sentence(message, text, pos[0])),
    ),
    ...(second === undefined
      ? []
      : [at(second.range[0], 'A second YAML document starts here. Keep only one.')]),
    ...structure(document, yaml, at),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  const value: unknown = toPlain(document, name) ?? {};
  return {name, dir, value, locate: (path, what) => locate(document, path, what, lines, yaml)};

  function at(offset: number, message: string): Problem {
    return {file: name, ...position(lines, offset), message};
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw failed(name, 'is not valid UTF-8. Save it as UTF-8 text.');
  }
}

function failed(name: string, message: string): ConfigError {
  return new ConfigError([{message: `Config ${quote(name)} ${message}`}]);
}

/** Without recursion: deep enough nesting would otherwise take the parser, and the process, down. */
function depth(tokens: readonly CST.Token[]): number {
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
function structure(document: Document.Parsed, yaml: Yaml, at: (offset: number, message: string) => Problem) {
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

function toPlain(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({maxAliasCount: maxAliases});
  } catch {
    throw failed(name, 'has aliases of aliases that grow without bound. Write the values out.');
  }
}

/** The YAML library's message as a sentence, with what to do where its wording does not say. */
function sentence(message: string, text: string, offset: number): string {
  const [first = ''] = message.split('\n');
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const hint = /^[\s{,-]*\*/.test(line) ? ' Something that starts with `*` must stand in quotes.' : '';
  return `${first.replace(/[.:]?$/, '.')}${hint}`;
}

function locate(
  document: Document.Parsed,
  path: KeyPath,
  what: 'key' | 'value',
  lines: LineCounter,
  yaml: Yaml,
) {
  let node: Node | null = document.contents;
  let offset = start(node);
  for (const step of path) {
    if (yaml.isAlias(node)) node = node.resolve(document) ?? null;
    let key: Node | null = null;
    if (yaml.isSeq(node)) key = node = (node.items[Number(step)] as Node | undefined) ?? null;
    else if (yaml.isMap<Node, Node | null>(node)) {
      const pair = node.items.find(
        item => yaml.isScalar(item.key) && String(item.key.value) === String(step),
      );
      key = pair?.key ?? null;
      node = pair?.value ?? null;
    } else node = null;
    if (key === null) break;
    offset = what === 'key' ? start(key) : start(node ?? key);
  }
  return position(lines, offset);
}

function start(node: unknown): number {
  return (node as {range?: readonly number[]} | null)?.range?.[0] ?? 0;
}

function position(lines: LineCounter, offset: number): Position {
  const {line, col} = lines.linePos(offset);
  return {line: Math.max(line, 1), column: Math.max(col, 1)};
}
