import type {Excerpt, Neighbour} from '../../api.js';
import {html, type Markup, prose} from '../markup.js';
import {counted} from '../numbers.js';
import type {FindingReport} from '../report.js';
import {difference, type Piece} from '../stylish/difference.js';
import {unsaid} from '../stylish/evidence.js';

const most = 3;
/** Terminal cells; excerpts have about 100 characters. */
const room = 160;

/** The records that a finding rests on, and for each the words that differ. */
export function evidence({message, related = []}: FindingReport): Markup | undefined {
  const items = related.slice(0, most).flatMap(neighbour => {
    const said = unsaid(message, neighbour);
    const texts = compared(neighbour);
    if (said === '' && texts === undefined) return [];
    return html`<li>${said === '' ? undefined : html`<p>${prose(said)}</p>`}${texts}</li>`;
  });
  const left = related.length - most;
  if (left > 0) items.push(html`<li class="soft">and ${counted(left, 'more record')}</li>`);
  return items.length === 0 ? undefined : html`<ul class="evidence">${items}</ul>`;
}

/** Both texts under each other. Records with the same text have no difference to show. */
function compared({excerpt: pair, relation}: Neighbour): Markup | undefined {
  if (pair === undefined || relation === 'same') return undefined;
  const [here, there] = difference(pair, room);
  const marked = (pieces: readonly Piece[], tag: 'del' | 'ins') =>
    pieces.map(({text, same}) =>
      same ? text : tag === 'del' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`,
    );
  const line = (name: keyof Excerpt, pieces: readonly (string | Markup)[]) =>
    html`<dt>${name}</dt><dd dir="auto">${pieces}</dd>`;
  return html`<dl class="difference">${line('here', marked(here, 'del'))}${line('there', marked(there, 'ins'))}</dl>`;
}
