import {createReadStream, existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {InputError, quoted} from '../corpus/errors.js';
import {fingerprint} from '../report/fingerprint.js';
import type {FindingReport, Report} from '../report/report.js';
import {evidenceName} from './manifest.js';
import type {EvidenceLine} from './sidecar.js';

/** Findings of an earlier run: how often each fingerprint was there. */
export interface Baseline {
  readonly path: string;
  readonly counts: Map<string, number>;
  /** Findings that the file counts and does not list. */
  readonly unlisted: number;
}

/**
 * Reads what an earlier run found: its report as JSON or JSON lines, or its run folder.
 * @throws InputError for what is none of these.
 */
export async function readBaseline(path: string, shown: string): Promise<Baseline> {
  const counts = new Map<string, number>();
  const add = (finding: Pick<FindingReport, 'rule' | 'record' | 'span'>) => {
    const name = fingerprint(finding);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  if (!existsSync(path)) throw notOne(shown, 'there is no such file');
  if (statSync(path).isDirectory()) {
    const evidence = join(path, evidenceName);
    if (!existsSync(evidence)) throw notOne(shown, `it is a folder without ${evidenceName}`);
    for await (const line of lines(evidence)) addEvidence(JSON.parse(line) as EvidenceLine, add);
    return {path: shown, counts, unlisted: 0};
  }
  let listed = 0;
  let counted = 0;
  const note = (report: Pick<Report, 'counts'>) => {
    for (const [rule, {findings}] of Object.entries(report.counts))
      if (rule !== 'malformed') counted += findings;
  };
  try {
    const report = jsonOf(path);
    if (report !== undefined) {
      for (const finding of report.findings) add(finding);
      listed = report.findings.length;
      note(report);
    } else {
      for await (const line of lines(path)) {
        const value = JSON.parse(line);
        if (value.type === 'finding') {
          add(value);
          listed++;
        } else if (value.type === 'report') note(value);
      }
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw notOne(shown, 'it is no report of collapse-gate in JSON or JSON lines');
  }
  if (listed === 0 && counted === 0 && jsonOf(path) === undefined && statSync(path).size > 0) {
    const [first] = readFileSync(path, 'utf8').split('\n', 1);
    if (!first!.includes('"type"')) throw notOne(shown, 'it is no report of collapse-gate');
  }
  return {path: shown, counts, unlisted: Math.max(0, counted - listed)};
}

function jsonOf(path: string): Report | undefined {
  if (statSync(path).size > 2 ** 29) return undefined;
  try {
    const value = JSON.parse(readFileSync(path, 'utf8'));
    return value.version === 1 && Array.isArray(value.findings) ? value : undefined;
  } catch {
    return undefined;
  }
}

function addEvidence(
  {id, hash, path, line, findings}: EvidenceLine,
  add: (finding: Pick<FindingReport, 'rule' | 'record' | 'span'>) => void,
): void {
  const record = {id, path, line, ...(hash && {hash})};
  for (const {rule, span} of findings) add({rule, record, ...(span && {span})});
}

function lines(path: string): AsyncIterable<string> {
  return createInterface({input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY});
}

function notOne(shown: string, why: string): InputError {
  return new InputError(
    `Cannot use the baseline ${quoted(shown)}`,
    why,
    'Write one with `collapse check --output jsonl=baseline.jsonl`.',
  );
}
