import type {Declaration, RoundPlace} from '../../src/api.js';

/** What every card rule shares: where keys of a card stand, and how values are named. */

export function placeOf(card: Declaration, ...path: readonly (string | number)[]): RoundPlace {
  return {path: card.path, line: card.line(...path)};
}

/** A value of a card with its key path. */
export interface Said {
  readonly value: string;
  readonly path: readonly (string | number)[];
}

/** The texts under a key that holds one or a list. */
export function saidUnder(card: Declaration, key: string): Said[] {
  const value = card.fields[key];
  const texts = (Array.isArray(value) ? value : [value]) as readonly unknown[];
  return texts.flatMap((one, index) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
      ? [{value: String(one).trim(), path: Array.isArray(value) ? [key, index] : [key]}]
      : [],
  );
}

/** `a` (3), `b` (1) and 4 more. */
export function counts(values: readonly (readonly [value: string, records: number])[], most = 3): string {
  const shown = values.slice(0, most).map(([value, records]) => `\`${value.slice(0, 60)}\` (${records})`);
  return values.length > most ? `${shown.join(', ')} and ${values.length - most} more` : shown.join(', ');
}

export function quotedList(values: readonly string[], most = 5): string {
  const shown = values.slice(0, most).map(value => `\`${value.slice(0, 60)}\``);
  return values.length > most ? `${shown.join(', ')} and ${values.length - most} more` : shown.join(', ');
}
