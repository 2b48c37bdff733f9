import type {Report} from './report.js';

/** Says which measures are of a part of the records; undefined where all are of all. */
export function sampling({sample}: Pick<Report, 'sample'>): string | undefined {
  if (sample === undefined) return undefined;
  const families = [...new Set(sample.rules.map(rule => rule.slice(0, rule.indexOf('/'))))].sort();
  const last = families.pop()!;
  const named = families.length === 0 ? last : `${families.join(', ')} and ${last}`;
  return `The rules of ${named} on the round as a whole read 1 record in ${sample.oneIn}, by a hash of its text and id: enough for shares. \`--sample-above 0\` reads all.`;
}
