import {tmpdir} from 'node:os';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {targetsOf} from '../../src/calibrate/targets.js';
import {loadConfig} from '../../src/config/load.js';

const load = (config: object) => loadConfig({cwd: tmpdir(), config});
const {registry} = await load({});
const declared = new Map([...registry.rules.values()].flatMap(({signals = {}}) => Object.entries(signals)));
const gates = [...registry.gates.values()].flatMap(gate =>
  gate.scope === 'record' ? (gate.limits ?? []).map(limit => ({gate, limit})) : [],
);

describe('limits of bundled rules and gates', () => {
  it('name signals and numbers that there are', () => {
    for (const {limits = [], options} of [...registry.rules.values(), ...gates.map(({gate}) => gate)]) {
      for (const {signal, option, when = {}} of limits) {
        expect(declared.has(signal), signal).toBe(true);
        expect(['number', 'integer']).toContain(options[option]?.type);
        for (const [name, value] of Object.entries(when))
          expect(options[name]).toMatchObject({enum: expect.arrayContaining([value])});
      }
    }
  });

  it.each(
    gates.map(({gate, limit}) => [`${gate.id} ${limit.option} of ${limit.signal}`, gate, limit] as const),
  )(
    'are those that the gate judges by: %s',
    (_, gate, {signal, option, of = 'value', inclusive = of === 'rest', bad, when}) => {
      const good = Object.fromEntries(
        [...gate.signals, ...(gate.optionalSignals ?? [])].map(name => [
          name,
          declared.get(name)!.better === 'high' ? Math.min(100, declared.get(name)!.range[1]) : 0,
        ]),
      );
      const defaults = Object.fromEntries(
        Object.entries(gate.options).map(([name, schema]) => [name, schema.default]),
      );
      const high = (bad ?? (declared.get(signal)!.better === 'low' ? 'high' : 'low')) === 'high';
      const tenths = fc
        .integer({min: 0, max: 10})
        .map(n => (gate.options[option]!.type === 'integer' ? n : n / 10));
      fc.assert(
        fc.property(tenths, tenths, (value, limit) => {
          const held = of === 'rest' ? 1 - value : value;
          const beyond = high === (of === 'value') ? held > limit : held < limit;
          const {pass} = gate.judge({...good, [signal]: value}, {...defaults, ...when, [option]: limit}) as {
            pass: boolean;
          };
          expect(pass).toBe(!(beyond || (inclusive && held === limit)));
        }),
        {seed: 1},
      );
    },
  );

  it('are those of the mode that a gate is in', async () => {
    const signals = new Set(['entailment', 'entailment.mean', 'entailment.contradiction', 'judge']);
    const found = async (entailment: object, judge: object) => {
      const loaded = await load({gates: {entailment, judge}});
      return targetsOf(loaded.registry, loaded.config, signals).map(
        target => `${target.id}.${target.option} ${target.signal}`,
      );
    };
    expect(await found({}, {})).toEqual(['entailment.minimum entailment']);
    expect(await found({over: 'mean'}, {need: 'fraction'})).toEqual(
      expect.arrayContaining(['entailment.minimum entailment.mean', 'judge.minimum judge']),
    );
    expect(await found({mode: 'not-contradicted'}, {})).toEqual([
      'entailment.contradiction entailment.contradiction',
    ]);
  });

  it('set an option once where two signals are held against it', async () => {
    const {config} = await load({gates: {novelty: {}}});
    const both = new Set(['novelty.embedding', 'novelty.semantic']);
    expect(targetsOf(registry, config, both).map(({signal}) => signal)).toEqual(['novelty.embedding']);
    expect(targetsOf(registry, config, new Set(['novelty.semantic'])).map(({signal}) => signal)).toEqual([
      'novelty.semantic',
    ]);
  });
});
