import type {Gate, Rule, View} from '../../api.js';
import {excerpt} from '../sanitize.js';

/** What rules and gates say of themselves; one that is not in here is shown without. */
export interface Known {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly gates: ReadonlyMap<string, Gate>;
  /** Of a corpus that is read into a profile: nothing is judged. */
  readonly reading?: boolean;
}

/** A set of records as a person calls it. */
export function viewName(view: View): string {
  if (view === 'all') return 'all records';
  if (view === 'accepted') return 'accepted records';
  return `what gate ${excerpt(view.replace(/^gate:/, ''), 40)} lets through`;
}
