/** A queue with one reader. A reader that does not read is dropped, so that it never holds memory without end. */
export interface BoundedQueue<Item> extends AsyncIterableIterator<Item> {
  /** @returns false when the reader was too far behind and is dropped now, or was gone already. */
  push(item: Item): boolean;
  /** Ends the reading after what is there; with an error, at once. */
  end(error?: Error): void;
  return(): Promise<IteratorResult<Item>>;
}

/**
 * @param limit items kept for a reader that is busy
 * @param onEnd runs once, however it ends
 */
export function boundedQueue<Item>(
  limit: number,
  tooSlow: () => Error,
  onEnd: () => void,
): BoundedQueue<Item> {
  const items: Item[] = [];
  let waiting: PromiseWithResolvers<IteratorResult<Item>> | null = null;
  let ended = false;
  let failure: Error | undefined;

  const done: IteratorResult<Item> = { done: true, value: undefined };
  const end = (error?: Error): void => {
    if (ended) return;
    ended = true;
    failure = error;
    if (error !== undefined) items.length = 0;
    onEnd();
    if (waiting === null) return;
    if (failure === undefined) waiting.resolve(done);
    else waiting.reject(takeFailure());
    waiting = null;
  };
  const takeFailure = (): Error | undefined => {
    const taken = failure;
    failure = undefined;
    return taken;
  };

  const queue: BoundedQueue<Item> = {
    push(item) {
      if (ended) return false;
      if (waiting !== null) {
        waiting.resolve({ done: false, value: item });
        waiting = null;
        return true;
      }
      if (items.length >= limit) {
        end(tooSlow());
        return false;
      }
      items.push(item);
      return true;
    },
    end,
    next() {
      const item = items.shift();
      if (item !== undefined) return Promise.resolve({ done: false, value: item });
      if (ended) {
        const error = takeFailure();
        return error === undefined ? Promise.resolve(done) : Promise.reject(error);
      }
      waiting ??= Promise.withResolvers<IteratorResult<Item>>();
      return waiting.promise;
    },
    return() {
      items.length = 0;
      end();
      return Promise.resolve(done);
    },
    [Symbol.asyncIterator]: () => queue,
  };
  return queue;
}
