import type {Neighbour, PartName} from '../api.js';
import {recordReader} from '../corpus/read.js';
import {excerptOf} from '../neighbours/excerpt.js';
import type {RowPlace} from './compare.js';
import type {RowEvidence} from './evidence.js';
import {createRecordParser, parseAlone, type RecordParser} from './record.js';
import type {Run} from './scan.js';
import type {KeptFinding} from './tally.js';

/** A listed finding about a pair, with the evidence it came from. */
export interface Shown {
  readonly finding: KeptFinding;
  readonly evidence: RowEvidence;
}

/**
 * Shows where the two texts of a listed pair differ. Done when the scan is over, for the findings that the
 * report lists and not for every pair: aligning words costs more than comparing them.
 */
export function addExcerpts({shown, plan, request}: Run): void {
  const parse = createRecordParser(plan.config.fields);
  const reader = recordReader();
  const parsers = new Map(request.references.map(({path, fields}) => [path, createRecordParser(fields)]));

  function textAt(
    {file, path, start, end, line}: RowPlace,
    part: PartName,
    using: RecordParser,
  ): string | undefined {
    const bytes = reader.read({file, path}, start, end);
    return parseAlone(using, bytes, {path, line, bytes: [start, end]})?.[part];
  }

  function withExcerpt(neighbour: Neighbour, evidence: RowEvidence): Neighbour {
    const found = evidence.neighbours.find(
      ({neighbour: {record}}) =>
        record.path === neighbour.record.path && record.line === neighbour.record.line,
    );
    if (found?.there === undefined) return neighbour;
    const {path, line, bytes} = evidence.place;
    const {file} = request.inputs.find(input => input.path === path)!;
    const part = found.part as PartName;
    const {origin} = neighbour;
    const using = origin === 'round' ? parse : (parsers.get(origin.reference) ?? parse);
    const here = textAt({file, path, start: bytes[0], end: bytes[1], line}, part, parse);
    const there = textAt(found.there, part, using);
    if (here === undefined || there === undefined) return neighbour;
    return {...neighbour, excerpt: excerptOf(here, there)};
  }

  try {
    for (const {finding, evidence} of shown) {
      finding.related = finding.related!.map(neighbour => withExcerpt(neighbour, evidence));
    }
  } finally {
    reader.close();
  }
}
