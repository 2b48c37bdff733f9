import {setImmediate} from 'node:timers/promises';
import type {RecordRef, SignalValue} from '../api.js';
import type {RawFinding, Reason} from '../engine/evidence.js';
import type {JudgedRow} from '../engine/judge.js';
import {type Channel, createChannel} from './channel.js';

/** A record with its verdict. Provisional until `round()` has passed. */
export interface JudgedRecord<R> {
  /** The very object that was handed in. */
  readonly record: R;
  /** `malformed`: not an object, not plain data, or nothing in it that could be trained on. */
  readonly verdict: 'accept' | 'quarantine' | 'reject' | 'malformed';
  /** What each gate that did not accept says, and what is wrong with a malformed record. */
  readonly reasons: readonly Reason[];
  readonly findings: readonly RawFinding[];
  /** Findings that do not count, by a waiver, a decision or the baseline; absent where there are none. */
  readonly waived?: readonly RawFinding[];
  /** By name, what rules measured on the record: a number, or why there is none. */
  readonly signals: Readonly<Record<string, SignalValue>>;
  /** How the report names it: its id, and as `line` its position in the round, from 1. */
  readonly ref: RecordRef;
}

/** A record that was taken. */
export interface Added {
  /** Its length as JSON, in UTF-16 code units. */
  readonly size: number;
  /** Resolves when there is room for the next. */
  readonly room: Promise<void>;
}

/** Where judged records come from: the scan of one round. */
export interface Intake {
  /** Adds a record, of which `deliver` gets the verdict, later. Throws when the record is not taken. */
  add(record: unknown, deliver: (row: JudgedRow) => void): Added;
  /** Lets what was added be judged at once. */
  flush(): void;
  /** Takes part in the round: `ready` is failed when that ends early. Throws when another call does. */
  enter(ready: Pick<Channel<object>, 'fail'>): void;
  leave(): void;
  /** Throws what ended the round early. */
  check(): void;
}

/** Records that may be read ahead of the consumer, and the length of their JSON. */
const readAhead = 4096;
const readAheadSize = 8 << 20;

/**
 * Feeds records in and hands judged ones out at the same time. When the source throws, what it gave before
 * is handed out first. When the consumer leaves, what was read ahead stays in the round.
 */
export async function* judge<R>(
  records: Iterable<R> | AsyncIterable<R>,
  intake: Intake,
): AsyncGenerator<JudgedRecord<R>, void, undefined> {
  const ready = createChannel<{judged: JudgedRecord<R>; size: number}>(Number.POSITIVE_INFINITY);
  const source = each(records);
  /** Records that were read and are not with the consumer. */
  let open = 0;
  let openSize = 0;
  /** Records that were read and have no verdict. */
  let unjudged = 0;
  let reading = false;
  let left = false;
  let makeRoom: (() => void) | undefined;
  let close: (() => void) | undefined;

  async function feed(): Promise<void> {
    for (;;) {
      while (!left && (open >= readAhead || openSize >= readAheadSize)) {
        await new Promise<void>(resolve => {
          makeRoom = resolve;
        });
      }
      if (left) return;
      reading = true;
      const next = await source.next();
      reading = false;
      if (next.done || left) return;
      const record = next.value;
      const {size, room} = intake.add(record, row => {
        ready.push({judged: toJudged(record, row), size}).catch(() => {}); // Failed: nobody waits for it.
        if (--unjudged === 0) close?.();
      });
      open++;
      openSize += size;
      unjudged++;
      await room;
    }
  }

  /** Ends what is handed out, once all that was read has its verdict. */
  function closeWith(end: () => void): void {
    intake.flush();
    close = end;
    if (unjudged === 0) end();
  }

  intake.enter(ready);
  try {
    feed().then(
      () => closeWith(ready.end),
      error => closeWith(() => ready.fail(error)),
    );
    for (let item = await ready.next(); item !== undefined; item = await ready.next()) {
      intake.check();
      open--;
      openSize -= item.size;
      makeRoom?.();
      yield item.judged;
    }
  } finally {
    left = true;
    makeRoom?.();
    intake.leave();
    const returned = source.return(undefined);
    // A source that waits for its next record ends when that comes, which may be never.
    await (reading ? Promise.race([returned, setImmediate()]) : returned);
  }
}

async function* each<R>(records: Iterable<R> | AsyncIterable<R>): AsyncGenerator<R> {
  for await (const record of records) yield record;
}

function toJudged<R>(record: R, {evidence, findings, waived, signals, verdict}: JudgedRow): JudgedRecord<R> {
  const {id, hash, place, malformed} = evidence;
  const ref = {id, path: place.path, line: place.line, ...(hash && {hash})};
  if (malformed === undefined) {
    const {verdict: said, reasons} = verdict;
    return {record, verdict: said, reasons, findings, ...(waived && {waived}), signals, ref};
  }
  const reasons: Reason[] = [{gate: 'malformed', verdict: 'reject', message: malformed}];
  return {record, verdict: 'malformed', reasons, findings: [], signals: {}, ref};
}
