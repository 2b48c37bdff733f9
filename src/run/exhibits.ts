import type {Neighbour} from '../api.js';
import type {FieldMap} from '../config/config.js';
import type {Input} from '../corpus/input.js';
import {recordReader} from '../corpus/read.js';
import type {JudgedRow} from '../engine/judge.js';
import {createRecordParser, parseAlone, type RecordParser} from '../engine/record.js';
import type {Reference} from '../profile/reference.js';
import type {Exhibit, Exhibition} from '../report/exhibit.js';
import {createSpread, type GrowingSpread} from '../report/spread.js';
import {choose, createChoice} from './exhibit-choice.js';
import {textsOf} from './exhibit-texts.js';
import {isOpen} from './open-record.js';
import {otherName, type ShownRecord, shownRecord} from './shown-record.js';

export interface ExhibitCollector {
  /** Every row in order, as it is judged. */
  add(row: JudgedRow): void;
  /** Reads the texts of those that are shown. The inputs must still be open. */
  finish(sources: ExhibitSources): Exhibition;
}

export interface ExhibitSources {
  readonly inputs: readonly Input[];
  readonly references: readonly Reference[];
  readonly fields: FieldMap;
}

/** Collects what the page shows of single records: a bounded number of rows, and how signals are spread. */
export function createExhibits(): ExhibitCollector {
  const choice = createChoice();
  const spreads = new Map<string, GrowingSpread>();
  let all = 0;
  return {
    add(row) {
      const {evidence, signals, verdict, findings} = row;
      if (evidence.malformed !== undefined) return;
      for (const [name, value] of Object.entries(signals)) {
        if (typeof value !== 'number') continue;
        const spread = spreads.get(name) ?? createSpread();
        spreads.set(name, spread);
        spread.add(evidence.hash, value);
      }
      if (!isOpen({verdict: verdict.verdict, reasons: verdict.reasons, findings})) return;
      all++;
      choice.add(row);
    },
    finish(sources) {
      const read = createRowTexts(sources);
      try {
        return {exhibits: choose(choice).map(row => exhibitOf(row, read)), all, spreads};
      } finally {
        read.close();
      }
    },
  };
}

function exhibitOf(row: JudgedRow, read: ReturnType<typeof createRowTexts>): Exhibit {
  const {evidence, signals, verdict} = row;
  const {id, hash, place, source} = evidence;
  const findings = row.findings.toSorted((a, b) => Number(b.level === 'error') - Number(a.level === 'error'));
  const [related] = findings.flatMap(({related = []}) => related);
  const own = read.own(row);
  const there = related && read.other(row, related);
  const other = related && otherName(related);
  return {
    record: {id, path: place.path, line: place.line, ...(hash && {hash})},
    ...(source !== undefined && {source}),
    verdict: verdict.verdict,
    findings: findings.map(({rule, level, message}) => ({rule, level, message})),
    // The gate `findings` only repeats what the findings say, unless it wants a person to look.
    reasons: verdict.reasons
      .filter(reason => reason.gate !== 'findings' || reason.verdict === 'quarantine')
      .map(({gate, message}) => ({gate, message})),
    signals,
    ...(other && {other}),
    shown: 'missing' in own ? own : textsOf(own, findings, there),
  };
}

/** Reads records again from their byte ranges. What cannot be read any more is said, not thrown. */
function createRowTexts({inputs, references, fields}: ExhibitSources) {
  const reader = recordReader();
  const parse = createRecordParser(fields);
  const parsers = new Map(
    references.map(reference => [reference.path, createRecordParser(reference.fields)]),
  );
  const files = new Map(inputs.map(({path, file}) => [path, file]));

  function at(
    {file, path, line, bytes}: {file: string; path: string; line: number; bytes: readonly [number, number]},
    using: RecordParser,
  ): ShownRecord | {readonly missing: string} {
    try {
      const record = parseAlone(using, reader.read({file, path}, ...bytes), {path, line, bytes});
      return record === undefined
        ? {missing: `${path}:${line} holds no record any more.`}
        : shownRecord(record);
    } catch (error) {
      return {missing: (error as Error).message};
    }
  }

  return {
    own: ({evidence: {place}}: JudgedRow) => at({...place, file: files.get(place.path) ?? place.path}, parse),
    other({evidence}: JudgedRow, {record, origin}: Neighbour) {
      const found = evidence.neighbours.find(
        ({neighbour}) => neighbour.record.path === record.path && neighbour.record.line === record.line,
      )?.there;
      if (found === undefined) return undefined;
      const using = origin === 'round' ? parse : (parsers.get(origin.reference) ?? parse);
      const {start, end, ...place} = found;
      return at({...place, bytes: [start, end]}, using);
    },
    close: () => reader.close(),
  };
}
