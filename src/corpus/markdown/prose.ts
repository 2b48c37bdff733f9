import {htmlText} from './html-text.js';
import type {MarkdownNode} from './tree.js';

/** A paragraph, heading or other stretch of prose of a Markdown file. */
export interface Block {
  readonly text: string;
  /** Of a heading its depth, from 1. */
  readonly depth?: number;
  /** In the file, from 1. */
  readonly line: number;
  /** Where it begins in the source, in UTF-16 code units. */
  readonly offset: number;
  /** By line of `text`, the line in the file. */
  readonly lines: readonly number[];
}

/** A sentence is in one of these; what is in no other node is passed over: code, tables, maths, definitions. */
const holders = new Set([
  ...['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition'],
  'mdxJsxFlowElement',
]);
const spans = new Set(['emphasis', 'strong', 'delete', 'link', 'linkReference', 'mdxJsxTextElement']);

/** The prose of a tree in the order of the file. Link targets, alternative texts and code are no part of it. */
export function proseOf(tree: MarkdownNode): Block[] {
  const blocks: Block[] = [];
  const visit = (node: MarkdownNode): void => {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'html') {
      const block = blockOf(node);
      if (block.text !== '' || block.depth !== undefined) blocks.push(block);
    } else if (holders.has(node.type)) for (const child of node.children ?? []) visit(child);
  };
  visit(tree);
  return blocks;
}

function blockOf(node: MarkdownNode): Block {
  const {line, offset = 0} = node.position!.start;
  const rows: {text: string; line: number}[] = [{text: '', line}];
  let blank = true;
  const add = (value: string, from: number): void => {
    for (const [index, piece] of value.split('\n').entries()) {
      if (index > 0) {
        rows.push({text: '', line: from + index});
        blank = true;
      }
      // Where code was taken out, its two blanks become one.
      const more = blank ? piece.trimStart() : piece;
      if (more === '') continue;
      rows.at(-1)!.text += more;
      blank = /\s/.test(more.at(-1)!);
    }
  };
  const inside = (child: MarkdownNode): void => {
    const from = child.position?.start.line ?? line;
    if (child.type === 'text') add(child.value ?? '', from);
    else if (child.type === 'break') add('\n', from);
    else if (spans.has(child.type)) for (const inner of child.children ?? []) inside(inner);
  };
  if (node.type === 'html') add(htmlText(node.value ?? ''), line);
  else for (const child of node.children ?? []) inside(child);
  const filled = rows.map(row => ({...row, text: row.text.trimEnd()})).filter(({text}) => text !== '');
  return {
    text: filled.map(({text}) => text).join('\n'),
    line,
    offset,
    lines: filled.map(row => row.line),
    ...(node.type === 'heading' && {depth: node.depth ?? 1}),
  };
}
