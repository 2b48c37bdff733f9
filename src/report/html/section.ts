import {html, type Markup} from '../markup.js';

/** A part of the page with a heading that the list of sections leads to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** A line under the heading. */
  readonly lead?: string | Markup;
  readonly body: Markup;
}

export function outline({id, title, lead, body}: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${lead === undefined ? undefined : html`<p class="lead">${lead}</p>\n`}${body}
</section>
`;
}

/** Wide tables scroll by themselves, also with the keyboard. */
export function scrolling(label: string, body: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${body}</div>`;
}

export interface TableCell {
  readonly text: string | Markup;
  readonly number?: boolean;
}

/**
 * A table with a caption. The first cell of a row names the row. One that is `stacked` becomes a list of its
 * rows where there is no room for columns, and says in roles that it is a table all the same.
 */
export function tableOf(
  caption: string | Markup,
  titles: readonly TableCell[],
  rows: readonly (readonly TableCell[])[],
  stacked = false,
): Markup {
  const role = (name: string) => (stacked ? html` role="${name}"` : undefined);
  const kind = (cell: TableCell | undefined) => (cell?.number ? html` class="number"` : undefined);
  const label = (at: number) => {
    const text = titles[at]?.text;
    return stacked && typeof text === 'string' ? html` data-label="${text}"` : undefined;
  };
  const head = titles.map(
    cell => html`<th scope="col"${role('columnheader')}${kind(cell)}>${cell.text}</th>`,
  );
  const body = rows.map(
    ([first, ...rest]) =>
      html`<tr${role('row')}><th scope="row"${role('rowheader')}${kind(first)}>${first?.text}</th>${rest.map(
        (cell, at) => html`<td${role('cell')}${kind(cell)}${label(at + 1)}>${cell.text}</td>`,
      )}</tr>\n`,
  );
  return html`<table${stacked ? html` class="stacked"` : undefined}${role('table')}><caption>${caption}</caption><thead${role('rowgroup')}><tr${role('row')}>${head}</tr></thead>
<tbody${role('rowgroup')}>${body}</tbody></table>`;
}
