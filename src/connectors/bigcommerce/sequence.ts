/** Lets work go on one after the other for each key, in the order in which it was asked for. */
export type Sequence = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Refunds of one order must not go beside each other (v3: "processing multiple concurrent refunds on the same order is not
 * yet supported"), nor may one look for its own traces while another is on its way.
 */
export function createSequence(): Sequence {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const own = before.then(work, work);
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}
