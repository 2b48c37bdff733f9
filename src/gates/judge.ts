import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'judge',
  summary: 'Accepts only records that their judges pass.',
  why: 'Ctx2Skill keeps an answer when every rubric passes, all or nothing (arXiv:2604.27660): a skill that is right in most of its steps is not right.',
  advice:
    'Look at the rubrics that failed; drop the record, or set `need: fraction` where parts are worth keeping.',
  details:
    'Reads the signals of judge/verdict: switch that rule on. `all` wants every verdict of every judge to pass, `any` one of them, `fraction` at least `minimum` of them, in the mean of the judges. A verdict that is absent or cannot be read refuses.',
  since: '0.2.0',
  recommended: false,
  signals: ['judge', 'judge.least', 'judge.any'],
  limits: [{signal: 'judge', option: 'minimum', when: {need: 'fraction'}}],
  else: 'reject',
  onAbstain: 'quarantine',
  options: {
    need: {
      type: 'string',
      enum: ['all', 'any', 'fraction'],
      default: 'all',
      description: 'Which verdicts must pass.',
    },
    minimum: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Least share of verdicts that pass, for `fraction`.',
    },
  },
  judge(signals, {need, minimum}) {
    const {judge: measured} = signals;
    const limit = need === 'fraction' ? minimum : 1;
    const pass =
      need === 'all'
        ? signals['judge.least'] === 1
        : need === 'any'
          ? signals['judge.any'] === 1
          : measured >= minimum - 1e-9;
    const wanted = need === 'all' ? 'all' : need === 'any' ? 'at least one' : `at least ${minimum * 100} %`;
    return {
      pass,
      measured,
      limit,
      message: `${(measured * 100).toFixed(0)} % of its verdicts pass, ${wanted} wanted`,
    };
  },
});
