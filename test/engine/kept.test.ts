import {readdirSync} from 'node:fs';
import {afterEach, expect, test, vi} from 'vitest';
import {type CorpusRecord, defineCorpusRule, defineGroupRule, definePlugin} from '../../src/api.js';
import {loadConfig} from '../../src/config/load.js';
import {scan} from '../../src/engine/scan.js';
import {openInputs} from '../../src/run/inputs.js';
import {folder} from './rounds.js';

afterEach(() => vi.unstubAllEnvs());

const about = {why: 'For tests.', advice: 'None.', since: '0.0.0', recommended: 'off', options: {}} as const;
type Given = {readonly entailment: number};
const given = (feature: unknown) => feature as unknown as Given;

/** A provider that never gives the same value twice, a group rule and a corpus rule that look at it. */
function plugin() {
  const asked: string[] = [];
  const seen = {groups: new Map<string, number>(), views: new Map<string, number>()};
  const groups = defineGroupRule({
    ...about,
    id: 'kept/groups',
    summary: 'Looks at a feature.',
    messages: {value: '{{value}}'},
    examples: {pass: [], fail: []},
    needs: ['entailment'],
    key: ({fields}) => String(fields.group),
    create:
      ({feature}) =>
      ({records}) => {
        for (const record of records)
          seen.groups.set(record.id, given(feature(record, 'entailment')).entailment);
      },
  });
  const views = defineCorpusRule({
    ...about,
    id: 'kept/views',
    summary: 'Looks at a feature.',
    needs: () => ['entailment'],
    version: 1,
    views: ['all', 'accepted'],
    measures: {'kept.sum': 'Sum'},
    init: () => ({sum: 0}),
    observe(summary, record, {feature}) {
      const {entailment} = given(feature(record, 'entailment'));
      seen.views.set(record.id, entailment);
      summary.sum += entailment;
    },
    merge(into, from) {
      into.sum += from.sum;
    },
    measure: ({sum}) => ({'kept.sum': {value: sum}}),
    encode: ({sum}) => new TextEncoder().encode(String(sum)),
    decode: bytes => ({sum: Number(new TextDecoder().decode(bytes))}),
  });
  const provide = async (records: readonly CorpusRecord[]) =>
    records.map(({id}) => ({entailment: asked.push(id), vector: Float32Array.of(asked.length)}));
  const made = definePlugin({
    name: 'kept',
    rules: [groups, views],
    providers: {entailment: {batch: 4, provide: provide as never}},
  });
  return {made, asked, seen};
}

const words = (id: number) => `r${id}a r${id}b r${id}c r${id}d r${id}e r${id}f`;
const rows = Array.from({length: 60}, (_, at) => ({id: `r${at}`, text: words(at % 50), group: at % 7}));

test.each([1, 300, 1 << 20])(
  'a provider is asked once for each record, in chunks of %i bytes',
  async chunkBytes => {
    const {made, asked, seen} = plugin();
    const temporary = folder();
    vi.stubEnv('TMPDIR', temporary);
    const cwd = folder({'a.jsonl': rows.slice(0, 20), 'b.jsonl': rows.slice(20)});
    const config = {
      rules: {'*': 'off', 'kept/*': 'warn', 'duplicate/exact': 'error'},
      gates: {findings: 'on'},
    } as const;
    const loaded = await loadConfig({cwd, config, plugins: [made]});
    const {inputs} = await openInputs(['.'], {cwd, root: cwd, ignore: []});
    const {measures, tally} = await scan({...loaded, inputs, references: [], cwd, threads: 0, chunkBytes});

    expect(asked.toSorted()).toEqual(rows.map(({id}) => id).toSorted());
    // The second and third pass saw what the first one was given, though the provider would give another now.
    const first = new Map(asked.map((id, at) => [id, at + 1]));
    expect(seen.groups).toEqual(first);
    expect(tally.totals.accepted).toBe(50);
    const kept = rows.slice(0, 50).map(({id}) => first.get(id)!);
    expect(measures['kept.sum@accepted']?.value).toBe(kept.reduce((sum, value) => sum + value, 0));
    expect(readdirSync(temporary).filter(name => name.startsWith('collapse-features-'))).toEqual([]);
  },
);
