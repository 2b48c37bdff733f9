/** What of a stretch of HTML people read: without tags, comments, scripts and styles. Line breaks stay. */
export function htmlText(html: string): string {
  const lower = html.toLowerCase();
  let text = '';
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    if (open < 0) return text + html.slice(at);
    text += html.slice(at, open);
    const end = endOf(html, lower, open);
    // A sign that opens nothing is text.
    if (end === undefined) {
      text += '<';
      at = open + 1;
      continue;
    }
    text += html.slice(open, end).replace(/[^\n]+/g, '');
    at = end;
  }
  return text;
}

/** One past the end of what begins at `<`; what never ends goes on to the end of the text. */
function endOf(html: string, lower: string, open: number): number | undefined {
  if (html.startsWith('<!--', open)) return after(html, '-->', open + 4);
  const name = /^<\/?([a-z][a-z0-9-]{0,40})(?=[\s/>]|$)/i.exec(html.slice(open, open + 48))?.[1];
  if (name === undefined)
    return /^<[!?]/.test(html.slice(open, open + 2)) ? after(html, '>', open) : undefined;
  const close = after(html, '>', open);
  if (!/^(?:script|style|pre|code)$/i.test(name) || html[open + 1] === '/') return close;
  const last = lower.indexOf(`</${name.toLowerCase()}`, close);
  return last < 0 ? html.length : after(html, '>', last);
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}
