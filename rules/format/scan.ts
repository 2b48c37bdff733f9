import {htmlBlockEnd, untilBlank} from './html-block.js';
import {hasBulletSign, isFunctionLine, withoutCodeSpans} from './inline.js';
import * as lines from './lines.js';
import {countItem, emptyStructure, type Structure} from './structure.js';

/** Items in items deeper than this are text. Nobody writes them, and each would cost time in every line. */
const deepest = 50;

/**
 * Reads the block structure of a Markdown text in one pass over its lines, of most of which it looks at the
 * beginning alone. Follows CommonMark and GFM tables but for link definitions, footnotes and what stands in
 * block quotes. Without `prose` it stops at the first code fence, which outranks all that follows.
 */
export function scanMarkdown(text: string, {prose}: {readonly prose: boolean}): Structure {
  const scanner = new Scanner(text, prose);
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    scanner.line(start, end);
    if (scanner.found.fence && !prose) break;
    start = end + 1;
  }
  scanner.close('none');
  return scanner.found;
}

const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

class Scanner {
  readonly found = emptyStructure();
  /** Columns at which the contents of the open list items begin. */
  readonly #items: number[] = [];
  #block: 'none' | 'paragraph' | 'table' | 'quote' | 'fence' | 'html' = 'none';
  #fenceSign = 0;
  #fenceLength = 0;
  #htmlEnd: RegExp | typeof untilBlank = untilBlank;
  /** Source of the open paragraph, table or HTML. */
  #gathered: string[] = [];
  /** The last line of the open paragraph: it may turn out to be the head of a table. */
  #aboveStart = 0;
  #aboveEnd = 0;
  /** Of the line at hand: where we are in it, in characters and in columns. */
  #at = 0;
  #column = 0;

  constructor(
    readonly text: string,
    readonly prose: boolean,
  ) {}

  line(start: number, end: number): void {
    this.#at = start;
    this.#column = 0;
    this.#indent(end);
    if (this.#at === end) this.#blankLine();
    else if (this.#block === 'fence') this.#fenceLine(end);
    else if (this.#block === 'html') this.#htmlLine(end);
    else this.#flowLine(end);
  }

  /** Ends the open block. */
  close(next: 'none' | 'paragraph' | 'table' | 'quote' | 'fence' | 'html'): void {
    if (this.#gathered.length > 0) {
      const source = this.#gathered.join('\n');
      this.found.prose.push(this.#block === 'html' ? source : withoutCodeSpans(source));
      this.#gathered = [];
    }
    this.#block = next;
  }

  #indent(end: number): void {
    for (; this.#at < end; this.#at++) {
      const code = this.text.charCodeAt(this.#at);
      if (code === 32) this.#column++;
      else if (code === 9) this.#column += 4 - (this.#column % 4);
      else return;
    }
  }

  #gather(end: number): void {
    if (this.prose) this.#gathered.push(this.text.slice(this.#at, end));
  }

  /** Column at which the contents of the innermost of `depth` items begin. */
  #base(depth: number): number {
    return depth === 0 ? 0 : this.#items[depth - 1]!;
  }

  #blankLine(): void {
    if (this.#block === 'fence' || (this.#block === 'html' && this.#htmlEnd !== untilBlank)) return;
    this.close('none');
  }

  #fenceLine(end: number): void {
    const offset = this.#column - this.#base(this.#items.length);
    if (offset < 0) {
      // The item that the fence stands in has ended.
      this.close('none');
      this.#flowLine(end);
    } else if (
      offset < 4 &&
      this.text.charCodeAt(this.#at) === this.#fenceSign &&
      lines.closesFence(this.text, this.#at, end, this.#fenceSign, this.#fenceLength)
    ) {
      this.close('none');
    }
  }

  #htmlLine(end: number): void {
    if (this.#column < this.#base(this.#items.length)) {
      this.close('none');
      this.#flowLine(end);
    } else {
      this.#gather(end);
      this.#endHtml(end);
    }
  }

  #endHtml(end: number): void {
    if (this.#htmlEnd !== untilBlank && this.#htmlEnd.test(this.text.slice(this.#at, end)))
      this.close('none');
  }

  #flowLine(end: number): void {
    let depth = this.#items.length;
    while (depth > 0 && this.#column < this.#items[depth - 1]!) depth--;
    // Most lines begin with a letter: nothing but text does.
    if (isLetter(this.text.charCodeAt(this.#at)) && this.#column - this.#base(depth) < 4) {
      this.#text(depth, end);
      return;
    }
    // A marker of a list is followed by what the item begins with: a list, a heading, a fence …
    while (this.#beginsItem(depth, end)) depth++;
    if (this.#at < end) this.#begin(depth, end);
  }

  /** Whether the line can go on with the open paragraph without being lazy. */
  #continues(depth: number): boolean {
    return this.#block === 'paragraph' && depth === this.#items.length;
  }

  #beginsItem(depth: number, end: number): boolean {
    const {text} = this;
    const at = this.#at;
    if (at === end || this.#column - this.#base(depth) >= 4 || depth >= deepest) return false;
    const code = text.charCodeAt(at);
    const bullet = code === 45 || code === 42 || code === 43;
    if (!bullet && !lines.isDigit(code)) return false;
    const after = lines.markerEnd(text, at, end);
    if (after === -1) return false;
    if (bullet && code !== 43 && lines.isThematicBreak(text, at, end)) return false;
    const continues = this.#continues(depth);
    if (continues && !bullet && (code !== 49 || after !== at + 2)) return false;
    const empty = after === end || lines.isBlank(text, after, end);
    if (continues && empty) return false;
    this.#leave(depth);
    if (depth === 0) countItem(this.found, bullet ? 'bullets' : 'numbered');
    const marker = this.#column + (after - at);
    this.#at = after;
    this.#column = marker;
    this.#indent(end);
    const spaces = this.#column - marker;
    this.#items.push(empty || spaces > 4 ? marker + 1 : this.#column);
    return true;
  }

  /** Ends the open block and the items that the line does not belong to. */
  #leave(depth: number, next: 'none' | 'paragraph' | 'quote' | 'fence' | 'html' = 'none'): void {
    this.close(next);
    // Setting a length costs time even where nothing changes.
    if (this.#items.length !== depth) this.#items.length = depth;
  }

  #begin(depth: number, end: number): void {
    const {text} = this;
    const at = this.#at;
    if (this.#column - this.#base(depth) >= 4) {
      if (this.#block === 'paragraph' || this.#block === 'quote') this.#text(depth, end);
      else {
        this.#leave(depth);
        this.#lookForFunction(end);
      }
      return;
    }
    switch (text.charCodeAt(at)) {
      case 35: // #
        if (!lines.isHeading(text, at, end)) break;
        this.#leave(depth, 'paragraph');
        this.#gather(end);
        this.close('none');
        this.found.heading = true;
        return;
      case 96: // `
      case 126: {
        // ~
        const length = lines.fenceLength(text, at, end);
        if (length === 0) break;
        this.#leave(depth, 'fence');
        this.#fenceSign = text.charCodeAt(at);
        this.#fenceLength = length;
        this.found.fence = true;
        return;
      }
      case 62: // >
        this.#leave(depth, lines.isBlank(text, at + 1, end) ? 'none' : 'quote');
        return;
      case 60: {
        // <
        const stop = htmlBlockEnd(text, at, end, this.#block === 'paragraph');
        if (stop === undefined) break;
        this.#leave(depth, 'html');
        this.#htmlEnd = stop;
        this.#gather(end);
        this.#endHtml(end);
        return;
      }
      case 61: // =
        if (this.#underlines(depth, end)) return;
        break;
      case 45: // -
        if (this.#underlines(depth, end) || this.#delimits(depth, end)) return;
        if (this.#breaks(depth, end)) return;
        break;
      case 42: // *
      case 95: // _
        if (this.#breaks(depth, end)) return;
        break;
      case 58: // :
      case 124: // |
        if (this.#delimits(depth, end)) return;
        break;
    }
    this.#text(depth, end);
  }

  #underlines(depth: number, end: number): boolean {
    if (!this.#continues(depth) || !lines.isUnderline(this.text, this.#at, end)) return false;
    this.close('none');
    this.found.heading = true;
    return true;
  }

  #breaks(depth: number, end: number): boolean {
    if (!lines.isThematicBreak(this.text, this.#at, end)) return false;
    this.#leave(depth);
    return true;
  }

  /** The row of dashes that makes the line above it the head of a table. */
  #delimits(depth: number, end: number): boolean {
    if (!this.#continues(depth)) return false;
    const columns = lines.delimiterColumns(this.text, this.#at, end);
    if (columns === 0 || columns !== lines.cells(this.text, this.#aboveStart, this.#aboveEnd)) return false;
    this.#block = 'table';
    this.found.table = true;
    return true;
  }

  #text(depth: number, end: number): void {
    // What follows a quote or a table without a blank line belongs to it.
    if (this.#block === 'quote') return;
    if (this.#block === 'none') this.#leave(depth, 'paragraph');
    this.#gather(end);
    this.#aboveStart = this.#at;
    this.#aboveEnd = end;
    if (this.#items.length === 0 && hasBulletSign(this.text, this.#at)) countItem(this.found, 'bullets');
    this.#lookForFunction(end);
  }

  #lookForFunction(end: number): void {
    this.found.definition ||= isFunctionLine(this.text, this.#at, end);
  }
}
