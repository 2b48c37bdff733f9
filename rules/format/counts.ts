import {type SharedOptions, settingOf} from './options.js';

/** Records of one format, and how many of them are correct, where that is looked at. */
export type Count = [records: number, correct: number];

/** What the rules of this family keep of a corpus: whole numbers, as many as there are formats. */
export interface FormatCounts {
  /** How formats were told apart, one entry for each setting. Counts of other settings are not to be compared. */
  readonly settings: Set<string>;
  readonly formats: Map<string, Count>;
}

export function emptyCounts(): FormatCounts {
  return {settings: new Set(), formats: new Map()};
}

export function count(
  {settings, formats}: FormatCounts,
  format: string,
  {patterns}: Pick<SharedOptions, 'patterns'>,
  correct = false,
): void {
  if (formats.size === 0) settings.add(settingOf(patterns));
  let counts = formats.get(format);
  if (counts === undefined) {
    counts = [0, 0];
    formats.set(format, counts);
  }
  counts[0]++;
  if (correct) counts[1]++;
}

/** `sign` 1 adds, -1 takes out again. */
export function addCounts(into: FormatCounts, from: FormatCounts, sign: 1 | -1 = 1): void {
  if (sign === 1) for (const setting of from.settings) into.settings.add(setting);
  for (const [format, [records, correct]] of from.formats) {
    const sum = into.formats.get(format) ?? [0, 0];
    sum[0] += sign * records;
    sum[1] += sign * correct;
    if (sum[0] === 0) into.formats.delete(format);
    else into.formats.set(format, sum);
  }
  // A summary that saw no records is the same whatever the settings were.
  if (into.formats.size === 0) into.settings.clear();
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** As JSON, in an order that does not depend on what came first. */
export function plainCounts({settings, formats}: FormatCounts) {
  return {settings: [...settings].sort(), formats: [...formats].sort(byName)};
}

export function fromPlain({settings, formats}: ReturnType<typeof plainCounts>): FormatCounts {
  return {settings: new Set(settings), formats: new Map(formats)};
}

/** The parts of a corpus rule that all rules of the family share. */
export const countsMonoid = {
  init: emptyCounts,
  merge: (into: FormatCounts, from: FormatCounts) => addCounts(into, from),
  subtract: (from: FormatCounts, what: FormatCounts) => addCounts(from, what, -1),
  encode: (counts: FormatCounts) => new TextEncoder().encode(JSON.stringify(plainCounts(counts))),
  decode: (bytes: Uint8Array) => fromPlain(JSON.parse(new TextDecoder().decode(bytes))),
};

/** Numbers of records, one for each of `names`. */
export function numbersOf({formats}: FormatCounts, names: readonly string[]): number[] {
  return names.map(name => formats.get(name)?.[0] ?? 0);
}

/** A reference to compare with; none where it is empty. `otherwise`: its formats were told apart in other ways. */
export function comparable(
  reference: FormatCounts | undefined,
  {patterns}: Pick<SharedOptions, 'patterns'>,
): FormatCounts | 'otherwise' | undefined {
  if (reference === undefined || reference.formats.size === 0) return;
  const setting = settingOf(patterns);
  return [...reference.settings].every(each => each === setting) ? reference : 'otherwise';
}
