import {createHash} from 'node:crypto';
import type {Exhibition} from './exhibit.js';
import {renderAbout} from './html/about.js';
import {renderExceptions} from './html/exceptions.js';
import {renderFindings} from './html/findings.js';
import {renderGates} from './html/gates.js';
import {renderRound} from './html/round.js';
import {script} from './html/script.js';
import {outline, type Section} from './html/section.js';
import {css} from './html/style.js';
import {headline, renderVerdict} from './html/verdict.js';
import {renderWorst} from './html/worst.js';
import {html, type Markup} from './markup.js';
import type {Report} from './report.js';
import {onAll, type StylishOptions} from './stylish.js';

/** Of a report's renderer: what rules and gates say of themselves. Colour and width are the reader's. */
export interface HtmlOptions extends Pick<StylishOptions, 'rules' | 'gates' | 'reading'> {
  /** Records to show as a reviewer sees them; without, findings stand with their excerpts alone. */
  readonly exhibition?: Exhibition | undefined;
}

/**
 * The report as one page for a browser. It needs nothing but itself: no network, and of scripts only the small
 * one of its own. Its content policy lets nothing else in, whatever a record holds. Depends on its arguments alone.
 */
export function renderHtml(report: Report, options: HtmlOptions): string {
  const shown = options.reading ? onAll(report) : report;
  const sections: Section[] = [
    renderGates(shown, options),
    renderRound(shown, options),
    renderWorst(shown),
    renderFindings(shown, options, options.exhibition),
    renderExceptions(shown),
    renderAbout(shown),
  ].filter(section => section !== undefined);
  return page(
    headline(shown, options),
    html`${[renderVerdict(shown, options), ...sections.map(outline)]}`,
    sections,
  );
}

const policy = [
  `default-src 'none'`,
  `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

function page(title: string, main: Markup, sections: readonly Section[]): string {
  const scripted: Markup = {markup: `<script>${script}</script>`};
  const styled: Markup = {markup: `<style>${css}</style>`};
  // Attributes of the policy are ours: quotes stay as they are between double ones.
  const secured: Markup = {markup: `<meta http-equiv="Content-Security-Policy" content="${policy}">`};
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${secured}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title} – collapse-gate</title>
${styled}
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="top">
<p class="brand">collapse-gate <span>report</span></p>
${themes}
</header>
<nav aria-label="Sections"><ul>${sections.map(({id, title: name}) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main id="main">
${main}
</main>
${scripted}
</body>
</html>
`.markup;
}

/** Works without a script: the style sheet looks at which one is chosen. */
const themes = html`<fieldset class="themes"><legend>Colours</legend>${['auto', 'light', 'dark'].map(
  name =>
    html`<label><input type="radio" name="theme" id="theme-${name}"${name === 'auto' ? html` checked` : undefined}> ${name}</label>`,
)}</fieldset>`;
