import {defineGate} from '../api.js';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export default defineGate({
  scope: 'round',
  id: 'selection-bias',
  summary: 'Fails the round when its own record gates filter out a topic, or the rare words.',
  why: 'A gate can be worse than no gate: keeping the tenth that is closest to a partial reference shrank the variance of a model from 99.5 to 0.33 in ten generations, to 97.5 without any gate (arXiv:2606.13732). So what gates do to the tail is measured, and judged as they judge.',
  advice:
    'See which gate does it: `selection.worst-topic@gate:…` and `tail.survival.change@gate:…`, and the tables `selection.topics`. Loosen that gate, or train on the round without it; records that it should refuse for what is wrong with them can be named by a rule instead.',
  details:
    'Fails when a topic of the round is kept at under `ratio` times the mean rate, or when survival of the reference’s rare words, at matched size, drops by more than `drop`: each with its whole 95 % interval. Looks at distinct records only: dropping repeats is no bias. Judges by either one where the other cannot be measured (survival needs a trusted reference, keep-rates a topic of 50 texts or more), and abstains where record gates refused nothing. Two tests, so a set of gates that does exactly what is allowed fails about one round in twenty.',
  since: '0.2.0',
  recommended: false,
  measures: [],
  optionalMeasures: ['selection.worst-topic@accepted', 'tail.survival.change@accepted'],
  onAbstain: 'pass',
  options: {
    ratio: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description: 'Least keep-rate of a topic, as a part of that of all records.',
    },
    drop: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.05,
      description: 'How much survival of rare words may drop.',
    },
  },
  judge(measures, {ratio, drop}) {
    const topic = measures['selection.worst-topic@accepted'];
    const survival = measures['tail.survival.change@accepted'];
    const checks = [];
    if (topic !== undefined) {
      checks.push({
        fails: (topic.interval?.[1] ?? topic.value) < ratio,
        measured: topic.value,
        limit: ratio,
        message: `the least kept topic is let through at ${topic.value.toFixed(2)} times the mean rate (at least ${ratio} wanted)`,
      });
    }
    if (survival !== undefined) {
      const {value} = survival;
      const change = value < 0 ? `drops by ${percent(-value)}` : `does not drop (+${percent(value)})`;
      checks.push({
        fails: (survival.interval?.[1] ?? value) < -drop,
        measured: value,
        limit: -drop,
        message: `survival of rare words ${change}, at most ${percent(drop)} allowed`,
      });
    }
    const failed = checks.filter(({fails}) => fails);
    const [{measured, limit} = {measured: 0, limit: 0}] = failed.length > 0 ? failed : checks;
    const said = (failed.length > 0 ? failed : checks).map(({message}) => message).join('; ');
    return {
      status: failed.length > 0 ? 'fail' : 'pass',
      measured,
      limit,
      message: `${failed.length > 0 ? 'the gates filter out' : 'the gates were measured'}: ${said}`,
    };
  },
});
