import type { LoggedEvent } from "../domain/event.js";
import type { Instant } from "../domain/time.js";

/** The append-only log as readers see it. A cursor is opaque text, the same in every query, stream and header. */
export interface Log {
  /** A cursor after everything that is committed and visible now; "subscribe after this and miss nothing". */
  position(tenantId: string): Promise<string>;
  /** Events after a cursor (or since a moment, or from the oldest kept), oldest first, in one read. */
  read(tenantId: string, from: From, limit: number): Promise<LogPage>;
  /** The log from a cursor or moment on (absent: from now), then live for ever, until the signal ends it. */
  follow(tenantId: string, options: FollowOptions): AsyncIterableIterator<StreamItem>;
  /** One event by id, or null. */
  event(tenantId: string, id: string): Promise<LoggedEvent | null>;
}

export interface From {
  after?: string | null;
  since?: Date | null;
}
export interface LogPage {
  events: LoggedEvent[];
  /** As far as the log was read. */
  cursor: string;
  /** Whether this is all there is for now. */
  caughtUp: boolean;
  /** Set where the cursor cannot be gone on from; events is empty then. */
  reset: Reset | null;
}
export interface Reset {
  reason: "EXPIRED" | "EPOCH_CHANGED" | "ACCESS_CHANGED";
  oldestCursor: string;
  resumeAt: string;
}
export interface FollowOptions extends From {
  /** Which events to pass on; what it leaves out still moves the cursor. */
  filter: (event: LoggedEvent) => boolean;
  signal: AbortSignal;
  /** A checkpoint comes after this much silence. Default 15 s. */
  checkpointEveryMs?: number;
}
export type StreamItem =
  | { kind: "event"; event: LoggedEvent; cursor: string }
  | { kind: "checkpoint"; cursor: string; at: Instant; caughtUp: boolean }
  | ({ kind: "reset" } & Reset);
