import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import rules from '../../rules/index.js';
import {missing, notApplicable, type RecordGate, type SignalValue, type Verdict} from '../../src/api.js';
import type {ActiveRecordGate} from '../../src/engine/gates.js';
import {judgeRecord} from '../../src/engine/gates.js';
import gates from '../../src/gates/index.js';

const recordGates = gates.filter((gate): gate is RecordGate => gate.scope === 'record');
const ref = {id: 'r', path: 'round.jsonl', line: 1};

const ranges = new Map(rules.flatMap(({signals = {}}) => Object.entries(signals)));
/** A number that the signal can have; counts of findings come from the findings themselves. */
function numberOf(name: string): fc.Arbitrary<number> {
  const [low, high] = ranges.get(name)?.range ?? [0, 1];
  return fc.double({min: Math.max(low, -1e6), max: Math.min(high, 1e6), noNaN: true});
}

/** What cannot be judged by: gone, said to be gone, or no number. */
const unusable = fc.constantFrom<SignalValue | undefined>(
  undefined,
  missing('lost'),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  'high' as never,
  null as never,
);

function active(gate: RecordGate, onAbstain?: Verdict, or?: Verdict): ActiveRecordGate {
  const defaults = Object.fromEntries(
    Object.entries(gate.options).map(([name, option]) => [name, option.default]),
  );
  const options = {...defaults, else: or ?? gate.else, onAbstain: onAbstain ?? gate.onAbstain};
  return {gate, options, optional: gate.optionalSignals ?? [], duplicates: false};
}

const named = ({signals, optionalSignals = []}: RecordGate) =>
  [...signals, ...optionalSignals].filter(name => !name.startsWith('findings.'));

describe.each(recordGates.filter(gate => named(gate).length > 0).map(gate => [gate.id, gate] as const))(
  '%s',
  (_, gate) => {
    const names = named(gate);
    const all = fc.record(Object.fromEntries(names.map(name => [name, numberOf(name)])));
    const judge = (signals: Record<string, unknown>, onAbstain?: Verdict, or?: Verdict) =>
      judgeRecord([active(gate, onAbstain, or)], [], signals as Record<string, SignalValue>, ref);

    test('a signal that is missing or no number never accepts, and is named', () => {
      const verdicts = fc.constantFrom<Verdict>('quarantine', 'reject');
      fc.assert(
        fc.property(all, fc.constantFrom(...names), unusable, verdicts, (signals, name, value, or) => {
          const {verdict, reasons} = judge({...signals, [name]: value}, 'accept', or);
          expect(verdict).toBe(or);
          // One that refuses without it may have another to name.
          expect(reasons[0]!.message).toMatch(/^signal `|^no rule that is on/);
        }),
      );
    });

    test('one that does not apply gives the verdict of `onAbstain`, where it has to be judged by', () => {
      const silent = notApplicable('too short');
      const [required] = gate.signals;
      const abstaining =
        required === undefined
          ? fc.constant(Object.fromEntries(names.map(name => [name, silent])))
          : all.map(signals => ({...signals, [required]: silent}));
      fc.assert(
        fc.property(
          abstaining,
          fc.constantFrom<Verdict>('accept', 'quarantine', 'reject'),
          (signals, onAbstain) => {
            expect(judge(signals, onAbstain).verdict).toBe(onAbstain);
          },
        ),
      );
    });

    test('whatever the numbers are, it accepts or gives its `else`, and says why', () => {
      fc.assert(
        fc.property(all, signals => {
          const {verdict, reasons} = judge(signals);
          expect([verdict, reasons.length]).toEqual(verdict === 'accept' ? ['accept', 0] : [gate.else, 1]);
          for (const {message} of reasons) expect(message).not.toMatch(/undefined|NaN/);
        }),
      );
    });
  },
);

test('gates that read only findings are judged by those', () => {
  const others = recordGates.filter(gate => named(gate).length === 0);
  expect(others.map(({id}) => id)).toEqual(['findings']);
});
