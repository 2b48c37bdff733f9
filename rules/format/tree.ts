import {hasBulletSign, isFunctionLine} from './inline.js';
import {countItem, emptyStructure, type Structure} from './structure.js';

interface Point {
  readonly offset?: number | undefined;
}

/** A node of a Markdown tree (mdast), as far as it is looked at. */
export interface MarkdownNode {
  readonly type: string;
  readonly ordered?: boolean | null | undefined;
  readonly children?: readonly MarkdownNode[];
  readonly position?: {readonly start: Point; readonly end: Point} | undefined;
}

const leaves = new Set(['paragraph', 'heading', 'table', 'html']);

/** The same as `scanMarkdown`, from the tree that a Markdown parser made of the text. */
export function structureOf(tree: MarkdownNode, text: string): Structure {
  const found = emptyStructure();
  visit(tree, text, found, false);
  return found;
}

function visit(node: MarkdownNode, text: string, found: Structure, inItem: boolean): void {
  const source = sourceOf(node, text);
  if (node.type === 'blockquote') return;
  if (node.type === 'code') {
    if (/^[`~]{3}/.test(source)) found.fence = true;
    else lookForFunction(source, found);
    return;
  }
  if (node.type === 'table') found.table = true;
  if (node.type === 'heading') found.heading = true;
  if (node.type === 'list' && !inItem) {
    for (const _ of node.children ?? []) countItem(found, node.ordered ? 'numbered' : 'bullets');
  }
  if (leaves.has(node.type)) {
    found.prose.push(withoutCode(node, text));
    if (node.type !== 'html') lookForFunction(source, found);
    if (node.type !== 'html' && node.type !== 'table' && !inItem) countBulletSigns(source, found);
    return;
  }
  for (const child of node.children ?? []) visit(child, text, found, inItem || node.type === 'listItem');
}

function sourceOf({position}: MarkdownNode, text: string): string {
  return text.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

/** The source of a paragraph with a space for each of its code spans. */
function withoutCode(block: MarkdownNode, text: string): string {
  const spans: (readonly [number, number])[] = [];
  const collect = (node: MarkdownNode) => {
    if (node.type === 'inlineCode') spans.push([node.position!.start.offset!, node.position!.end.offset!]);
    for (const child of node.children ?? []) collect(child);
  };
  collect(block);
  let at = block.position!.start.offset!;
  let kept = '';
  for (const [start, end] of spans) {
    kept += `${text.slice(at, start)} `;
    at = end;
  }
  return kept + text.slice(at, block.position!.end.offset!);
}

function linesOf(source: string): string[] {
  return source.split('\n').map(line => line.replace(/^[ \t]+/, ''));
}

function lookForFunction(source: string, found: Structure): void {
  found.definition ||= linesOf(source).some(line => isFunctionLine(line, 0, line.length));
}

function countBulletSigns(source: string, found: Structure): void {
  for (const line of linesOf(source)) if (hasBulletSign(line, 0)) countItem(found, 'bullets');
}
