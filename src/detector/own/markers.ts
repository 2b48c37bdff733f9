/** A stretch of text that one set has and the other has not. */
export interface Marker {
  /** The word, or what the texts begin or end with. */
  readonly text: string;
  readonly where: 'anywhere' | 'at the start' | 'at the end';
  /** Shares of the records that have it. */
  readonly human: number;
  readonly machine: number;
}

const longest = 40;
/** Words of a text that are looked at. */
const words = 2_000;

/** The stretches whose shares of records differ most between the sets, the largest difference first. */
export function markersOf(human: readonly string[], machine: readonly string[], most: number): Marker[] {
  const found = new Map<string, [human: number, machine: number]>();
  for (const [side, texts] of [human, machine].entries()) {
    for (const text of texts) {
      for (const key of stretchesOf(text)) {
        const counts = found.get(key) ?? [0, 0];
        if (counts[0] + counts[1] === 0) found.set(key, counts);
        counts[side]! += 1;
      }
    }
  }
  const difference = ({human: one, machine: other}: Marker) => Math.abs(one - other);
  return [...found]
    .map(([key, [inHuman, inMachine]]) => ({
      text: key.slice(1),
      where: wheres[key[0] as keyof typeof wheres],
      human: inHuman / human.length,
      machine: inMachine / machine.length,
    }))
    .sort(
      (one, other) =>
        difference(other) - difference(one) ||
        order[one.where] - order[other.where] ||
        (one.text < other.text ? -1 : 1),
    )
    .slice(0, most);
}

/** Of markers that tell as much, the most telling place first. */
const order = {'at the start': 0, 'at the end': 1, anywhere: 2};
const wheres = {' ': 'anywhere', '^': 'at the start', $: 'at the end'} as const;

/** Distinct words in lower case, the first two, and the last one. */
function stretchesOf(text: string): Set<string> {
  const all = text
    .toLowerCase()
    .split(/\s+/, words + 1)
    .filter(Boolean);
  const found = new Set(all.slice(0, words).map(word => ` ${word.slice(0, longest)}`));
  if (all.length === 0) return found;
  found.add(
    `^${all
      .slice(0, 2)
      .join(' ')
      .slice(0, 2 * longest)}`,
  );
  found.add(`$${text.trimEnd().slice(-longest).split(/\s+/).at(-1)!.toLowerCase()}`);
  return found;
}
