/** The same value with the keys of its objects in another order. */
export function shuffled(value: unknown, numbers: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map(item => shuffled(item, numbers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [number, [string, unknown]] => [
        numbers.next().value as number,
        [key, shuffled(item, numbers)],
      ])
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry),
  );
}
