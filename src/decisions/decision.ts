/**
 * What a reviewer may say about a record. `accept`: it may be trained on, whatever the gates say. `reject`: it
 * may not. `waive`: this rule's findings on it do not count. `undo`: what I said before no longer holds.
 */
export const verbs = ['accept', 'reject', 'waive', 'undo'] as const;
export type Verb = (typeof verbs)[number];

/**
 * One line of `.collapse/decisions.jsonl`. A decision belongs to a content, not to a line of a file: it goes
 * with the record when files are sorted or split, and dies when the text changes.
 */
export interface Decision {
  /** ISO 8601 in UTC, to the millisecond: the order that counts when two people's lines were merged. */
  readonly when: string;
  readonly who: string;
  readonly decision: Verb;
  /** The rule or gate that brought the record before the reviewer; `*` for none: a random sample. */
  readonly rule: string;
  /** `CorpusRecord.hash`. */
  readonly hash: string;
  /** Where the record stood then: for a person who reads the diff, never looked up. */
  readonly record: string;
  readonly reason?: string;
  /** Name and version of the program that wrote the line. */
  readonly tool: string;
}

/** Where decisions are kept, from the root of the data set. */
export const decisionsPath = '.collapse/decisions.jsonl';

export function formatDecision(decision: Decision): string {
  const {when, who, decision: verb, rule, hash, record, reason, tool} = decision;
  // Always in this order: a diff shows who, what and why first.
  return `${JSON.stringify({when, who, decision: verb, rule, ...(reason && {reason}), record, hash, tool})}\n`;
}

/** @throws Error that says what is wrong with the line. */
export function parseDecision(line: string): Decision {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    const hint = /^(?:<{7}|={7}|>{7})/.test(line)
      ? 'a conflict of a git merge is left in the file'
      : 'no JSON';
    throw new Error(hint);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no JSON object');
  const fields = value as Record<string, unknown>;
  for (const name of ['when', 'who', 'decision', 'rule', 'hash', 'record', 'tool']) {
    if (typeof fields[name] !== 'string' || fields[name] === '') throw new Error(`\`${name}\` is no text`);
  }
  if (fields.reason !== undefined && typeof fields.reason !== 'string')
    throw new Error('`reason` is no text');
  if (!verbs.includes(fields.decision as Verb)) {
    throw new Error(`\`decision\` is none of ${verbs.join(', ')}`);
  }
  if (Number.isNaN(Date.parse(fields.when as string))) throw new Error('`when` is no date');
  if (!/^[0-9a-f]{32}$/.test(fields.hash as string)) throw new Error('`hash` is not 32 hexadecimal digits');
  return value as Decision;
}
