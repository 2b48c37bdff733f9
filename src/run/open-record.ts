/** What is known of a judged record, in a run or in its evidence. */
interface Judged {
  readonly verdict: 'accept' | 'quarantine' | 'reject' | 'malformed';
  readonly reasons: readonly {readonly gate: string}[];
  readonly findings: readonly unknown[];
}

/** What a person should see unless they ask for something else: what was refused, and what was warned about. */
export function isOpen({verdict, findings, reasons}: Judged): boolean {
  // What a person decided is no report of the tool.
  const refused = verdict !== 'accept' && reasons.some(({gate}) => gate !== 'decision');
  return verdict !== 'malformed' && (refused || findings.length > 0);
}
