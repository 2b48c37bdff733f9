/**
 * Maps with bounded concurrency and yields in input order, so that nothing depends on scheduling. Reads
 * ahead by itself, also while the consumer is busy with a result, but never more than `limit` items: a slow
 * consumer slows the source. A result that is ready is not held back until the source has more.
 */
export async function* mapOrdered<In, Out>(
  source: AsyncIterable<In>,
  limit: number,
  transform: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const iterator = source[Symbol.asyncIterator]();
  const window: Promise<Out>[] = [];
  let ended = false;
  let stopped = false;
  let pulling = false;
  let wakeReader = (): void => {};
  let wakeConsumer = (): void => {};

  async function read(): Promise<void> {
    try {
      while (!stopped) {
        if (window.length >= limit) {
          await new Promise<void>(resolve => {
            wakeReader = resolve;
          });
          continue;
        }
        pulling = true;
        const item = await iterator.next();
        pulling = false;
        if (item.done || stopped) break;
        window.push(quiet(transform(item.value)));
        wakeConsumer();
      }
    } catch (error) {
      // In its turn, behind the results of what came before it.
      window.push(quiet(Promise.reject(error)));
    }
    ended = true;
    wakeConsumer();
  }

  void read();
  try {
    for (;;) {
      const [head] = window;
      if (head === undefined) {
        if (ended) return;
        await new Promise<void>(resolve => {
          wakeConsumer = resolve;
        });
        continue;
      }
      const result = await head;
      window.shift();
      wakeReader();
      yield result;
    }
  } finally {
    stopped = true;
    wakeReader();
    const returned = ended ? undefined : iterator.return?.();
    // A source that is waiting for its next item ends when that comes, which may be never.
    if (pulling) returned?.catch(() => {});
    else await returned;
  }
}

/** Rejections surface when the promise is awaited in its turn. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}
