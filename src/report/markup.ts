import {visible} from './sanitize.js';

/** HTML, or SVG within HTML, that is safe to show: only `html` makes it. */
export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | undefined | readonly Value[];

/**
 * HTML with everything that is filled in escaped, so that hostile text is text by default. Only markup that
 * this function made is taken as it is. A list is joined; undefined is left out. Attributes need their quotes.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return {markup: parts.map((part, at) => (at === 0 ? part : written(values[at - 1]) + part)).join('')};
}

function written(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(written).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, between tags and between quotes. What a browser would obey or hide is made visible first. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, character => entities[character]!);
}

/** Prose of rules and gates: `code` between backticks, runs of blanks as one, no line between 5 and %. */
export function prose(text: string): Markup {
  const pieces = text
    .replace(/\s+/g, ' ')
    .replace(/(\d) %/g, '$1\u00a0%')
    .trim()
    .split('`');
  // An odd backtick opens nothing.
  const open = pieces.length % 2 === 0 ? pieces.length - 1 : pieces.length;
  return html`${pieces.map((piece, at) =>
    at % 2 === 0 ? piece : at < open ? html`<code>${piece}</code>` : `\`${piece}`,
  )}`;
}
