/** What must not compile in a gate, and what must. Only type-checked, never run. */
import {defineGate, type Gate} from 'collapse-gate/api';

const about = {
  summary: 'Wants.',
  why: 'It matters.',
  advice: 'Look.',
  since: '1.0.0',
  recommended: false,
} as const;
const options = {least: {type: 'number', default: 0.5, description: 'Least.'}} as const;

export const record: Gate = defineGate({
  ...about,
  scope: 'record',
  id: 'own/record',
  signals: ['own.score', 'novelty'],
  else: 'quarantine',
  onAbstain: 'accept',
  options,
  judge({novelty, 'own.score': score}, {least}) {
    const measured: number = Math.min(novelty, score);
    return {pass: measured >= least, measured, limit: least};
  },
});

export const round: Gate = defineGate({
  ...about,
  scope: 'round',
  id: 'own/round',
  measures: ['length.median', 'length.median@accepted'],
  onAbstain: 'fail',
  options,
  judge(measures, {least}) {
    const {value, reference, interval} = measures['length.median@accepted'];
    // @ts-expect-error: there may be no reference
    if (value < reference * least) return {status: 'fail', message: `${interval?.[0]}`};
    return {status: 'pass', message: 'fine'};
  },
});

// @ts-expect-error: a record gate says what becomes of a record that does not pass
defineGate({
  ...about,
  scope: 'record',
  id: 'own/else',
  signals: ['novelty'],
  onAbstain: 'accept',
  options,
  judge: () => ({pass: true}),
});

defineGate({
  ...about,
  scope: 'record',
  id: 'own/accept',
  signals: ['novelty'],
  // @ts-expect-error: what does not pass is not accepted
  else: 'accept',
  onAbstain: 'accept',
  options,
  judge: () => ({pass: true}),
});

// @ts-expect-error: a gate says what it does when it cannot judge
defineGate({
  ...about,
  scope: 'record',
  id: 'own/abstain',
  signals: ['novelty'],
  else: 'reject',
  options,
  judge: () => ({pass: true}),
});

defineGate({
  ...about,
  scope: 'record',
  id: 'own/signals',
  signals: ['novelty'],
  else: 'reject',
  onAbstain: 'accept',
  options,
  judge(signals, given) {
    // @ts-expect-error: the gate does not read this signal
    signals.entailment;
    // @ts-expect-error: an option of type number is a number
    given.least.trim();
    return {pass: signals.novelty > given.least};
  },
});

defineGate({
  ...about,
  scope: 'round',
  id: 'own/measures',
  measures: ['length.median'],
  onAbstain: 'abstain',
  options,
  judge(measures) {
    // @ts-expect-error: the gate does not read this measure
    measures['length.p90'];
    return {status: 'pass', message: `${measures['length.median'].value}`};
  },
});

defineGate({
  ...about,
  scope: 'round',
  id: 'own/status',
  measures: ['length.median'],
  onAbstain: 'abstain',
  options,
  // @ts-expect-error: a round passes or fails
  judge: () => ({status: 'perhaps', message: 'it depends'}),
});

defineGate({
  ...about,
  scope: 'record',
  id: 'own/mixed',
  // @ts-expect-error: a record gate reads signals, not measures
  measures: ['length.median'],
  else: 'reject',
  onAbstain: 'accept',
  options,
  judge: () => ({pass: true}),
});
