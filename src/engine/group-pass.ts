import {closeSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {RowEvidence, RuleEvidence} from './evidence.js';
import {createGroupRunner} from './groups.js';
import {readJsonLines} from './json-lines.js';
import {createRecall} from './kept.js';
import {signalMerger} from './merge-signals.js';
import type {Run} from './scan.js';
import type {ScanResult} from './scanner.js';

/**
 * Group rules see records that share a key, wherever they stand, so no row can be judged before all were
 * read: evidence waits in a file, the groups are visited, and then the rows are judged in order.
 */
export interface GroupPass {
  /** Takes the evidence of the chunk's row at `offset`. */
  add(evidence: RowEvidence, result: ScanResult, offset: number): void;
  /** All evidence in order, with what the group rules said. */
  finish(): AsyncGenerator<RowEvidence>;
  /** Removes the file, also when the scan fails. */
  close(): void;
}

export function createGroupPass(run: Run): GroupPass | undefined {
  const {plan} = run;
  if (plan.groupRules.length === 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'collapse-groups-'));
  const file = join(folder, 'evidence.jsonl');
  const descriptor = openSync(file, 'w');
  const members = plan.groupRules.map(() => new Map<number, number[]>());
  let waiting: string[] = [];

  function flush(): void {
    if (waiting.length > 0) writeSync(descriptor, waiting.join(''));
    waiting = [];
  }

  return {
    add(evidence, result, offset) {
      waiting.push(`${JSON.stringify(evidence)}\n`);
      if (waiting.length >= 1000) flush();
      for (const [index, groups] of members.entries()) {
        const key = result.groups[index]![offset]!;
        if (Number.isNaN(key)) continue;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [evidence.row]);
        else group.push(evidence.row);
      }
    },
    async *finish() {
      flush();
      const said = await visitGroups(run, members);
      const merge = signalMerger(plan.registry.rules.values());
      for await (const evidence of readJsonLines<RowEvidence>(file)) {
        const more = said.get(evidence.row);
        yield more === undefined ? evidence : add(evidence, more, merge);
      }
    },
    close() {
      closeSync(descriptor);
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

function add(evidence: RowEvidence, more: RuleEvidence, merge: ReturnType<typeof signalMerger>): RowEvidence {
  const findings = [...evidence.findings, ...more.findings];
  return {...evidence, findings, signals: merge(evidence.signals, more.signals)};
}

/** Runs each group rule on its groups, in the order of their first records. */
async function visitGroups(
  {plan, request, rowReader, rowsPerChunk, kept}: Run,
  members: readonly ReadonlyMap<number, readonly number[]>[],
): Promise<Map<number, RuleEvidence>> {
  const said = new Map<number, RuleEvidence>();
  const recall = kept === undefined ? undefined : createRecall(kept, rowsPerChunk);
  const read = (row: number) => {
    const record = rowReader.read(row)!;
    recall?.recall(row, record);
    return record;
  };
  for (const [index, rule] of plan.groupRules.entries()) {
    const visit = createGroupRunner(plan, rule, said);
    for (const group of members[index]!.values()) {
      request.signal?.throwIfAborted();
      await visit(group, read);
    }
  }
  recall?.close();
  return said;
}
