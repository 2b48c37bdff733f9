import type {Example, Gate, OptionSchema, Rule} from '../api.js';
import {escapeJson} from './sanitize.js';
import {declared} from './units.js';

/** What documentation says of a rule or a gate beside its own prose: the same in a page and a terminal. */

export interface OptionRow {
  readonly name: string;
  readonly type: string;
  /** Allowed values; empty when all of the type are. */
  readonly range: string;
  readonly default: string;
  readonly description: string;
}

export function isGate(subject: Rule | Gate): subject is Gate {
  return 'scope' in subject;
}

/** Declared options, and for gates the ones that every gate of its scope has. */
export function optionRows(subject: Rule | Gate): OptionRow[] {
  const options = Object.entries({...subject.options, ...(isGate(subject) ? commonOptions(subject) : {})});
  return options.map(([name, schema]) => ({
    name,
    type: schema.type === 'array' ? 'list of strings' : schema.type,
    range: range(schema),
    default: JSON.stringify(schema.default),
    description: schema.description,
  }));
}

function commonOptions(gate: Gate): Record<string, OptionSchema> {
  const choice = (description: string, value: string, choices: readonly string[]): OptionSchema => ({
    type: 'string',
    default: value,
    enum: choices,
    description,
  });
  if (gate.scope === 'round') {
    const description = 'Outcome when a measure cannot be had, for want of a reference, say.';
    return {onAbstain: choice(description, gate.onAbstain, ['pass', 'fail', 'abstain'])};
  }
  return {
    else: choice('What becomes of a record that does not pass.', gate.else, ['quarantine', 'reject']),
    onAbstain: choice('Verdict on a record that a signal does not apply to.', gate.onAbstain, [
      'accept',
      'quarantine',
      'reject',
    ]),
  };
}

function range(schema: OptionSchema): string {
  if (schema.type === 'string') return (schema.enum ?? []).map(value => JSON.stringify(value)).join(', ');
  if (schema.type !== 'number' && schema.type !== 'integer') return '';
  const {minimum, maximum} = schema;
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}

const looksAt = {
  record: 'one record at a time',
  pair: 'a record and the records like it, in the round and in references',
  group: 'records that share a key',
  corpus: 'the corpus as a whole',
};

/** How it takes part in a run: what it looks at, since when, how it is set by default. */
export function standing(subject: Rule | Gate): string[] {
  const since = `Since version ${subject.since}.`;
  if (isGate(subject)) {
    const judges = subject.scope === 'record' ? 'every record, by its signals' : 'the round, by its measures';
    const on = subject.recommended ? 'On in' : 'Not in';
    return [`Judges ${judges}.`, `${on} \`collapse:recommended\`.`, since];
  }
  const part = subject.kind === 'corpus' || subject.kind === 'group' ? subject.on : (subject.on ?? 'text');
  const yields = subject.kind === 'pair' ? (subject.yieldsTo ?? []) : [];
  return [
    `Looks at ${looksAt[subject.kind]}${part ? ` (part: \`${part}\`)` : ''}.`,
    `Level in \`collapse:recommended\`: \`${subject.recommended}\`.`,
    since,
    ...(yields.length > 0 ? [`Silent where ${yields.map(id => `\`${id}\``).join(' or ')} reports.`] : []),
  ];
}

/** The lines of `.collapserc` that set it, with its first option where it has one. */
export function setting(subject: Rule | Gate): string[] {
  const [first] = Object.entries(subject.options);
  const options = first ? `{${first[0]}: ${JSON.stringify(first[1].default)}}` : '';
  if (isGate(subject)) return ['gates:', `  ${subject.id}: ${options || 'on'}`];
  const level = subject.recommended === 'off' ? 'warn' : subject.recommended;
  return ['rules:', `  ${subject.id}: ${options ? `[${level}, ${options}]` : level}`];
}

/** Names and meanings of the numbers a rule gives or a gate takes. */
export function numbers(subject: Rule | Gate): {readonly title: string; readonly rows: [string, string][]}[] {
  if (isGate(subject)) {
    const round = subject.scope === 'round';
    const needed = round ? subject.measures : subject.signals;
    const optional = (round ? subject.optionalMeasures : subject.optionalSignals) ?? [];
    const why = round ? 'where it can be had' : 'where a rule that gives it is on';
    const rows = [
      ...needed.map((name): [string, string] => [name, '']),
      ...optional.map((name): [string, string] => [name, why]),
    ];
    return [{title: round ? 'Measures' : 'Signals', rows}];
  }
  const signals = Object.entries(subject.signals ?? {}).map(
    ([
      name,
      {
        description,
        range: [low, high],
        better,
      },
    ]): [string, string] => [
      name,
      `${description.replace(/[.\s]*$/, '.')} From ${bound(low)} to ${bound(high)}; ${better} is better.`,
    ],
  );
  const measures = Object.entries(subject.kind === 'corpus' ? subject.measures : {}).map(
    ([name, declaration]): [string, string] => [name, declared(declaration)],
  );
  return [
    {title: 'Signals', rows: signals},
    {title: 'Measures', rows: measures},
  ];
}

function bound(limit: number): string {
  return Number.isFinite(limit) ? String(limit) : limit < 0 ? 'minus infinity' : 'infinity';
}

export interface ExampleBlock {
  /** `Round`, or the role of a reference. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** The rows of an example as JSONL, references first: that is the order in which they count. */
export function exampleBlocks({rows, references = {}}: Example): ExampleBlock[] {
  const lines = (list: Example['rows']) =>
    list.map(row => escapeJson(JSON.stringify(typeof row === 'string' ? {text: row} : row)));
  return [
    ...Object.entries(references).map(([role, list]) => ({title: `Reference (${role})`, lines: lines(list)})),
    {title: 'Round', lines: lines(rows)},
  ];
}
