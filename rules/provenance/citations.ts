/** A citation where it stands in the response. */
export interface Citation {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly known: boolean;
}

export interface CitationOptions {
  /** What counts as a citation: every bracket, or those that name a source or are made like the ids of sources. */
  readonly brackets: 'all' | 'alike';
  /** `[2]` cites the second source. */
  readonly numbers: boolean;
}

/** As in the published code of arXiv:2512.22199: anything in square brackets. What it cites is cut at 200 characters. */
const bracket = /\[([^[\]]{1,200})\]/g;

/**
 * The citations of a response: ids in square brackets, several in one where commas or semicolons stand between
 * them. A link of Markdown, `[text](address)`, is none. Where there is no source to compare with, what has both
 * letters and digits looks like an id.
 */
export function citationsOf(
  response: string,
  sources: readonly string[],
  {brackets, numbers}: CitationOptions,
): Citation[] {
  const known = new Set(sources.map(fold));
  const shapes = new Set(sources.map(shapeOf).filter(shape => /9|x/.test(shape)));
  const found: Citation[] = [];
  for (const match of response.matchAll(bracket)) {
    if (brackets === 'alike' && response[match.index + match[0].length] === '(') continue;
    const inside = match[1]!;
    let at = match.index + 1;
    for (const piece of known.has(fold(inside)) ? [inside] : inside.split(/[,;]/)) {
      const id = piece.trim();
      const start = at + piece.indexOf(id);
      at += piece.length + 1;
      if (id === '') continue;
      const cited = known.has(fold(id)) || (numbers && isPosition(id, sources.length));
      const like =
        sources.length > 0 ? alike(id, shapes, numbers) : /9|x/.test(shapeOf(id)) && /\p{L}/u.test(id);
      if (!cited && brackets === 'alike' && !like) continue;
      found.push({id, start, end: start + id.length, known: cited});
    }
  }
  return found;
}

function fold(id: string): string {
  return id
    .trim()
    .replace(/^(?:source|doc(?:ument)?|id|ref(?:erence)?)\s*[:#]\s*/i, '')
    .toLowerCase();
}

function isPosition(id: string, count: number): boolean {
  return /^\d{1,4}$/.test(id) && Number(id) >= 1 && Number(id) <= count;
}

function alike(id: string, shapes: ReadonlySet<string>, numbers: boolean): boolean {
  return shapes.has(shapeOf(id)) || (numbers && /^\d{1,3}$/.test(id));
}

/**
 * How an id is made: its letters where they stand alone, `9` for digits, `x` for letters and digits mixed, and
 * what stands between: `doc_17` is `doc_9`, `a3f9-77` is `x-9`. An id of letters alone has no shape that a
 * word could not have, so such ids are only known by being equal.
 */
export function shapeOf(id: string): string {
  return fold(id).replace(/[\p{L}\p{N}]+/gu, piece =>
    /^\p{N}+$/u.test(piece) ? '9' : /\p{N}/u.test(piece) ? 'x' : piece,
  );
}
