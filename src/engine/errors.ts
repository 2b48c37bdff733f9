import {type CorpusRecord, placeName, type RecordRef} from '../api.js';

/** A mistake in a rule, gate, plugin or in the tool itself: exit code 2, never a verdict. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** Names rule, record and file, and keeps the rule's own stack for its author. */
export function describeRuleError(rule: string, record: CorpusRecord, error: unknown): EngineError {
  const {path, line} = record.place;
  return new EngineError(
    `Rule \`${rule}\` failed on ${nameRecord({id: record.id, path, line})}: ${reasonOf(error)}\n${ruleAdvice(rule)}`,
    {cause: error},
  );
}

/** A rule that fails beside a record: when it is set up, summed up or measured. */
export function describeRuleStep(rule: string, step: string, error: unknown): EngineError {
  return new EngineError(`Rule \`${rule}\` failed ${step}: ${reasonOf(error)}\n${ruleAdvice(rule)}`, {
    cause: error,
  });
}

/** Names the gate, and the record where it judges one. */
export function describeGateError(gate: string, ref: RecordRef | undefined, error: unknown): EngineError {
  const where = ref === undefined ? 'on the round' : `on ${nameRecord(ref)}`;
  return new EngineError(
    `Gate \`${gate}\` failed ${where}: ${reasonOf(error)}\n` +
      `  Nothing was written. Report this to the gate's author, or switch it off with \`gates: {${gate}: off}\`.`,
    {cause: error},
  );
}

/** ``record `id` (file:line)`` */
export function nameRecord({id, path, line}: RecordRef): string {
  return `record \`${id.slice(0, 80)}\` (${placeName({path, line})})`;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function ruleAdvice(rule: string): string {
  return `  Nothing was written. Report this to the rule's author, or switch it off with --rule ${rule}=off.`;
}
