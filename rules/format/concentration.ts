import {defineCorpusRule} from '../../src/api.js';
import {jensenShannon, normalisedEntropy} from '../statistics/entropy.js';
import {differenceOfShares, wilson} from '../statistics/proportions.js';
import {comparable, count, countsMonoid, fromPlain, numbersOf, plainCounts} from './counts.js';
import {addModels, countModel, fromPlainModels, type ModelCounts, plainModels} from './models.js';
import {formatNames, recordFormat, sharedOptions} from './options.js';
import {modelsTable, sharesTable} from './tables.js';
import {largest, percent} from './words.js';

export default defineCorpusRule({
  id: 'format/concentration',
  summary:
    'Measures which structural formats the answers have, and flags a round that runs into one of them.',
  why: 'Trained on its own answers a model locks into one of the formats of its training data within a few steps, and which one that is depends on its scale, not on what is right (arXiv:2504.07912).',
  advice:
    'Look at the table `format.shares` for what has grown and at `format.models` for where it comes from. Sample from other models or prompts, or ask for the formats that are missing.',
  details:
    'Each answer (the response, else the text) has one structural format: `json`, `tags`, `code-fence`, `function`, `latex`, `table`, `headed`, `numbered`, `bullets` or `prose`; `docs/methods.md` defines them and says which one a mixed answer has. `format.p-max` is the share of the most frequent one, `format.rise` how much larger that is than in the reference, `format.entropy` the entropy of the shares over its largest value (1: all formats are equally frequent), `format.divergence` the Jensen-Shannon divergence to the reference in bits (0: the same shares, 1: nothing in common); both are corrected for the size of the samples. The rule reports when the rise exceeds `step` with 95 % confidence, on what was accepted. It does not see what an answer says, nor formats inside a block quote.',
  since: '0.2.0',
  recommended: 'warn',
  on: 'response',
  version: 1,
  sampled: true,
  views: ['all', 'accepted'],
  options: {
    step: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.1,
      description: 'How much the share of the most frequent format may exceed that of the reference.',
    },
    ...sharedOptions,
  },
  messages: {
    risen:
      '{{share}} of the accepted answers are of the format `{{format}}`; in the reference the most frequent one, `{{usual}}`, has {{before}}. The rise is at least {{least}}, and {{step}} is allowed',
    otherwise:
      'The formats of the reference were told apart by other `patterns`, so they are not compared: build its profile again with this config',
  },
  measures: {
    'format.p-max': {description: 'Share of the most frequent structural format.', unit: 'share'},
    'format.rise': {
      description:
        'Share of the most frequent format less that of the most frequent one of the reference, from -1 to 1.',
    },
    'format.entropy': {
      description: 'Entropy of the shares of formats over its largest value: 0 one format only, 1 all alike.',
    },
    'format.divergence': {
      description:
        'Jensen-Shannon divergence of the shares of formats to those of the reference, from 0 to 1.',
      unit: 'bits',
    },
  },
  init: () => ({counts: countsMonoid.init(), models: new Map() as ModelCounts}),
  observe({counts, models}, record, context) {
    const format = recordFormat(record, context);
    count(counts, format, context.options);
    if (record.generator !== undefined) countModel(models, record.generator, format);
  },
  merge(into, from) {
    countsMonoid.merge(into.counts, from.counts);
    addModels(into.models, from.models);
  },
  subtract(from, what) {
    countsMonoid.subtract(from.counts, what.counts);
    addModels(from.models, what.models, -1);
  },
  encode: ({counts, models}) =>
    new TextEncoder().encode(JSON.stringify({...plainCounts(counts), models: plainModels(models)})),
  decode(bytes) {
    const plain = JSON.parse(new TextDecoder().decode(bytes));
    return {counts: fromPlain(plain), models: fromPlainModels(plain.models)};
  },
  measure({counts, models}, against, {options, view, report, table}) {
    const names = formatNames(options);
    const here = numbersOf(counts, names);
    const top = largest(names, here);
    if (top.total === 0) return {};
    const found = comparable(against?.counts, options);
    if (found === 'otherwise' && view === 'accepted') report({messageId: 'otherwise'});
    const reference = found === 'otherwise' ? undefined : found;
    table(sharesTable(counts, reference, names));
    const byModel = modelsTable(models, names);
    if (byModel !== undefined) table(byModel);
    const share = top.count / top.total;
    const alone = {
      'format.p-max': {value: share, interval: wilson(top.count, top.total)},
      'format.entropy': normalisedEntropy(here),
    };
    if (reference === undefined) return alone;
    const there = numbersOf(reference, names);
    const usual = largest(names, there);
    const before = usual.count / usual.total;
    const rise = differenceOfShares(top, usual);
    if (view === 'accepted' && rise[0] > options.step) {
      const {name: format} = top;
      const shown = {share: percent(share), before: percent(before), least: percent(rise[0])};
      report({messageId: 'risen', data: {format, usual: usual.name, ...shown, step: percent(options.step)}});
    }
    return {
      'format.p-max': {...alone['format.p-max'], reference: before},
      'format.rise': {value: share - before, interval: rise},
      'format.entropy': {...alone['format.entropy'], reference: normalisedEntropy(there).value},
      'format.divergence': jensenShannon(here, there),
    };
  },
});
