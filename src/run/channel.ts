/** A queue between a producer and a consumer that both may have to wait: bounded, ended once, in order. */
export interface Channel<Item> {
  /** Resolves when there is room for more. Rejects with the consumer's failure. */
  push(item: Item): Promise<void>;
  end(): void;
  fail(error: unknown): void;
  /** The next item, undefined at the end. */
  next(): Promise<Item | undefined>;
  /** Whether `next` would not have to wait. */
  readonly ready: boolean;
}

export function createChannel<Item>(limit: number): Channel<Item> {
  const items: Item[] = [];
  let ended = false;
  let failure: {error: unknown} | undefined;
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
    get ready() {
      return items.length > 0 || ended || failure !== undefined;
    },
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
