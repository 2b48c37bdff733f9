import {defineGate} from '../api.js';

/**
 * The gate that turns levels into verdicts. Its signals are counts that the engine itself attaches to every
 * record: findings of level error and of level warn.
 */
export default defineGate({
  scope: 'record',
  id: 'findings',
  summary: 'Rejects records with findings of level error; warnings only report.',
  why: 'Rules only look; this is where what they saw becomes a decision. Change a rule’s level to change what its findings do.',
  advice:
    'Fix or drop the record, lower the level of the rule, or set `else: quarantine` to have a person look.',
  since: '0.1.0',
  recommended: true,
  signals: ['findings.error', 'findings.warn'],
  else: 'reject',
  onAbstain: 'accept',
  options: {
    warnings: {
      type: 'boolean',
      default: false,
      description: 'Also refuse records that only have warnings.',
    },
  },
  judge: (signals, {warnings}) => {
    const errors = signals['findings.error'];
    const warns = signals['findings.warn'];
    const measured = errors + (warnings ? warns : 0);
    const pass = measured === 0;
    return {
      pass,
      measured,
      limit: 0,
      ...(!pass && {message: `${count(errors, 'error')}, ${count(warns, 'warning')}`}),
    };
  },
});

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
