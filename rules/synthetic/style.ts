import {defineRecordRule, notApplicable} from '../../src/api.js';
import {createSuspicion, percentOf} from './suspicion.js';

export default defineRecordRule({
  id: 'synthetic/style',
  summary: 'Flags records whose style human texts seldom have and machine texts often.',
  why: 'Texts of models that are trained on again narrow what the next model can say (arXiv:2305.17493), and resampling by a detector of machine text slows that (arXiv:2502.15654).',
  advice:
    'This is a suspicion, never proof: look at the record and where it comes from. Of human text as many records are flagged as `fpr` says, more where the writing is formulaic. A corpus is judged better by the share flagged than by single records.',
  details:
    'The signal `synthetic` is the share of human texts, of sources that the detector did not know and of like length, whose style is less like machine text: 0.999 says that one human text in a thousand looks so. A small detector that comes with the package: n-grams of words and of word shapes, and trees on measures of style. With a trusted reference whose profile synthetic/share was on for, and that has at least 1/`fpr` records, the share is that of the *reference’s* records of like kind and length instead, the record counted in (split-conformal): then human records of the reference’s kind are flagged in at most a share `fpr` of cases, whatever the detector is worth. It abstains under 30 words, on code and tables, and on languages other than English. `weights` takes a detector that `collapse train` made of your own generator’s samples ([docs/train.md](../../train.md)), and `collapse calibrate` sets `fpr` from labelled or reviewed records ([docs/calibrate.md](../../calibrate.md)). What it was trained on, how well it does on sources, domains and models left out, where it fails and how to audit it: [docs/synthetic.md](../../synthetic.md).',
  since: '0.2.0',
  recommended: 'off',
  on: 'text',
  reads: ['synthetic/share'],
  options: {
    fpr: {
      type: 'number',
      minimum: 0,
      maximum: 0.5,
      default: 0.001,
      description: 'Share of human texts that may be flagged.',
    },
    weights: {
      type: 'string',
      file: true,
      default: '',
      description:
        'A detector that `collapse train` wrote, from the folder of the config; empty for the one of the package.',
    },
  },
  messages: {
    unlike: 'At most {{percent}} % of human texts look more like machine text: {{traits}}',
    reference:
      'Of {{records}} records of the reference of like length {{count}} look as much like machine text: {{traits}}',
    worded: 'At most {{percent}} % of human texts look more like machine text, by the wording',
  },
  examples: {
    pass: [
      {
        label: 'under 30 words it abstains',
        rows: ['The ferry was late again, so we ate the plums on the pier.'],
      },
    ],
    fail: [
      {
        label: 'stock phrases of a brochure',
        rows: [
          'In conclusion, the journey toward a more sustainable harbor is not merely a technical challenge, but a profound opportunity for the entire community. By embracing innovative solutions and fostering collaboration, we can create a vibrant ecosystem that balances growth with stewardship. Moreover, every small step plays a crucial role in shaping a brighter future.',
        ],
      },
    ],
  },
  signals: {
    synthetic: {
      description: 'Share of human texts whose style is less like machine text',
      range: [0, 1],
      better: 'low',
    },
  },
  limits: [{signal: 'synthetic', option: 'fpr', of: 'rest'}],
  create({options: {fpr, weights}, feature, detector, signal, report, reference}) {
    const suspect = createSuspicion({detector, weights, known: reference('synthetic/share'), least: fpr});
    return record => {
      const seen = suspect(record, () => feature(record, 'wordCount'));
      if ('abstains' in seen) return signal('synthetic', notApplicable(seen.abstains));
      const {p, records, style} = seen;
      signal('synthetic', 1 - p);
      if (p > fpr) return;
      const {traits, spans} = style.explain();
      const [span] = spans;
      const place = span && {span};
      if (records !== undefined) {
        const data = {
          count: Math.round(p * (records + 1)) - 1,
          records,
          traits: traits.join(', ') || 'the wording',
        };
        return report({messageId: 'reference', data, ...place});
      }
      const percent = percentOf(p);
      if (traits.length === 0) report({messageId: 'worded', data: {percent}, ...place});
      else report({messageId: 'unlike', data: {percent, traits: traits.join(', ')}, ...place});
    };
  },
});
