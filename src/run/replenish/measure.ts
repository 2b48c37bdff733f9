import {join} from 'node:path';
import type {Config} from '../../config/config.js';
import type {Loaded} from '../../config/load.js';
import type {Registry} from '../../config/registry.js';
import type {Input} from '../../corpus/input.js';
import {openInput} from '../../corpus/open.js';
import {scan} from '../../engine/scan.js';
import type {Reference} from '../../profile/reference.js';
import type {Measure} from '../../report/report.js';
import type {RunOptions} from '../check.js';
import {RunError} from '../error.js';
import {threadsFor} from '../threads.js';
import {recordsName} from './write.js';

/** A measure of the round by itself, and with the records that were added. */
export interface MixMeasure {
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly reference: number | null;
}

/** Takes all measures of the corpus rules that are on, before and after. Nothing is judged. */
export async function compareMix(
  {config, registry}: Loaded,
  inputs: readonly Input[],
  references: readonly Reference[],
  folder: string,
  added: number,
  {cwd, concurrency, signal}: RunOptions,
): Promise<MixMeasure[]> {
  const request = {
    config: measuringConfig(config, registry),
    registry,
    references: references.map(reference => ({role: reference.role, open: async () => reference})),
    cwd,
    threads: threadsFor(
      inputs.reduce((sum, {bytes}) => sum + bytes, 0),
      concurrency,
    ),
    signal,
  };
  const before = await scan({...request, inputs});
  if (added === 0) return together(before.measures, before.measures);
  const file = await openInput(join(folder, recordsName), {spoolDir: folder, cwd});
  const after = await scan({...request, inputs: [...inputs, file]});
  const unread = after.tally.totals.malformed - before.tally.totals.malformed;
  if (unread > 0) {
    throw new RunError(
      `${unread} of ${added} records of the reference have no text the way the fields of the round are mapped: together they ` +
        'cannot be trained on as they are. Nothing was written. Bring both to one shape, then build the profile again.',
    );
  }
  return together(before.measures, after.measures);
}

type Measures = Readonly<Record<string, Measure>>;

function together(before: Measures, after: Measures): MixMeasure[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter(name => (before[name] ?? after[name])!.view === 'all')
    .map(name => ({
      name,
      before: before[name]?.value ?? null,
      after: after[name]?.value ?? null,
      reference: (after[name] ?? before[name])!.reference ?? null,
    }));
}

function measuringConfig(config: Config, registry: Registry): Config {
  const rules = Object.fromEntries(
    Object.entries(config.rules).map(([id, setting]) => {
      const measures = registry.rules.get(id)?.kind === 'corpus';
      return [id, measures ? setting : ({...setting, level: 'off'} as const)];
    }),
  );
  const gates = Object.fromEntries(
    Object.entries(config.gates).map(([id, setting]) => [id, {...setting, enabled: false}]),
  );
  return {...config, rules, gates};
}
