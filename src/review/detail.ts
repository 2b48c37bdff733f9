import type {SignalValue, Span} from '../api.js';
import {excerpt} from '../report/sanitize.js';
import type {Spread} from '../report/spread.js';
import {pad, wrap} from '../report/width.js';
import type {EvidenceLine} from '../run/sidecar.js';
import {placeOf} from './case.js';
import type {Line, Stretch, Tone} from './line.js';
import {differenceLines, textLines} from './texts.js';

/** A record as it can be shown: its parts and its other fields, or why it cannot be had. */
export type Shown =
  | {readonly parts: Readonly<Record<string, string>>; readonly fields: Readonly<Record<string, string>>}
  | {readonly missing: string};

export interface Detail {
  readonly line: EvidenceLine;
  readonly record: Shown;
  /** The record that the first finding with one names, and what the two are to each other. */
  readonly other?: {readonly name: string; readonly relation: string; readonly record: Shown};
}

/** How a signal is spread over the round and, where that is known, over the reference. */
export interface SignalSpread extends Spread {
  readonly reference?: Spread;
}

export interface DetailOptions {
  readonly width: number;
  readonly spreads: ReadonlyMap<string, SignalSpread>;
  /** For a screen reader: in words, without drawings. */
  readonly spoken?: boolean;
  /** Hide what the tool thinks of it. */
  readonly blind: boolean;
}

/** Everything about one record, as lines: what was seen first, then the texts. A pure function. */
export function detailLines(detail: Detail, options: DetailOptions): Line[] {
  const {line, record} = detail;
  const {width, blind} = options;
  const blocks: Line[][] = [[heading(line, width, blind)]];
  if (!blind) blocks.push(seen(line, width), signals(line, options));
  if ('missing' in record) blocks.push(prose(record.missing, width, 'warn'));
  else {
    if (Object.keys(record.fields).length > 0) blocks.push(fields(record.fields, width));
    blocks.push(...texts(detail, record.parts, width, blind));
  }
  return blocks
    .filter(block => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [[], ...block]));
}

function heading(line: EvidenceLine, width: number, blind: boolean): Line {
  const verdict = {
    accept: {text: 'accepted', tone: 'good'},
    quarantine: {text: 'quarantined', tone: 'warn'},
    reject: {text: 'rejected', tone: 'bad'},
    malformed: {text: 'malformed', tone: 'bad'},
  } as const;
  const place = excerpt(placeOf(line), Math.max(10, width - 30));
  const name: Line = [{text: place, tone: 'strong'}, dim(`  ${excerpt(line.id, 18)}`)];
  return blind ? name : [...name, dim('  '), verdict[line.verdict]];
}

/** Findings, then what gates said beyond them. */
function seen({findings, reasons}: EvidenceLine, width: number): Line[] {
  const said = findings.flatMap(({level, rule, message}) =>
    labelled(level, level === 'error' ? 'bad' : 'warn', rule, message, width),
  );
  const gates = reasons
    .filter(({gate, verdict}) => gate !== 'findings' || verdict === 'quarantine')
    .flatMap(({gate, message}) => labelled('gate', 'warn', gate, message, width));
  return [...said, ...gates];
}

function labelled(label: string, tone: Tone, name: string, message: string, width: number): Line[] {
  const first: Line = [
    {text: pad(label, 6), tone},
    {text: excerpt(name, width - 8), tone: 'name'},
  ];
  return [first, ...wrap(excerpt(message, 2_000), width - 6).map(row => [plainly(`      ${row}`)])];
}

const blocks = ' ▁▂▃▄▅▆▇█';
const mostCells = 20;
const fewestCells = 8;

/** Each signal with how records are spread over its range, and where this one stands among them. */
function signals({signals}: EvidenceLine, {spreads, width, spoken}: DetailOptions): Line[] {
  if (spoken) return Object.entries(signals).map(([name, value]) => said(name, value, spreads.get(name)));
  const named = Object.entries(signals);
  const longest = Math.min(20, Math.max(0, ...named.map(([name]) => name.length)));
  const indent = ' '.repeat(longest + 2);
  return named.flatMap(([name, value]) =>
    signal(value, spreads.get(name), width - indent.length).map(
      (line, row): Line => [dim(row === 0 ? pad(excerpt(name, longest), indent.length) : indent), ...line],
    ),
  );
}

function said(name: string, value: SignalValue, spread: SignalSpread | undefined): Line {
  const of = excerpt(name, 40);
  if (typeof value !== 'number') return [plainly(`${of}: ${value.absent}, ${excerpt(value.reason, 200)}`)];
  const above = (among: Spread | undefined, where: string) =>
    among === undefined ? '' : `, above ${Math.round(among.below(value) * 100)} % of ${where}`;
  const words = `${above(spread, 'this round')}${above(spread?.reference, 'the reference')}`;
  return [plainly(`${of}: ${Number(value.toPrecision(4))}${words}`)];
}

/** The bars of the round and under them those of the reference, over one range. */
function signal(value: SignalValue, spread: SignalSpread | undefined, room: number): Line[] {
  if (typeof value !== 'number') return [[plainly(excerpt(`${value.absent}: ${value.reason}`, room))]];
  const shown = String(Number(value.toPrecision(4))).padEnd(9);
  const cells = Math.min(mostCells, room - shown.length - 1);
  if (spread === undefined || cells < fewestCells) return [[plainly(shown)]];
  const {reference} = spread;
  const ranges = [spread.range, ...(reference ? [reference.range] : [])];
  const range = [
    Math.min(...ranges.map(([low]) => low)),
    Math.max(...ranges.map(([, high]) => high)),
  ] as const;
  const words = (of: string) => (room >= mostCells + 36 ? of : '');
  const lines: Line[] = [
    [plainly(`${shown} `), ...bars(value, spread, range, cells, words('of this round'))],
  ];
  if (reference !== undefined) {
    const under = ' '.repeat(shown.length + 1);
    lines.push([plainly(under), ...bars(value, reference, range, cells, words('of the reference'))]);
  }
  return lines;
}

/** Where there is no room for the words, the bars stand alone. */
function bars(value: number, spread: Spread, range: Spread['range'], cells: number, of: string): Line {
  const [low, high] = range;
  const at = high > low ? Math.floor(((value - low) / (high - low)) * cells) : 0;
  const here = Math.max(0, Math.min(cells - 1, at));
  const heights = spread.bars(cells, range).map(height => blocks[Math.ceil(height * 8)] ?? ' ');
  const share = Math.round(spread.below(value) * 100);
  return [
    dim(heights.slice(0, here).join('')),
    {text: heights[here] === ' ' ? '▏' : heights[here]!, tone: 'mark'},
    dim(heights.slice(here + 1).join('')),
    ...(of === '' ? [] : [dim(`  above ${share} % ${of}`)]),
  ];
}

function fields(all: Readonly<Record<string, string>>, width: number): Line[] {
  return Object.entries(all)
    .slice(0, 12)
    .map(([name, value]) => [
      dim(`${excerpt(name, 20)}: `),
      plainly(excerpt(value, Math.max(8, width - 22))),
    ]);
}

function texts(
  {line, other}: Detail,
  parts: Readonly<Record<string, string>>,
  width: number,
  blind: boolean,
): Line[][] {
  const spans = blind ? [] : line.findings.flatMap(({span}) => (span ? [span] : []));
  const names = Object.keys(parts).filter(name => name !== 'text');
  const shown = names.length > 0 ? names : ['text'];
  if (blind || other === undefined) return shown.map(name => part(name, parts, spans, width));
  const title: Line = [
    dim(`${other.relation} `),
    {text: excerpt(other.name, width - other.relation.length - 1), tone: 'strong'},
  ];
  if ('missing' in other.record) {
    return [
      [title, ...prose(other.record.missing, width, 'warn')],
      ...shown.map(name => part(name, parts, spans, width)),
    ];
  }
  const {parts: there} = other.record;
  return [
    [title, [dim('[-only there-] {+only here+}')]],
    ...shown.map(name => {
      const lines = differenceLines(parts[name] ?? '', there[name] ?? '', width);
      if (lines !== undefined) return [rule(name, width), ...lines];
      return [
        ...part(name, parts, spans, width),
        [],
        rule(`${name} of the other`, width),
        ...textLines(there[name] ?? '', [], width),
      ];
    }),
  ];
}

function part(
  name: string,
  parts: Readonly<Record<string, string>>,
  spans: readonly Span[],
  width: number,
): Line[] {
  const own = spans.filter(span => span.part === name);
  return [rule(name, width), ...textLines(parts[name] ?? '', own, width)];
}

/** A heading for a text: `── response ─────`. */
function rule(name: string, width: number): Line {
  return [dim(`── ${name} ${'─'.repeat(Math.max(0, Math.min(width, 60) - name.length - 4))}`)];
}

function prose(text: string, width: number, tone: Tone): Line[] {
  return wrap(excerpt(text, 1_000), width).map(row => [{text: row, tone}]);
}

function dim(text: string): Stretch {
  return {text, tone: 'dim'};
}

function plainly(text: string): Stretch {
  return {text, tone: 'plain'};
}
