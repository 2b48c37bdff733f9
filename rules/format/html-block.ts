/** Where Markdown ends and an HTML block begins (CommonMark 0.31, section 4.6). */

/** Opening, and what stands in the line that ends the block. */
const raw: readonly (readonly [RegExp, RegExp])[] = [
  [/<(?:script|pre|style|textarea)(?=[\s>]|$)/iy, /<\/(?:script|pre|style|textarea)>/i],
  [/<!--/y, /-->/],
  [/<\?/y, /\?>/],
  [/<![a-z]/iy, />/],
  [/<!\[CDATA\[/y, /\]\]>/],
];

const blockNames = new Set(
  (
    'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir ' +
    'div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html ' +
    'iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary ' +
    'table tbody td tfoot th thead title tr track ul'
  ).split(' '),
);

const tagStart = /<\/?([a-z][a-z0-9-]{0,30})(?=[\s>]|\/>|$)/iy;
/** A whole tag, alone in its line. The bounds keep the search in proportion to the line. */
const attribute = `\\s+[a-zA-Z_:][\\w.:-]{0,60}(?:\\s*=\\s*(?:"[^"]*"|'[^']*'|[^\\s"'=<>\`]+))?`;
const tagAlone = new RegExp(
  `^(?:</[a-z][a-z0-9-]*\\s*>|<[a-z][a-z0-9-]*(?:${attribute}){0,20}\\s*/?>)\\s*$`,
  'i',
);
const longestTag = 1000;

/** Ends at the first blank line. */
export const untilBlank = 'blank';

/**
 * What ends the HTML block that begins at `at`, where a `<` stands; undefined when none does. A tag alone in
 * its line begins one only where it does not go on with a paragraph.
 */
export function htmlBlockEnd(
  text: string,
  at: number,
  end: number,
  inParagraph: boolean,
): RegExp | typeof untilBlank | undefined {
  for (const [start, stop] of raw) if (startsWith(start, text, at)) return stop;
  tagStart.lastIndex = at;
  const name = tagStart.exec(text)?.[1];
  if (name !== undefined && blockNames.has(name.toLowerCase())) return untilBlank;
  if (inParagraph || end - at > longestTag) return;
  return tagAlone.test(text.slice(at, end)) ? untilBlank : undefined;
}

function startsWith(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
