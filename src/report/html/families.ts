import type {Rule} from '../../api.js';

/** Families in the order in which a reader asks, with a heading each; others follow by name. */
const titles: Readonly<Record<string, string>> = {
  tail: 'Tail: does it still have what is rare?',
  format: 'Format: how are answers laid out?',
  homogeneity: 'Homogeneity: one voice or many?',
  selection: 'Selection: what did the gates take out?',
  synthetic: 'Synthetic: how much is machine text?',
  composition: 'Composition: who wrote it?',
  agreement: 'Agreement',
  grounding: 'Grounding',
  judge: 'Judges',
  length: 'Length',
  flagged: 'Flagged: shares of records that rules report',
};

/** The family of a measure: that of the rule which gives it, else the beginning of its name. */
export function familyOf(rules: ReadonlyMap<string, Rule>): (measure: string) => string {
  const families = new Map<string, string>();
  for (const {id, ...rule} of rules.values()) {
    if (rule.kind !== 'corpus') continue;
    for (const name of Object.keys(rule.measures)) families.set(name, start(id, '/'));
  }
  return measure => families.get(measure) ?? start(measure, '.');
}

/** The family of a rule. */
export function familyOfRule(id: string): string {
  return start(id, '/');
}

export function familyTitle(family: string): string {
  return Object.hasOwn(titles, family) ? titles[family]! : family;
}

export function inOrder(families: Iterable<string>): string[] {
  const known = Object.keys(titles);
  const rank = (family: string) => (known.includes(family) ? known.indexOf(family) : known.length);
  return [...new Set(families)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function start(text: string, separator: string): string {
  return text.split(separator, 1)[0]!;
}
