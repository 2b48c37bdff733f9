/** What must not compile in a pipeline, and what must. Only type-checked, never run. */
import {Readable} from 'node:stream';
import {
  ConfigError,
  type Finding,
  filter,
  type JudgedRecord,
  openGate,
  type Report,
  scan,
} from 'collapse-gate';

interface Row {
  readonly id: string;
  readonly text: string;
}
declare const rows: readonly Row[];
declare const stream: AsyncIterable<Row>;
declare const web: ReadableStream<Row>;

export async function pipeline(): Promise<Report> {
  await using gate = await openGate({
    config: {
      references: ['human.jsonl', {path: 'exam.jsonl', role: 'benchmark'}],
      rules: {'duplicate/near': 'warn'},
    },
    signal: undefined,
    concurrency: 0,
  });
  for await (const {record, verdict, reasons, findings, signals, ref} of gate.judge(rows)) {
    const id: string = record.id;
    const said: readonly Finding[] = findings;
    const novelty = signals.novelty;
    if (typeof novelty === 'number') novelty.toFixed();
    // @ts-expect-error: an absence is no number
    else novelty.toFixed();
    // @ts-expect-error: there is no such verdict
    if (verdict === 'pass') continue;
    // @ts-expect-error: an accepted record has no reasons
    reasons[0].message;
    // @ts-expect-error: what was judged is not changed
    record.text = id;
    if (ref.line > said.length && verdict === 'malformed') break;
  }
  for await (const judged of gate.judge(stream)) judged satisfies JudgedRecord<Row>;
  for await (const judged of web.pipeThrough(gate.transformStream<Row>())) judged satisfies JudgedRecord<Row>;
  for await (const judged of Readable.from(rows).pipe(gate.transform())) judged satisfies JudgedRecord<Row>;
  // @ts-expect-error: records come one after the other
  gate.judge({id: 'a', text: 'b'});
  return gate.round();
}

export async function files(): Promise<string> {
  const report = await scan(['data'], {onProgress: (bytes, records) => console.log(bytes / records)});
  // @ts-expect-error: a round passes or fails
  if (report.verdict === 'accept') return '';
  // @ts-expect-error: a report is not changed
  report.totals.records = 0;
  const {folder} = await filter(['data'], {out: 'round', overwrite: true});
  // @ts-expect-error: there may be none
  return folder.trim();
}

export async function mistakes(): Promise<void> {
  // @ts-expect-error: it says where to
  await filter(['data'], {});
  // @ts-expect-error: paths are a list
  await scan('data');
  // @ts-expect-error: there is no such option
  await scan(['data'], {threads: 2});
  // @ts-expect-error: there is no such level
  await openGate({config: {rules: {'duplicate/near': 'loud'}}});
  // @ts-expect-error: there is no such role
  await openGate({config: {references: [{path: 'a', role: 'friend'}]}});
  // @ts-expect-error: there is no such key
  await openGate({config: {reference: ['human.jsonl']}});
  try {
    await scan(['data']);
  } catch (error) {
    if (error instanceof ConfigError)
      for (const {file, line, message} of error.problems) console.log(file, line, message);
  }
}
