import {placeName, type Rule} from '../api.js';
import type {FindingReport} from './report.js';
import {malformed} from './subject.js';

/**
 * The message of a finding without text of its record, for reports that leave the house: what the template of
 * the rule says, with the numbers and the names of other records. Where that cannot be told apart, only what
 * the rule does.
 */
export function wordless(finding: FindingReport, rules: ReadonlyMap<string, Rule>): string {
  const {rule: id, message} = finding;
  if (id === malformed.id) return message.replace(/`[^`]*`/g, '…');
  // Gates speak of numbers.
  if (id.startsWith('gate/')) return message;
  const rule = rules.get(id);
  if (rule === undefined) return `Reported by \`${id}\`.`;
  const known = namesIn(finding);
  for (const template of Object.values(rule.messages)) {
    const parts = template.split(/\{\{\w+\}\}/);
    const values = match(message, parts);
    if (values === undefined) continue;
    return parts
      .map((part, at) => part + (at < values.length ? (isSafe(values[at]!) ? values[at]! : '…') : ''))
      .join('');
  }
  return rule.summary;

  function isSafe(value: string): boolean {
    return /^[\d.,%\s-]*$/.test(value) || known.has(value);
  }
}

/** Words that stand for other records, and for what they are. */
function namesIn({related = []}: FindingReport): Set<string> {
  const names = new Set(['trusted', 'previous', 'benchmark']);
  for (const {record} of related) {
    names.add(record.id);
    names.add(placeName(record));
  }
  return names;
}

/** What stands between the fixed parts of a template; undefined when they are not all there, in this order. */
function match(message: string, parts: readonly string[]): string[] | undefined {
  const [first = '', ...rest] = parts;
  if (!message.startsWith(first)) return undefined;
  const values: string[] = [];
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const last = index === rest.length - 1;
    const end = last ? message.length - part.length : message.indexOf(part, at);
    if (end < at || !message.startsWith(part, end)) return undefined;
    values.push(message.slice(at, end));
    at = end + part.length;
  }
  return at === message.length ? values : undefined;
}
