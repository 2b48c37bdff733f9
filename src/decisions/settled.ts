import type {Decision} from './decision.js';

/**
 * What holds for one record, from all that was decided about it. Rows with the same bytes share it: a `reject`
 * or `accept` that a duplicate rule brought up is about the repeat, so it counts only for rows on which that
 * rule reports something, and never for the copy that stays.
 */
export interface Settled {
  /** The record's verdict by a person; undefined where nobody gave one, or reviewers disagree. */
  readonly verdict?: Decision & {readonly decision: 'accept' | 'reject'};
  /** By rule: why its findings do not count. */
  readonly waived: ReadonlyMap<string, Decision>;
  /** Standing decisions of reviewers who disagree, the newest last. Nobody wins: people have to talk. */
  readonly conflict: readonly Decision[];
}

/** What holds, by record hash. Records about which everything was undone are not in it. */
export type SettledDecisions = ReadonlyMap<string, Settled>;

/**
 * Each reviewer's last word counts: on the record as a whole for `accept` and `reject`, on each rule for
 * `waive`. Lines are taken in the order of their times, those of one time in the order of the file, so that
 * two people's files give the same however git merged them.
 */
export function settle(decisions: readonly Decision[]): SettledDecisions {
  const verdicts = new Map<string, Map<string, Decision>>();
  const waivers = new Map<string, Map<string, Decision>>();
  for (const decision of inOrder(decisions)) {
    const {hash, who, rule} = decision;
    const ofRecord = inner(verdicts, hash);
    const ofRules = inner(waivers, hash);
    const key = `${who}\n${rule}`;
    if (decision.decision === 'waive') ofRules.set(key, decision);
    else if (decision.decision !== 'undo') ofRecord.set(who, decision);
    else {
      ofRules.delete(key);
      if (ofRecord.get(who)?.rule === rule) ofRecord.delete(who);
    }
  }
  const settled = new Map<string, Settled>();
  for (const [hash, byWho] of verdicts) {
    const words = [...inOrder([...byWho.values()])];
    const agree = new Set(words.map(({decision}) => decision)).size === 1;
    const waived = new Map([...waivers.get(hash)!.values()].map(decision => [decision.rule, decision]));
    if (words.length === 0 && waived.size === 0) continue;
    settled.set(hash, {
      ...(agree && {verdict: words.at(-1) as NonNullable<Settled['verdict']>}),
      waived,
      conflict: agree ? [] : words,
    });
  }
  return settled;
}

function inOrder(decisions: readonly Decision[]): Decision[] {
  const times = new Map(decisions.map(decision => [decision, Date.parse(decision.when)]));
  return [...decisions].sort((a, b) => times.get(a)! - times.get(b)!);
}

function inner<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  map.set(key, made);
  return made;
}
