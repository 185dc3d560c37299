/** Work that a shop takes on and does only after its client has gone: what a proxy's queue or a busy database does. */
export interface Late {
  /** Keeps a piece of work back until `happen`, or for so many milliseconds. */
  hold(work: () => unknown, ms?: number): void;
  /** Does all that is kept back, oldest first; how many pieces it was. */
  happen(): Promise<number>;
  /** Drops what is kept back. */
  forget(): void;
}

/** Nothing is kept back yet. Work that fails is told to the log, as nobody waits for its answer. */
export function createLate(log: (message: string) => void): Late {
  const held = new Map<() => unknown, NodeJS.Timeout | undefined>();

  async function run(work: () => unknown): Promise<void> {
    clearTimeout(held.get(work));
    held.delete(work);
    try {
      await work();
    } catch (cause) {
      log(`late work failed: ${cause instanceof Error ? cause.stack : String(cause)}`);
    }
  }

  return {
    hold(work, ms) {
      const timer = ms === undefined ? undefined : setTimeout(() => void run(work), ms);
      timer?.unref();
      held.set(work, timer);
    },
    async happen() {
      const all = [...held.keys()];
      for (const work of all) await run(work);
      return all.length;
    },
    forget() {
      for (const timer of held.values()) clearTimeout(timer);
      held.clear();
    },
  };
}
