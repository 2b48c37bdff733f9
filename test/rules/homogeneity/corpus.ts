import {createHash} from 'node:crypto';
import {wordsOf} from '../../../rules/homogeneity/text.js';
import type {CorpusRecord, CorpusRule, MeasureValue, Table} from '../../../src/api.js';

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Words of a Zipf law: the first are frequent, as in a language. */
export function zipfText(next: () => number, words: number, types = 4000): string {
  return Array.from({length: words}, () =>
    `w${Math.floor(types ** next()).toString(36)}`.replace(/\d/g, 'q'),
  ).join(' ');
}

export function record(fields: Record<string, unknown>): CorpusRecord {
  const {prompt, response, model} = fields as {prompt?: string; response?: string; model?: string};
  return {
    id: String(fields.id ?? ''),
    place: {path: 'round.jsonl', line: 1, bytes: [0, 0]},
    fields,
    hash: createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32),
    text: (fields.text as string | undefined) ?? `${prompt}\n\n${response}`,
    ...(prompt !== undefined && {prompt}),
    ...(response !== undefined && {response}),
    ...(model !== undefined && {generator: model}),
  };
}

export interface Measured {
  readonly measures: Readonly<Record<string, MeasureValue>>;
  readonly tables: readonly Table[];
  readonly findings: readonly string[];
}

/** What a corpus rule says of records, with its default options and those given. */
export function measured(
  rule: CorpusRule,
  records: readonly CorpusRecord[],
  reference?: readonly CorpusRecord[],
  given: Record<string, unknown> = {},
): Measured {
  const options = {
    ...Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default])),
    ...given,
  } as never;
  const feature = ((each: CorpusRecord, name: string) =>
    name === 'embedding'
      ? {vector: Float32Array.from(each.fields.vector as number[]), model: 'm', read: 1}
      : Uint32Array.from(wordsOf(each.text).hashes)) as never;
  const summary = (of: readonly CorpusRecord[]) => {
    const made = rule.init();
    for (const each of of) rule.observe(made, each, {options, feature});
    return made;
  };
  const tables: Table[] = [];
  const findings: string[] = [];
  const measures = rule.measure(summary(records), reference && summary(reference), {
    options,
    view: 'all',
    report: ({messageId}: {messageId: string}) => findings.push(messageId),
    table: (table: Table) => tables.push(table),
  } as never);
  return {measures, tables, findings};
}
