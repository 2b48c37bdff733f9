import type {Gate, Rule} from '../api.js';

/** What findings bear the id of, with the prose that `why`, `do` and `collapse explain` show. */
export interface Subject {
  readonly id: string;
  readonly summary: string;
  readonly why: string;
  readonly advice: string;
  readonly details?: string;
}

/** Lines that hold no record: no rule looks at them, they are found while reading. */
export const malformed: Subject = {
  id: 'malformed',
  summary: 'Lines that hold no record: broken JSON, no object, or no text to train on.',
  why: 'A line that is no record is data nobody checked. Most often it is the trace of a program that was cut off while writing, or of two that wrote at once, and then more than this line may be wrong.',
  advice: 'Mend or remove the line, or allow some with `--max-malformed N`.',
  details:
    'A malformed line is never accepted. `collapse filter` keeps it, unchanged, in a file of its own. A round with more of them than `--max-malformed` (`maxMalformed` in `.collapserc`, 0 by default) fails, whatever its records are like.',
};

/**
 * The subject of a finding: a rule, `gate/ID` for what a gate refused by itself, or `malformed`. Gates are
 * also found by their bare id.
 */
export function subjectOf(
  id: string,
  rules: ReadonlyMap<string, Rule>,
  gates: ReadonlyMap<string, Gate>,
): Rule | Gate | Subject | undefined {
  if (id === malformed.id) return malformed;
  return rules.get(id) ?? gates.get(id) ?? gates.get(id.replace(/^gate\//, ''));
}
