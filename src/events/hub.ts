import type { Topic } from "./bus.js";

/** What every bus has inside: who listens to what in this process, and one outgoing message at a time. */
export interface Hub {
  notify(topic: Topic): void;
  listen(topic: Topic, hear: () => void): () => void;
  /** Passes news on to this process's listeners. */
  hear(topics: readonly Topic[]): void;
  hearAll(): void;
  /** Listeners hear no more; resolves when the last message is out. */
  close(): Promise<void>;
}

/** `send` passes topics on to all processes, this one included; what is said while it is under way goes with the next. */
export function createHub(send: (topics: Topic[]) => Promise<void>): Hub {
  const listeners = new Map<Topic, Set<() => void>>();
  let waiting = new Set<Topic>();
  let sending: Promise<void> | null = null;
  let closed = false;

  const flush = async () => {
    // Whatever is said within this turn of the event loop goes out together.
    await Promise.resolve();
    while (waiting.size > 0) {
      const topics = [...waiting];
      waiting = new Set();
      await send(topics);
    }
    sending = null;
  };
  const hear = (topics: readonly Topic[]) => {
    for (const topic of topics)
      for (const listener of [...(listeners.get(topic) ?? [])]) listener();
  };
  return {
    notify(topic) {
      if (closed) return;
      waiting.add(topic);
      sending ??= flush();
    },
    listen(topic, listener) {
      const known = listeners.get(topic) ?? new Set();
      listeners.set(topic, known.add(listener));
      return () => known.delete(listener);
    },
    hear,
    hearAll: () => hear([...listeners.keys()]),
    async close() {
      closed = true;
      listeners.clear();
      await sending;
    },
  };
}
