/** A queue between a producer and a consumer that both may have to wait: bounded, ended once, in order. */
export interface Channel<Item> {
  /** Adds the item at once; resolves when there is room for more. Rejects with the failure. */
  push(item: Item): Promise<void>;
  /** No more items come. What was added before is still handed out. */
  end(): void;
  /** Rejects whoever waits. What was added before is still handed out; the first failure counts. */
  fail(error: unknown): void;
  /** The next item, undefined at the end. Rejects with the failure once nothing is left. One consumer only. */
  next(): Promise<Item | undefined>;
}

/** `limit`: items that may wait, from 1, before `push` does. */
export function createChannel<Item extends object>(limit: number): Channel<Item> {
  const items: Item[] = [];
  let ended = false;
  let failure: {readonly error: unknown} | undefined;
  let wakeConsumer: (() => void) | undefined;
  const wakeProducers: (() => void)[] = [];

  function wake(): void {
    wakeConsumer?.();
    wakeConsumer = undefined;
  }

  function throwFailure(): void {
    if (failure !== undefined) throw failure.error;
  }

  return {
    async push(item) {
      throwFailure();
      items.push(item);
      wake();
      while (items.length >= limit) {
        await new Promise<void>(resolve => wakeProducers.push(resolve));
        throwFailure();
      }
    },
    end() {
      ended = true;
      wake();
    },
    fail(error) {
      failure ??= {error};
      wake();
      for (const resolve of wakeProducers.splice(0)) resolve();
    },
    async next() {
      while (items.length === 0) {
        throwFailure();
        if (ended) return undefined;
        await new Promise<void>(resolve => {
          wakeConsumer = resolve;
        });
      }
      const item = items.shift()!;
      for (const resolve of wakeProducers.splice(0)) resolve();
      return item;
    },
  };
}
