import {counted} from '../../report/numbers.js';
import {supportsUnicode} from '../../report/style.js';

/** What progress needs of a stream: `process.stderr` has it. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface ProgressOptions {
  readonly stream: ProgressStream;
  /** Bytes to read in all; undefined when that is not known. */
  readonly total: number | undefined;
  readonly quiet: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

export interface Progress {
  /** How far it is: bytes and records read since the start. */
  update(bytes: number, records: number): void;
  /** Takes the bar away. May be called more than once. */
  done(): void;
}

const redrawEvery = 100;
const lineEvery = 30_000;
/** Rates of the first moments say nothing. */
const settled = 1000;

/** A bar that redraws in place on a terminal; a line every 30 seconds in a log; nothing when quiet. */
export function createProgress({stream, total, quiet, env, now}: ProgressOptions): Progress {
  if (quiet) return {update() {}, done() {}};
  const inPlace = Boolean(stream.isTTY) && !isCI(env) && env.TERM !== 'dumb';
  const marks = supportsUnicode(env) ? ['━', '─'] : ['#', '-'];
  const start = now();
  const every = inPlace ? redrawEvery : lineEvery;
  let last = start;
  let drawn = false;

  return {
    update(bytes, records) {
      const time = now();
      if (time - last < every) return;
      last = time;
      const facts = describe(bytes, records, total, time - start);
      if (!inPlace) {
        stream.write(`collapse: ${facts.join(', ')}\n`);
        return;
      }
      // The last column stays free: some terminals wrap as soon as it is written.
      const width = (stream.columns ?? 80) - 1;
      stream.write(`\r${layout(share(bytes, total), facts, width, marks)}\x1b[K`);
      drawn = true;
    },
    done() {
      if (drawn) stream.write('\r\x1b[K');
      drawn = false;
    },
  };
}

function isCI({CI}: ProgressOptions['env']): boolean {
  return Boolean(CI) && CI !== 'false' && CI !== '0';
}

/** In [0, 1]: a file may grow while it is read. */
function share(bytes: number, total: number | undefined): number | undefined {
  return total ? Math.min(1, bytes / total) : undefined;
}

function describe(bytes: number, records: number, total: number | undefined, elapsed: number): string[] {
  const done = share(bytes, total);
  const seconds = elapsed / 1000;
  const facts = [
    done === undefined ? size(bytes) : `${Math.floor(done * 100)} %`,
    counted(records, 'record'),
  ];
  if (elapsed < settled || bytes === 0) return facts;
  facts.push(`${size(bytes / seconds)}/s`, `${counted(Math.round(records / seconds), 'record')}/s`);
  if (done !== undefined) facts.push(`ETA ${duration((seconds * (1 - done)) / done)}`);
  return facts;
}

/** Which facts go first where they leave no room for a bar: the amount, then the rates, then the time left. */
const expendable = [1, 3, 2, 4];
const shortestBar = 8;

function layout(
  done: number | undefined,
  facts: readonly string[],
  width: number,
  [full = '', empty = '']: readonly string[],
): string {
  const least = done === undefined ? 0 : shortestBar + 2;
  const text = (dropped: number) =>
    facts.filter((_, at) => !expendable.slice(0, dropped).includes(at)).join('  ');
  let dropped = 0;
  while (dropped < expendable.length && text(dropped).length + least > width) dropped += 1;
  const kept = text(dropped);
  const room = Math.min(30, width - kept.length - 2);
  if (done === undefined || room < shortestBar) return kept.slice(0, Math.max(0, width));
  const filled = Math.floor(done * room);
  return `${full.repeat(filled)}${empty.repeat(room - filled)}  ${kept}`;
}

function size(bytes: number): string {
  if (bytes < 1e3) return `${Math.round(bytes)} B`;
  const [unit, divisor] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
  return `${(bytes / (divisor as number)).toFixed(1)} ${unit}`;
}

/** `0:07`, `12:30`, `3:05:00`. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
