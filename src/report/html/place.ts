import {idOfPlace, type RecordRef, unitOf} from '../../api.js';
import {html, type Markup} from '../markup.js';
import {excerpt} from '../sanitize.js';

/** Where a record stands, and what it is called where it has a name of its own. */
export function placeOf({id, path, line}: RecordRef): Markup {
  // A record without an id field is called by its line, which the place says already.
  const name =
    id === idOfPlace({path, line}) ? undefined : html` <span class="id"><bdi>${excerpt(id, 60)}</bdi></span>`;
  return html`<span class="place"><bdi>${excerpt(path, 160)}</bdi>${unitOf(path) === 'row' ? ' row ' : ':'}${line}</span>${name}`;
}
