/** The name that is at most two edits away, and by no more than a third of its length; the nearest. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase().slice(0, 40);
  let found: string | undefined;
  let least = Math.min(2, Math.floor(wanted.length / 3)) + 1;
  for (const one of known) {
    const edits = distance(wanted, one);
    if (edits < least) [found, least] = [one, edits];
  }
  return found;
}

function distance(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
