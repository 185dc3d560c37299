/**
 * How processes tell each other that there is news. It never carries the truth: a lost notification costs at most a
 * second, since every reader also looks by itself.
 */
export interface Bus {
  /** Says that a topic has news ("log", "commands", "refreshes", "keys"); coalesced, never throws. */
  notify(topic: Topic): void;
  /** Calls `hear` for each piece of news from any process; answers how to stop. */
  listen(topic: Topic, hear: () => void): () => void;
  close(): Promise<void>;
}
export type Topic = "log" | "commands" | "refreshes" | "channels" | "keys";
