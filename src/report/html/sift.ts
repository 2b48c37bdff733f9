import type {Exhibition} from '../exhibit.js';
import {html, type Markup} from '../markup.js';

/** What narrows the list of records down. Hidden until the script that it needs has run. */
export function renderSift({exhibits}: Exhibition): Markup | undefined {
  if (exhibits.length === 0) return undefined;
  const option = (value: string, text: string) => html`<option value="${value}">${text}</option>`;
  const verdicts = [
    option('', 'any verdict'),
    ...['quarantined', 'rejected', 'accepted'].map(name => option(name, name)),
  ];
  const groups = [
    option('rule', 'by rule'),
    option('verdict', 'by verdict'),
    option('source', 'by source'),
    option('file', 'by file'),
  ];
  return html`<div class="sift" role="search" aria-label="Records" hidden="hidden"><label>Find <input type="search" name="words" autocomplete="off"/></label><label>Verdict <select name="verdict">${verdicts}</select></label><label>Group <select name="group">${groups}</select></label><output name="count" aria-live="polite"></output></div>\n`;
}
