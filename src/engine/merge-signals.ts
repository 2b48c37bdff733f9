import type {Rule, SignalValue} from '../api.js';

type Signals = Readonly<Record<string, SignalValue>>;

/**
 * What two rules say of one record, where both give a signal (the vote within a record and that over a prompt,
 * say). One that abstains has no say. Else the worse counts, as a gate would refuse it in either case: missing
 * before any number, and of numbers the one at the bad end.
 */
export function signalMerger(rules: Iterable<Rule>): (one: Signals, other: Signals) => Signals {
  const lowIsGood = new Set<string>();
  for (const {signals = {}} of rules)
    for (const [name, {better}] of Object.entries(signals)) if (better === 'low') lowIsGood.add(name);

  function worse(name: string, one: SignalValue, other: SignalValue): SignalValue {
    if (typeof one === 'object') return one.absent === 'missing' ? one : other;
    if (typeof other === 'object') return other.absent === 'missing' ? other : one;
    return lowIsGood.has(name) ? Math.max(one, other) : Math.min(one, other);
  }

  return (one, other) => {
    const merged: Record<string, SignalValue> = {...one};
    for (const [name, value] of Object.entries(other))
      merged[name] = Object.hasOwn(one, name) ? worse(name, one[name]!, value) : value;
    return merged;
  };
}
