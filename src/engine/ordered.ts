/**
 * Maps with bounded concurrency and yields in input order, so that nothing depends on scheduling. Reads
 * ahead at most `limit` items: a slow consumer slows the source. A result that is ready is not held back
 * until the source has more: a slow source is followed promptly.
 */
export async function* mapOrdered<In, Out>(
  source: AsyncIterable<In>,
  limit: number,
  transform: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const iterator = source[Symbol.asyncIterator]();
  const window: Promise<Out>[] = [];
  let next: Promise<IteratorResult<In>> | undefined;
  let ended = false;
  try {
    for (;;) {
      if (!ended && window.length < limit) {
        next ??= quiet(iterator.next());
        const [head] = window;
        const first =
          head === undefined ? 'next' : await Promise.race([settled(next, 'next'), settled(head, 'head')]);
        if (first === 'next') {
          const item = await next;
          next = undefined;
          if (item.done) ended = true;
          else window.push(quiet(transform(item.value)));
          continue;
        }
      }
      const head = window.shift();
      if (head === undefined) return;
      yield await head;
    }
  } finally {
    if (!ended) {
      const returned = iterator.return?.();
      // A source that is waiting for its next item ends when that comes, which may be never.
      if (next === undefined) await returned;
      else returned?.catch(() => {});
    }
  }
}

/** Rejections surface when the promise is awaited in its turn. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}

function settled<Name>(promise: Promise<unknown>, name: Name): Promise<Name> {
  return promise.then(
    () => name,
    () => name,
  );
}
