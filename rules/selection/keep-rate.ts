import {type Cell, defineCorpusRule, type MeasureValue, type Table} from '../../src/api.js';
import {type KeepRatio, type Kept, keepRatio, leastRatio, zOfMany} from '../statistics/keep-rates.js';
import {wilson} from '../statistics/proportions.js';
import {purityOf} from '../statistics/purity.js';
import {
  addCounts,
  countRecord,
  decodeCounts,
  emptyCounts,
  encodeCounts,
  type SelectionCounts,
} from './counts.js';

interface SourceKept extends Kept, KeepRatio {
  readonly source: string;
}

export default defineCorpusRule({
  id: 'selection/keep-rate',
  summary:
    'Measures what record gates let through: of all records, of each source, of correct and of wrong ones.',
  why: 'A gate can be worse than no gate: one that keeps what is closest to a partial reference collapsed a model that was stable without it (arXiv:2606.13732). What it does has to be measured, not assumed.',
  advice:
    'Look at the measures of each gate (`@gate:…`) to see which one it is. A gate that keeps wrong records at a higher rate than correct ones makes the round worse: switch it off, or change its limit.',
  details:
    'Only where a record gate refused something. Looks at the records that no duplicate rule flagged, as dropping repeats is no bias; measures all gates together (`@accepted`) and each one alone (`@gate:…`).\n\n`selection.kept` is the share of them that was let through. `selection.worst-source` is the least keep-rate of a source over that of all records, among sources of at least `records` records, with an interval that holds for all of them at once. It is reported, not judged: sources differ in quality, and a gate may well be meant to prefer one. At most 128 sources are counted, of more a sample by name.\n\nWhere records have a field that says whether they are correct, named by `label`, or else a rule that is on gives the signal `correct` (agreement/samples with `truth`): `selection.keep-correct` (φ) and `selection.keep-wrong` (ψ), `selection.purity-before`, and `selection.purity`, the share of correct records among those kept, p φ / (p φ + (1 − p) ψ) for a share p before. `selection.purity-gain` is purity after less purity before; it is above 0 exactly when φ > ψ, and its interval is that of the ratio of the two. Labels are taken at their word: when the gate reads the same judge that made them, they prove nothing.',
  since: '0.2.0',
  recommended: 'warn',
  version: 1,
  views: [],
  options: {
    records: {
      type: 'integer',
      minimum: 1,
      default: 50,
      description: 'Records that a source must have for its keep-rate to be compared.',
    },
    label: {
      type: 'string',
      default: 'correct',
      description: 'Field that says whether a record is correct: `true` or `false`. Others are not counted.',
    },
  },
  messages: {
    impure:
      '{{gates}} {{keep}} wrong records at {{psi}} % and correct ones at {{phi}} %: {{after}} % of what is left is correct, {{before}} % was before',
  },
  measures: {
    'selection.kept': {description: 'Share of the distinct records that was let through.', unit: 'share'},
    'selection.worst-source':
      'Least keep-rate of a source over that of all records: 1 when gates let all sources through alike.',
    'selection.keep-correct': {
      description: 'Share of the correct records that was let through.',
      unit: 'share',
    },
    'selection.keep-wrong': {description: 'Share of the wrong records that was let through.', unit: 'share'},
    'selection.purity-before': {
      description: 'Share of correct records before, of those that are known.',
      unit: 'share',
    },
    'selection.purity': {description: 'Share of correct records among those let through.', unit: 'share'},
    'selection.purity-gain': 'Share of correct records among those let through, less that before.',
  },
  init: emptyCounts,
  observe(counts, record, {options, feature}) {
    countRecord(counts, record.source, feature(record, 'row').field(options.label));
  },
  merge: (into, from) => addCounts(into, from),
  subtract: (from, what) => addCounts(from, what, -1),
  measure: () => ({}),
  compare({before, after, gate, labels}, {options, report, table}) {
    if (before.records === 0) return {};
    const measures: Record<string, MeasureValue> = {
      'selection.kept': {
        value: after.records / before.records,
        interval: wilson(after.records, before.records),
      },
    };
    const sources = keptBySource(before, after, options.records);
    const worst = leastRatio(sources);
    if (worst !== undefined && after.records > 0) {
      measures['selection.worst-source'] = worst;
      table(sourcesTable(sources, after.records / before.records));
    }
    // What the data says of itself goes before what a rule worked out.
    const known = before.correct + before.wrong > 0 || labels === undefined ? {before, after} : labels;
    const purity = purityOf(
      {before: known.before.correct, after: known.after.correct},
      {before: known.before.wrong, after: known.after.wrong},
    );
    if (purity === undefined) return measures;
    const [low, high] = purity.after.interval;
    const gain = {
      value: purity.after.value - purity.before,
      interval: [low - purity.before, high - purity.before] as const,
    };
    if (high <= purity.before) {
      const percent = (share: number) => Math.round(1000 * share) / 10;
      const who =
        gate === undefined ? {gates: 'The gates', keep: 'keep'} : {gates: `The gate ${gate}`, keep: 'keeps'};
      const shares = {
        phi: purity.phi.value,
        psi: purity.psi.value,
        after: purity.after.value,
        before: purity.before,
      };
      report({
        messageId: 'impure',
        data: {
          ...who,
          phi: percent(shares.phi),
          psi: percent(shares.psi),
          after: percent(shares.after),
          before: percent(shares.before),
        },
      });
    }
    return {
      ...measures,
      'selection.keep-correct': purity.phi,
      'selection.keep-wrong': purity.psi,
      'selection.purity-before': {value: purity.before, interval: purity.beforeInterval},
      'selection.purity': purity.after,
      'selection.purity-gain': gain,
    };
  },
  encode: encodeCounts,
  decode: decodeCounts,
});

/** The least kept first. */
function keptBySource(before: SelectionCounts, after: SelectionCounts, least: number): SourceKept[] {
  const all = {before: before.records, after: after.records};
  const large = [...before.sources].filter(([, records]) => records >= least);
  const z = zOfMany(large.length);
  return large
    .map(([source, records]) => {
      const kept = {before: records, after: after.sources.get(source) ?? 0};
      return {source, ...kept, ...keepRatio(kept, all, z)};
    })
    .sort((a, b) => a.ratio - b.ratio || b.before - a.before || (a.source < b.source ? -1 : 1));
}

function sourcesTable(sources: readonly SourceKept[], mean: number): Table {
  return {
    id: 'selection.sources',
    title: 'Sources, and what gates let through of them',
    note: 'Distinct records by their source, the least kept first. The mark is the mean of all records. Reported, not judged: a source may deserve it.',
    columns: [
      {id: 'source', title: 'Source'},
      {id: 'records', title: 'Records'},
      {id: 'rate', title: 'Let through', unit: 'share'},
      {id: 'interval', title: '95 % interval', unit: 'share'},
      {id: 'mean', title: 'Of all records', unit: 'share'},
    ],
    rows: sources.map(({source, before, rate, interval}): Cell[] => [source, before, rate, interval, mean]),
    picture: {kind: 'bars', label: 'source', value: 'rate', interval: 'interval', reference: 'mean'},
  };
}
