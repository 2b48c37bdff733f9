/**
 * Maps with bounded concurrency and yields in input order, so that nothing depends on scheduling. Reads
 * ahead at most `limit` items: a slow consumer slows the source.
 */
export async function* mapOrdered<In, Out>(
  source: AsyncIterable<In>,
  limit: number,
  transform: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const window: Promise<Out>[] = [];
  for await (const item of source) {
    const result = transform(item);
    result.catch(() => {}); // Rejections surface when the result is awaited in order.
    window.push(result);
    if (window.length >= limit) yield await window.shift()!;
  }
  while (window.length > 0) yield await window.shift()!;
}
