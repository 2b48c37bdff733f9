import {defineCorpusRule} from '../../src/api.js';
import {cohensKappa, fleissKappa, type Verdicts} from './kappa.js';
import {createVerdictReader, type VerdictOptions, verdictOptions} from './verdicts.js';

const readers = new WeakMap<object, ReturnType<typeof createVerdictReader>>();
function readerOf(options: VerdictOptions) {
  const reader = readers.get(options) ?? createVerdictReader(options);
  readers.set(options, reader);
  return reader;
}

function addTo(into: Verdicts, from: Verdicts, sign: 1 | -1): void {
  for (const [key, records] of from.items) into.items.set(key, (into.items.get(key) ?? 0) + sign * records);
  for (const at of [0, 1, 2, 3] as const) into.pairs[at] += sign * from.pairs[at];
}

export default defineCorpusRule({
  id: 'judge/agreement',
  summary: 'Measures how far several judges agree beyond chance.',
  why: 'A verdict is worth what other judges would have said too: judges that agree no more than chance judge nothing (Cohen 1960; Fleiss 1971). Ctx2Skill rests on one judge alone (arXiv:2604.27660).',
  advice: 'Under 0.4 write the rubrics anew, or take other judges; look at records on which they differ.',
  details:
    'A judge passes a record when all of its verdicts pass. `judge.kappa` is Cohen’s kappa for two judges, in their order in the record, and Fleiss’ for more, of the records that have as many judges as most have. Records with fewer than two judges, or with a verdict that cannot be read, are left out. It is not given where all judges always say the same thing: then chance agrees as well.',
  since: '0.2.0',
  recommended: 'off',
  version: 1,
  views: ['all'],
  options: verdictOptions,
  messages: {
    low: 'The judges agree little beyond chance: kappa {{kappa}} on {{records}} records',
  },
  measures: {'judge.kappa': 'Agreement of the judges beyond chance: 0 chance, 1 always.'},
  init: (): Verdicts => ({items: new Map(), pairs: [0, 0, 0, 0]}),
  observe(summary, {fields}, {options}) {
    const judges = readerOf(options)(fields);
    if (judges.length < 2 || judges.length > 100) return;
    if (judges.some(({verdicts}) => verdicts.length === 0 || verdicts.includes(undefined))) return;
    const passes = judges.map(({verdicts}) => verdicts.every(Boolean));
    const key = `${passes.filter(Boolean).length}:${passes.length}`;
    summary.items.set(key, (summary.items.get(key) ?? 0) + 1);
    if (passes.length === 2) summary.pairs[((passes[0] ? 0 : 2) + (passes[1] ? 0 : 1)) as 0 | 1 | 2 | 3]++;
  },
  merge: (into, from) => addTo(into, from, 1),
  subtract: (from, what) => addTo(from, what, -1),
  measure({items, pairs}, _, {report}) {
    const two = pairs.reduce((sum, count) => sum + count, 0);
    const all = [...items.values()].reduce((sum, count) => sum + count, 0);
    if (all === 0) return {};
    const {kappa, records} = two * 2 > all ? {kappa: cohensKappa(pairs), records: two} : fleissKappa(items);
    if (kappa < 0.4) report({messageId: 'low', data: {kappa, records}});
    return {'judge.kappa': {value: kappa}};
  },
  encode({items, pairs}) {
    const sorted = [...items].filter(([, records]) => records !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
    return new TextEncoder().encode(JSON.stringify([sorted, pairs]));
  },
  decode(bytes) {
    const [items, pairs] = JSON.parse(new TextDecoder().decode(bytes)) as [
      [string, number][],
      Verdicts['pairs'],
    ];
    return {items: new Map(items), pairs};
  },
});
