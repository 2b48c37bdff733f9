import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import {unified} from 'unified';

interface Point {
  /** From 1. */
  readonly line: number;
  readonly offset?: number | undefined;
}

/** What is looked at of a node of a Markdown tree (mdast). */
export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly depth?: number;
  readonly children?: readonly MarkdownNode[];
  readonly position?: {readonly start: Point; readonly end: Point} | undefined;
}

export type Dialect = 'markdown' | 'mdx';

const markdown = unified().use(remarkParse).use(remarkGfm).freeze();

/** Reads a Markdown text as CommonMark with GFM, or as MDX; nothing of MDX is run. @throws Error of the parser */
export async function parseTree(text: string, dialect: Dialect): Promise<MarkdownNode> {
  if (dialect === 'markdown') return markdown.parse(text) as MarkdownNode;
  // Brings a parser of JavaScript along: loaded for MDX alone.
  const {default: remarkMdx} = await import('remark-mdx');
  return unified().use(remarkParse).use(remarkGfm).use(remarkMdx).parse(text) as MarkdownNode;
}
