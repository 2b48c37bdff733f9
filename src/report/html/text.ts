import type {ShownText} from '../exhibit.js';
import {html, type Markup} from '../markup.js';
import {count} from '../numbers.js';
import type {Piece} from '../passages.js';

const captions = {own: '', difference: ', beside the other record', other: ' of the other record'};

/** A text of a record, its lines as they are; what a finding is about is marked, what differs crossed out or underlined. */
export function renderText({name, kind, passage}: ShownText): Markup {
  const {pieces, before, after} = passage;
  const same = kind === 'difference' ? ', the same in both' : '';
  const key =
    kind === 'difference'
      ? html` <span class="soft"><del>only there</del> <ins>only here</ins></span>`
      : undefined;
  return html`<figure class="text"><figcaption><strong>${name}</strong>${captions[kind]}${key}</figcaption><div class="lines" dir="auto">${[
    before > 0 ? leftOut(before, `before${same}`) : undefined,
    pieces.length === 0 ? html`<span class="soft">empty</span>` : pieces.map(piece),
    after > 0 ? leftOut(after, `after${same}`) : undefined,
  ]}</div></figure>`;
}

function piece({text, tone}: Piece): Markup {
  const lines = broken(text);
  if (tone === 'mark') return html`<mark>${lines}</mark>`;
  if (tone === 'gone') return html`<del>${lines}</del>`;
  return tone === 'new' ? html`<ins>${lines}</ins>` : html`${lines}`;
}

/** Line ends break lines here; everywhere else they are made visible. */
function broken(text: string): (string | Markup)[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line, at) => (at === 0 ? [line] : [lineEnd, line]));
}

const lineEnd: Markup = {markup: '\n'};

function leftOut(units: number, where: string): Markup {
  return html`<span class="left soft">… ${count(units)} more characters ${where}</span>`;
}
