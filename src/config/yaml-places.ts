import type {Document, LineCounter, Node} from 'yaml';
import type {KeyPath, Position} from './source.js';

/** Where the key or value at `path` stands, or the nearest parent that is there. Aliases are followed. */
export function locate(
  document: Document.Parsed,
  path: KeyPath,
  what: 'key' | 'value',
  lines: LineCounter,
  yaml: typeof import('yaml'),
): Position {
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

/** Offset of a node, in UTF-16 code units. */
export function start(node: unknown): number {
  return (node as {range?: readonly number[]} | null)?.range?.[0] ?? 0;
}

export function position(lines: LineCounter, offset: number): Position {
  const {line, col} = lines.linePos(offset);
  return {line: Math.max(line, 1), column: Math.max(col, 1)};
}
