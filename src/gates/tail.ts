import {defineGate, type MeasureValue} from '../api.js';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** A chance that is not 0 is not said to be. */
const chance = (p: number) => (p > 0 && p < 0.0005 ? 'under 0.1 %' : percent(p));

/** What part of the false alarms is for `tail.p`, where surprise is measured too. */
const ofTypes = 0.75;

/** The chance that any of several independent tests is as low as this one, which has `weight` of the alarms. */
const withOthers = (chance: number, weight: number) => -Math.expm1(Math.log1p(-chance) / weight);

/** Part of the reference's value that the round lacks. */
const lossOf = ({value, reference = value}: MeasureValue) => (reference > 0 ? 1 - value / reference : 0);

const named = {
  'tail.survival@accepted': 'rare words',
  'tail.next-survival@accepted': 'less rare words',
  'tail.pair-survival@accepted': 'rare pairs of words',
} as const;

export default defineGate({
  scope: 'round',
  id: 'tail',
  summary:
    'Refuses a round that has lost the tail of the reference: rare words, what is surprising, or a topic.',
  why: 'What a round lacks, the next model never learns: the tails go first and do not come back (arXiv:2305.17493).',
  advice:
    'Mix in human records, accumulate rounds instead of replacing them, or sample with more variety. The tables `tail.bands` and `tail.surprise` in the report show what is missing: the rarest only, or what is common too.',
  details:
    'Four tests, of which the worst decides: survival of rare words, of less rare words and of rare pairs of words (`tail.p` is the worst of the three), and the share of records more surprising than 90 % of the reference (`surprise.p`, which has a quarter of the false alarms). Fails when records of the reference would have lost as much in under `alpha` of such rounds, all four tests counted (Sidak). A round of the reference’s own kind fails in about 5 of 100 cases; docs/methods.md says how that was measured, and which losses are seen. Large rounds show small losses: set `loss` to what may be missing. Where tail/topics is on, a topic of the reference that has surely lost more than half of its share fails the round too, which in honest rounds next to never happens. Judges what record gates let through. Needs tail/survival and a trusted reference, and judges by tail/surprise and tail/topics where they are on; abstains without.',
  since: '0.2.0',
  recommended: false,
  measures: ['tail.p@accepted', 'tail.survival@accepted'],
  optionalMeasures: [
    'tail.next-survival@accepted',
    'tail.pair-survival@accepted',
    'surprise.p@accepted',
    'surprise.above90@accepted',
    'tail.topics-halved@accepted',
  ],
  onAbstain: 'pass',
  options: {
    alpha: {
      type: 'number',
      default: 0.05,
      minimum: 0,
      maximum: 0.5,
      description: 'Share of honest rounds that may be refused.',
    },
    loss: {
      type: 'number',
      default: 0,
      minimum: 0,
      maximum: 1,
      description: 'Part of what the reference would have that may be missing: 0.1 is a tenth.',
    },
    topics: {
      type: 'number',
      default: 0,
      minimum: 0,
      maximum: 1,
      description: 'Share of the reference’s topics that may have lost more than half of their share.',
    },
  },
  judge(measures, {alpha, loss, topics}) {
    const above = measures['surprise.above90@accepted'];
    const surprise = above && measures['surprise.p@accepted'];
    const types = withOthers(measures['tail.p@accepted'].value, surprise ? ofTypes : 1);
    const ofSurprise = surprise ? withOthers(surprise.value, 1 - ofTypes) : 1;
    const p = Math.min(types, ofSurprise);
    const ids = Object.keys(named) as (keyof typeof named)[];
    const survivals = ids.flatMap(id => (measures[id] === undefined ? [] : [{id, ...measures[id]}]));
    const [worst] = [...survivals].sort((a, b) => lossOf(b) - lossOf(a));
    const bySurprise = above !== undefined && ofSurprise < types;
    const lost = lossOf(bySurprise ? above : worst!);
    const isLost = p < alpha && lost >= loss;
    const halved = measures['tail.topics-halved@accepted']?.value ?? 0;
    if (!isLost && halved > topics) {
      const message = `${percent(halved)} of the reference’s topics have lost more than half of their share, at most ${percent(topics)} allowed`;
      return {status: 'fail', measured: halved, limit: topics, message};
    }
    const message = bySurprise
      ? `${percent(above.value)} of the round’s records are more surprising than 90 % of the reference’s`
      : `${percent(worst!.value)} of the reference’s ${named[worst!.id]} are in the round, ${percent(worst!.reference ?? 0)} are in as many records of the reference`;
    return {
      status: isLost ? 'fail' : 'pass',
      measured: p,
      limit: alpha,
      message: `${message} (chance of so much loss: ${chance(p)})`,
    };
  },
});
