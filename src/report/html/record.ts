import {type Exhibit, leadOf} from '../exhibit.js';
import {html, type Markup, prose} from '../markup.js';
import {counted} from '../numbers.js';
import {excerpt} from '../sanitize.js';
import {placeOf} from './place.js';
import type {Spreads} from './spreads.js';
import {renderText} from './text.js';

const verdicts = {
  accept: {word: 'accepted', tone: 'pass'},
  quarantine: {word: 'quarantined', tone: 'warn'},
  reject: {word: 'rejected', tone: 'error'},
};

/** One record as a reviewer sees it in the terminal; folded, what it is and what was seen first. */
export function renderRecord(exhibit: Exhibit, anchor: string, spreads: Spreads): Markup {
  const {record, verdict, findings, reasons, source} = exhibit;
  const {word, tone} = verdicts[verdict];
  const first = findings[0]?.message ?? reasons[0]?.message ?? '';
  const more = findings.length + reasons.length - 1;
  return html`<li class="record" data-verdict="${word}" data-rule="${excerpt(leadOf(exhibit), 60)}" data-source="${excerpt(source ?? record.path, 80)}" data-file="${excerpt(record.path, 160)}"><details><summary><span class="where"><span class="level ${tone}">${word}</span> ${placeOf(record)}${
    more > 0 ? html` <span class="soft">${counted(more, 'more remark')}</span>` : undefined
  }</span><span class="message">${prose(excerpt(first, 240))}</span></summary><div class="sheet" id="${anchor}"><div class="texts">${texts(exhibit)}</div><div class="known">${[
    remarks(exhibit),
    spreads.lines(exhibit.signals),
    origin(exhibit),
  ]}</div></div></details></li>\n`;
}

function remarks({findings, reasons}: Exhibit): Markup {
  return html`<ul class="remarks">${[
    ...findings.map(
      ({rule, level, message}) =>
        html`<li><span class="level ${level}">${level}</span> <code>${excerpt(rule, 60)}</code><p>${prose(excerpt(message, 400))}</p></li>`,
    ),
    ...reasons.map(
      ({gate, message}) =>
        html`<li><span class="level warn">gate</span> <code>${excerpt(gate, 60)}</code><p>${prose(excerpt(message, 400))}</p></li>`,
    ),
  ]}</ul>`;
}

function texts({shown, other}: Exhibit): Markup {
  if ('missing' in shown) return html`<p class="soft">${excerpt(shown.missing, 300)}</p>`;
  const title =
    other &&
    html`<p class="other">${other.relation} <strong><bdi>${excerpt(other.name, 200)}</bdi></strong></p>`;
  return html`${title}${shown.texts.map(renderText)}`;
}

function origin({shown}: Exhibit): Markup | undefined {
  const fields = 'missing' in shown ? [] : Object.entries(shown.fields);
  if (fields.length === 0) return undefined;
  return html`<dl class="facts">${fields.map(
    ([name, value]) =>
      html`<dt><bdi>${excerpt(name, 30)}</bdi></dt><dd><bdi>${excerpt(value, 160)}</bdi></dd>`,
  )}</dl>`;
}
