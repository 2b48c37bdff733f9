import {html, type Markup, prose} from '../markup.js';
import {count, counted} from '../numbers.js';
import type {Report} from '../report.js';
import {sampling} from '../sampling.js';
import {excerpt} from '../sanitize.js';
import {type Section, scrolling, tableOf} from './section.js';

const most = 100;

/** What was read, what it was held against, and with what: enough to see that two reports are of one thing. */
export function renderAbout(report: Report): Section {
  const {inputs, references, tool, config} = report;
  const read = sampling(report);
  const configured = config.path === null ? 'no config file' : html`<bdi>${excerpt(config.path, 160)}</bdi>`;
  return {
    id: 'about',
    title: 'About this run',
    body: html`<div class="card">
${inputs.length === 0 ? undefined : files(inputs)}${references.length === 0 ? html`<p>Held against no reference: nothing was compared with a corpus that is trusted.</p>\n` : against(references)}${read === undefined ? undefined : html`<p>${prose(read)}</p>\n`}<dl class="facts"><dt>Tool</dt><dd>${excerpt(tool.name, 40)} ${excerpt(tool.version, 40)}</dd><dt>Config</dt><dd>${configured} <code class="hash">${excerpt(config.hash, 64)}</code></dd></dl>
</div>`,
  };
}

function files(inputs: Report['inputs']): Markup {
  const rows = inputs
    .slice(0, most)
    .map(({path, records, bytes, sha256}) => [
      {text: html`<bdi>${excerpt(path, 160)}</bdi>`},
      {text: count(records), number: true},
      {text: count(bytes), number: true},
      {text: html`<code class="hash">${excerpt(sha256, 64)}</code>`},
    ]);
  const titles = [
    {text: 'file'},
    {text: 'records', number: true},
    {text: 'bytes', number: true},
    {text: 'SHA-256'},
  ];
  return html`${scrolling('Files', tableOf('Files of the round', titles, rows))}${rest(inputs.length, 'file')}\n`;
}

function against(references: Report['references']): Markup {
  const rows = references
    .slice(0, most)
    .map(({path, role, records}) => [
      {text: html`<bdi>${excerpt(path, 160)}</bdi>`},
      {text: role},
      {text: count(records), number: true},
    ]);
  const titles = [{text: 'reference'}, {text: 'role'}, {text: 'records', number: true}];
  return html`${scrolling('References', tableOf('What the round was held against', titles, rows))}${rest(references.length, 'reference')}\n`;
}

function rest(all: number, noun: string): Markup | undefined {
  if (all <= most) return undefined;
  return html`<p class="more">${counted(all - most, `more ${noun}`)}: the JSON report has them.</p>`;
}
