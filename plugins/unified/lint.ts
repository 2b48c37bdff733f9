import type {Transformer} from 'unified';
import type {Span} from '../../src/api.js';
import {type Point, placesIn} from './points.js';

/** What is needed of the gate that `openGate` gives. */
export interface LintGate {
  judge(records: Iterable<object>): AsyncIterable<LintResult>;
}

export interface LintResult {
  readonly verdict: 'accept' | 'quarantine' | 'reject' | 'malformed';
  readonly reasons: readonly {readonly gate: string; readonly verdict: string; readonly message: string}[];
  readonly findings: readonly LintFinding[];
  readonly signals: Readonly<Record<string, unknown>>;
}

interface LintFinding {
  readonly rule: string;
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly span?: Span;
}

export interface LintOptions {
  /** From `openGate`. One gate for many files: a file that repeats an earlier one is a finding then. */
  readonly gate: LintGate;
  /** Fields beside `text`, such as `source` or `license`, for the rules that read them. */
  readonly fields?: Readonly<Record<string, unknown>> | ((file: File) => Readonly<Record<string, unknown>>);
}

type File = Parameters<Transformer>[1];

/** Calls of a gate follow one another: files that a pipeline runs at the same time wait here. */
const turns = new WeakMap<LintGate, Promise<unknown>>();

/**
 * A unified plugin for remark, retext and other pipelines: the text of each file is a record, and what the rules
 * and gates say of it are messages of the file, with the place in it, where a rule names one. The tree stays as
 * it is. `file.data.collapse` is the verdict with its signals.
 */
export function lint({gate, fields = {}}: LintOptions): Transformer {
  return async (_, file) => {
    const text = String(file);
    const more = typeof fields === 'function' ? fields(file) : fields;
    const id = file.path === undefined ? {} : {id: file.path};
    const before = turns.get(gate) ?? Promise.resolve();
    const turn = before.then(() => judged(gate, {...id, ...more, text}));
    // What fails here is for this file to say.
    turns.set(
      gate,
      turn.catch(() => {}),
    );
    const {verdict, reasons, findings, signals} = await turn;
    Object.assign(file.data, {collapse: {verdict, signals}});
    const placeOf = placesIn(text);
    for (const {rule, level, message, span} of findings) {
      const place = span?.part === 'text' ? placeOf(span.start, span.end) : undefined;
      say(file, message, rule, level === 'error', place);
    }
    for (const {gate: id, verdict: said, message} of reasons) {
      // That a finding is an error has been said by the finding.
      if (said !== 'accept' && id !== 'findings') say(file, message, `gate/${id}`, said === 'reject');
    }
    if (verdict === 'malformed') say(file, reasons[0]?.message ?? 'is no record', 'malformed', true);
  };
}

async function judged(gate: LintGate, record: object): Promise<LintResult> {
  for await (const result of gate.judge([record])) return result;
  throw new Error('The gate gave no verdict: it has ended. Open one with `openGate` for each run.');
}

function say(
  file: File,
  reason: string,
  rule: string,
  fatal: boolean,
  place?: {readonly start: Point; readonly end: Point},
): void {
  const message = file.message(reason, {source: 'collapse', ruleId: rule, ...(place && {place})});
  // As linters of unified do: true is an error, false a warning.
  message.fatal = fatal;
}
