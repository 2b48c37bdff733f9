import {defineRecordRule, type Features, missing, notApplicable} from '../../src/api.js';
import {reader, scoreOf} from './second-score.js';
import {createSuspicion, percentOf} from './suspicion.js';

const brochure =
  'In conclusion, the journey toward a more sustainable harbor is not merely a technical challenge, but a profound opportunity for the entire community. By embracing innovative solutions and fostering collaboration, we can create a vibrant ecosystem that balances growth with stewardship. Moreover, every small step plays a crucial role in shaping a brighter future.';
const asked = {field: ['checked'], below: 1};

export default defineRecordRule({
  id: 'synthetic/second-opinion',
  summary: 'Asks a slower detector about the records that style leaves in doubt, and no others.',
  why: 'A large model sees what a small detector does not, at a thousand times the cost; most records are settled without it. Cascades of models keep most of the larger one’s accuracy (arXiv:2305.05176), and resampling by a detector slows collapse (arXiv:2502.15654).',
  advice:
    'Two detectors that differ in kind agree that few people write so: look at the record and where it comes from. It is no proof.',
  details:
    'The provider named in `provider`, of any plugin, is sent the records whose signal `synthetic` (see synthetic/style, with the reference’s scale where there is one) lies over `above` and up to `below`: the others are settled, and it never sees them. What it gives is a number from 0 (human) to 1 (machine), or an object with such a number as `machine`, as the feature `detector` of collapse-gate/transformers has. A score that a row has at `field` is taken instead. From `minimum` on the record is flagged; `synthetic.second` holds the number. Under `above`, over `below`, and where the detector abstains, the signal is not applicable and says why. What synthetic/style flags by itself needs no second opinion: keep `below` at 1 less its `fpr`. docs/synthetic.md says what the two thresholds let through.',
  since: '0.2.0',
  recommended: 'off',
  on: 'text',
  reads: ['synthetic/share'],
  needs: ({provider}) => [provider as keyof Features & string],
  options: {
    provider: {
      type: 'string',
      default: 'detector',
      description: 'Feature of a plugin that says how likely a machine wrote the text.',
    },
    field: {
      type: 'array',
      items: {type: 'string'},
      default: [],
      description: 'Field paths of a score that rows have already; of such rows no provider is asked.',
    },
    above: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.9,
      description: 'Share of human texts that look less like machine text, over which it is asked.',
    },
    below: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.999,
      description: 'The same, up to which it is asked.',
    },
    minimum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'What the provider must give for the record to be flagged.',
    },
    weights: {
      type: 'string',
      file: true,
      default: '',
      description: 'As of synthetic/style.',
    },
  },
  messages: {
    agrees:
      'The second detector gives {{score}}, and at most {{percent}} % of human texts look more like machine text',
  },
  examples: {
    pass: [
      {label: 'the second detector disagrees', rows: [{text: brochure, checked: 0.1}], options: asked},
      {
        label: 'settled by style: it is not asked',
        rows: [{text: brochure, checked: 0.9}],
        options: {field: ['checked'], below: 0.91},
      },
    ],
    fail: [{label: 'both agree', rows: [{text: brochure, checked: 0.9}], options: asked}],
  },
  signals: {
    'synthetic.second': {
      description: 'How likely a machine wrote it, by the second detector, where style is in doubt',
      range: [0, 1],
      better: 'low',
    },
  },
  limits: [{signal: 'synthetic.second', option: 'minimum'}],
  asks({options: {field, above, below, weights}, feature, detector, reference}) {
    const suspect = createSuspicion({
      detector,
      weights,
      known: reference('synthetic/share'),
      least: 1 - below,
    });
    const given = reader(field);
    return record => {
      if (given(record) !== undefined) return false;
      const seen = suspect(record, () => feature(record, 'wordCount'));
      return !('abstains' in seen) && inDoubt(seen.p, above, below);
    };
  },
  create({
    options: {provider, field, above, below, minimum, weights},
    feature,
    detector,
    reference,
    has,
    signal,
    report,
  }) {
    const name = provider as keyof Features & string;
    if (!has(name) && field.length === 0) {
      throw new Error(
        `no plugin brings the feature \`${provider}\`: name one under \`plugins\`, such as collapse-gate/transformers with a \`detector\`, or its feature in \`provider\``,
      );
    }
    const suspect = createSuspicion({
      detector,
      weights,
      known: reference('synthetic/share'),
      least: 1 - below,
    });
    const given = reader(field);
    return record => {
      const seen = suspect(record, () => feature(record, 'wordCount'));
      if ('abstains' in seen) return signal('synthetic.second', notApplicable(seen.abstains));
      if (!inDoubt(seen.p, above, below)) {
        const why = 1 - seen.p > below ? `style alone is over ${below}` : `style is not over ${above}`;
        return signal('synthetic.second', notApplicable(`not asked: ${why}`));
      }
      const score = scoreOf(
        given(record) ?? (has(name) ? feature(record, name) : missing('there is no score')),
        provider,
      );
      signal('synthetic.second', score);
      if (typeof score !== 'number' || score < minimum) return;
      report({messageId: 'agrees', data: {score, percent: percentOf(seen.p)}});
    };
  },
});

function inDoubt(p: number, above: number, below: number): boolean {
  return 1 - p > above && 1 - p <= below;
}
