import {defineRecordRule, missing} from '../../src/api.js';
import {createVerdictReader, verdictOptions} from './verdicts.js';

export default defineRecordRule({
  id: 'judge/verdict',
  summary: 'Reads the verdicts of judges, one for each rubric or as a whole.',
  why: 'In Ctx2Skill a judge gives a binary verdict on every rubric of a task, and an answer counts only when all of them pass (arXiv:2604.27660). A rubric without a verdict is no pass.',
  advice: 'Have every rubric judged, and switch on the gate `judge`.',
  details:
    'A verdict is `true`, 1, `pass`, `yes` or the like, or the opposite; anything else is none. One rubric without a verdict, beside others that have one, makes the signals missing, and the gate refuses; so does a judge that said nothing.\n\n`judge` is the share of rubrics that pass, of several judges the mean; `judge.least` is the share of the strictest judge and `judge.any` is 1 where at least one verdict passes. How far judges agree is measured by judge/agreement.',
  since: '0.2.0',
  recommended: 'off',
  options: verdictOptions,
  signals: {
    judge: {
      description: 'Share of the verdicts that pass, mean of the judges',
      range: [0, 1],
      better: 'high',
    },
    'judge.least': {
      description: 'Share of the verdicts of the strictest judge that pass',
      range: [0, 1],
      better: 'high',
    },
    'judge.any': {description: 'Whether any verdict passes: 1 or 0', range: [0, 1], better: 'high'},
  },
  messages: {
    none: '{{count}} of its {{total}} verdicts cannot be read',
    silent: 'One of its judges has given no verdict',
    absent: 'No judge has given a verdict',
  },
  examples: {
    pass: [
      {rows: [{prompt: 'Sail.', response: 'Done.', verdict: 'pass'}]},
      {
        label: 'by rubric',
        rows: [{prompt: 'Sail.', response: 'Done.', rubrics: [{pass: true}, {pass: false}]}],
      },
    ],
    fail: [
      {label: 'no verdict', rows: [{prompt: 'Sail.', response: 'Done.'}]},
      {label: 'not a verdict', rows: [{prompt: 'Sail.', response: 'Done.', verdict: 'perhaps'}]},
    ],
  },
  create({options, report, signal}) {
    const read = createVerdictReader(options);
    return ({fields}) => {
      const judges = read(fields);
      const verdicts = judges.flatMap(judge => judge.verdicts);
      const unread = verdicts.filter(verdict => verdict === undefined).length;
      if (verdicts.length === 0 || unread > 0 || judges.some(judge => judge.verdicts.length === 0)) {
        const reason =
          verdicts.length === 0 ? 'no judge has given a verdict' : 'a verdict is absent or cannot be read';
        if (verdicts.length === 0) report({messageId: 'absent'});
        else if (unread === 0) report({messageId: 'silent'});
        else report({messageId: 'none', data: {count: unread, total: verdicts.length}});
        for (const name of ['judge', 'judge.least', 'judge.any'] as const) signal(name, missing(reason));
        return;
      }
      const shares = judges.map(judge => judge.verdicts.filter(Boolean).length / judge.verdicts.length);
      signal('judge', shares.reduce((sum, share) => sum + share, 0) / shares.length);
      signal('judge.least', Math.min(...shares));
      signal('judge.any', shares.some(share => share > 0) ? 1 : 0);
    };
  },
});
