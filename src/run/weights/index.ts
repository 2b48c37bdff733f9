import {renameSync, rmSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import type {SignalDeclaration} from '../../api.js';
import type {Config, WeightsSetting} from '../../config/config.js';
import type {Registry} from '../../config/registry.js';
import {weightsOf} from '../../config/weights.js';
import type {JudgedRow} from '../../engine/judge.js';
import type {TableReport} from '../../report/report.js';
import {RunError} from '../error.js';
import type {EvidenceLine} from '../sidecar.js';
import {createSink, type WrittenFile} from '../sink.js';
import {effectiveSize, splitDraws} from './clip.js';
import {weightsTable} from './table.js';

export const weightsName = 'weights.jsonl';

/** A line of `weights.jsonl`. */
export interface WeightLine {
  readonly row: number;
  readonly id: string;
  readonly hash: string;
  readonly path: string;
  readonly line: number;
  /** Null where it is not there; `reason` then says why. */
  readonly signal: number | null;
  readonly reason?: string;
  /** 1 on the mean of all lines: what a sampler, or a loss, multiplies by. */
  readonly weight: number;
}

/** Importance weights of the records of a run, which depend on each other: they are known at its end. */
export interface Weighing {
  row(row: JudgedRow): void;
  /** What came of it, for the report. Rows that are seen later are none of it. */
  table(): TableReport;
  /** Writes a line for each record that `row` saw, from the evidence of the same rows. */
  write(
    folder: string,
    name: string,
    evidence: Iterable<EvidenceLine> | AsyncIterable<EvidenceLine>,
  ): Promise<WrittenFile>;
}

/**
 * @throws RunError when the signal cannot be had, or is none from 0 to 1.
 */
export function createWeighing(config: Config, registry: Registry): Weighing {
  const setting = weightsOf(config);
  const {signal, power, draws, repeats, of, onAbstain} = setting;
  const {better} = requireSignal(setting, config, registry);
  /** By record: its weight; NaN where the signal does not apply. */
  const raw: number[] = [];
  /** Their rows. */
  const rows: number[] = [];
  const seen = {missing: 0, abstained: 0};
  let done: ReturnType<typeof weigh> | undefined;

  function weigh() {
    const known = raw.filter(weight => !Number.isNaN(weight));
    const mean = known.length === 0 ? 1 : known.reduce((sum, weight) => sum + weight, 0) / known.length;
    const others = onAbstain === 'mean' ? mean : 0;
    const weights = Float64Array.from(raw, weight => (Number.isNaN(weight) ? others : weight));
    const split = splitDraws(weights, draws * weights.length, repeats);
    const drawn = split.draws.reduce((sum, number) => sum + number, 0);
    const unit = drawn / weights.length;
    return {
      ...split,
      drawn,
      weights: unit === 0 ? split.draws : split.draws.map(number => Number((number / unit).toPrecision(12))),
      effective: effectiveSize(split.draws),
      unclipped: effectiveSize(weights),
    };
  }

  return {
    row({evidence, signals, verdict}) {
      if (evidence.malformed !== undefined || (of !== 'all' && verdict.verdict !== 'accept')) return;
      rows.push(evidence.row);
      const value = Object.hasOwn(signals, signal) ? signals[signal] : undefined;
      if (typeof value === 'number' && value >= 0 && value <= 1)
        raw.push((better === 'high' ? value : 1 - value) ** power);
      else if (typeof value === 'object' && value.absent === 'not-applicable') {
        seen.abstained++;
        raw.push(Number.NaN);
      } else {
        // Fails closed: what should be known of a record and is not, is not drawn.
        seen.missing++;
        raw.push(0);
      }
    },
    table() {
      done ??= weigh();
      return weightsTable(setting, better, {...done, ...seen});
    },
    async write(folder, name, evidence) {
      done ??= weigh();
      const {weights} = done;
      const sink = await createSink(folder, name);
      let at = 0;
      for await (const {row, signals, id, hash, path, line} of evidence) {
        // The verdicts of the evidence are those of its run, which may be judged again now.
        if (row !== rows[at]) continue;
        const value = Object.hasOwn(signals, signal) ? signals[signal] : undefined;
        const entry: WeightLine = {
          row,
          id,
          hash,
          path,
          line,
          signal: typeof value === 'number' ? value : null,
          ...(typeof value !== 'number' && {reason: value?.reason ?? 'no rule gives it for this record'}),
          weight: weights[at++]!,
        };
        await sink.write(`${JSON.stringify(entry)}\n`);
      }
      return {...(await sink.end()), records: at};
    },
  };
}

function requireSignal(
  {signal}: WeightsSetting,
  {rules, overrides}: Config,
  registry: Registry,
): SignalDeclaration {
  const sets = [rules, ...overrides.map(override => override.rules)];
  const giving = [...registry.rules.values()].filter(rule => Object.hasOwn(rule.signals ?? {}, signal));
  const on = giving.find(({id}) => sets.some(set => (set[id]?.level ?? 'off') !== 'off'));
  if (on === undefined) {
    const which = giving.map(({id}) => `\`${id}\``).join(' or ');
    throw new RunError(
      `\`--weights\` needs the signal \`${signal}\`, and no rule that is on gives it. ` +
        (which === '' ? 'Name another one in `weights.signal` of the config.' : `Switch on ${which}.`),
    );
  }
  const declared = on.signals![signal]!;
  const [low, high] = declared.range;
  if (low !== 0 || high !== 1)
    throw new RunError(
      `\`weights.signal\` is \`${signal}\`, which goes from ${low} to ${high}: weights need one from 0 to 1.`,
    );
  return declared;
}

/** Writes weights to a file of their own: whole, or not at all. */
export async function writeWeights(
  weighing: Weighing,
  file: string,
  evidence: AsyncIterable<EvidenceLine>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await weighing.write(dirname(temporary), basename(temporary), evidence);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}
