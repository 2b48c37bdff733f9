/** What a Markdown text is built of. Block quotes are left out: they are not the answer's own layout. */
export interface Structure {
  /** A fenced code block. */
  fence: boolean;
  /** A line that defines a function, outside a fence. */
  definition: boolean;
  table: boolean;
  heading: boolean;
  /** Items of lists that stand in no other list. */
  bullets: number;
  numbers: number;
  /** Which of the two came first. */
  first: 'bullets' | 'numbered' | undefined;
  /** Source of the paragraphs, headings, tables and HTML, without code. Only when it was asked for. */
  prose: string[];
}

export function emptyStructure(): Structure {
  return {
    fence: false,
    definition: false,
    table: false,
    heading: false,
    bullets: 0,
    numbers: 0,
    first: undefined,
    prose: [],
  };
}

export function countItem(structure: Structure, kind: 'bullets' | 'numbered'): void {
  if (kind === 'bullets') structure.bullets++;
  else structure.numbers++;
  structure.first ??= kind;
}
