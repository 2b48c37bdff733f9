import type {Block} from './prose.js';

/** One record of a Markdown file: some of its prose, and the stretch of the source that belongs to it. */
export interface MarkdownRecord {
  readonly text: string;
  /** Line of its first prose, from 1. */
  readonly line: number;
  /** UTF-16 code units of the source. */
  readonly start: number;
  readonly end: number;
  /** Headings that it stands under, the outermost first. */
  readonly headings: readonly string[];
}

/** A line of prose of a record, as it stands in the file. */
export interface ProseLine {
  /** Where it begins in the text of the record, in UTF-16 code units. */
  readonly at: number;
  readonly line: number;
  readonly headings: readonly string[];
}

interface Headed extends Block {
  readonly headings: readonly string[];
}

/** Blocks as the text of a record: a blank line between them. */
const between = '\n\n';

/** All prose of a file as one record; undefined where there is none. */
export function fileRecord(blocks: readonly Block[], from: number, end: number): MarkdownRecord | undefined {
  const said = blocks.filter(({text}) => text !== '');
  const [first] = said;
  if (first === undefined) return undefined;
  return {text: textOf(said), line: first.line, start: from, end, headings: []};
}

/**
 * A record for each heading with prose under it. What stands under a heading alone, or before the first prose,
 * goes with the record that follows, or at the end with the one before: nothing of the file is in no record.
 */
export function sectionRecords(blocks: readonly Block[], from: number, end: number): MarkdownRecord[] {
  const sections: {first: Headed; blocks: Headed[]}[] = [];
  for (const block of headed(blocks)) {
    if (block.depth !== undefined || sections.length === 0) sections.push({first: block, blocks: []});
    sections.at(-1)!.blocks.push(block);
  }
  const told = sections.filter(({blocks}) =>
    blocks.some(({text, depth}) => depth === undefined && text !== ''),
  );
  return told.map(({first, blocks: own}, index) => ({
    text: textOf(own.filter(({text}) => text !== '')),
    line: first.line,
    start: index === 0 ? from : startOf(sections, told[index - 1]!),
    end: index === told.length - 1 ? end : startOf(sections, told[index]!),
    headings: first.headings,
  }));

  /** Where the section after this one begins. */
  function startOf(all: typeof sections, one: (typeof sections)[number]): number {
    return all[all.indexOf(one) + 1]!.first.offset;
  }
}

/** The lines of the text that `fileRecord` or `sectionRecords` made of these blocks. */
export function proseLines(blocks: readonly Block[]): ProseLine[] {
  const lines: ProseLine[] = [];
  let at = 0;
  for (const {text, lines: own, headings} of headed(blocks)) {
    if (text === '') continue;
    for (const [index, piece] of text.split('\n').entries()) {
      lines.push({at, line: own[index]!, headings});
      at += piece.length + 1;
    }
    at += between.length - 1;
  }
  return lines;
}

function headed(blocks: readonly Block[]): Headed[] {
  const path: {depth: number; text: string}[] = [];
  return blocks.map(block => {
    if (block.depth !== undefined) {
      while (path.length > 0 && path.at(-1)!.depth >= block.depth) path.pop();
      path.push({depth: block.depth, text: block.text});
    }
    return {...block, headings: path.map(({text}) => text.replaceAll('\n', ' ')).filter(text => text !== '')};
  });
}

function textOf(blocks: readonly Block[]): string {
  return blocks.map(({text}) => text).join(between);
}
