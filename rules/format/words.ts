/** A share as messages show it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** The most frequent format, of equals the first, and the number of all records. */
export function largest(names: readonly string[], counts: readonly number[]) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const count = Math.max(...counts);
  return {name: names[counts.indexOf(count)]!, count, total};
}
