import type {CorpusRecord} from '../api.js';

/** A mistake in a rule, gate, plugin or in the tool itself: exit code 2, never a verdict. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** Names rule, record and file, and keeps the rule's own stack for its author. */
export function describeRuleError(rule: string, record: CorpusRecord, error: unknown): EngineError {
  const {path, line} = record.place;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new EngineError(
    `Rule \`${rule}\` failed on record \`${record.id.slice(0, 80)}\` (${path}:${line}): ${cause.message}\n` +
      `  Nothing was written. Report this to the rule's author, or switch it off with --rule ${rule}=off.`,
    {cause},
  );
}
