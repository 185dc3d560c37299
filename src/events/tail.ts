import type { Logger } from "pino";
import type { Database } from "../store/db.js";
import {
  comparePositions,
  type PlacedEvent,
  type Position,
  readEvents,
  readHorizon,
} from "../store/events.js";
import type { Bus } from "./bus.js";

/** Newest events kept in memory; a follower further behind reads the table. */
const KEPT = 10_000;
const BATCH = 1_000;
/** Every process looks by itself this often, whatever the bus says. */
const LOOK_EVERY_MS = 1_000;
/** How soon to look again while something committed waits for an older transaction to end. */
const LOOK_AGAIN_MS = 5;

/** The newest part of the log, read once for all followers of this process. */
export interface Tail {
  /** Goes up whenever there is more to read. */
  version(): number;
  /**
   * What comes after a place for one tenant; null where that place is older than what is kept here. `end` is the place
   * reached where this is all there is, null where more waits.
   */
  after(
    position: Position,
    tenantId: string,
    limit: number,
  ): { placed: PlacedEvent[]; end: Position | null } | null;
  /** Resolves when there is more than at that version, or the time is up, or the signal ends. */
  news(version: number, timeoutMs: number, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** Starts reading the log's end, as the system role, on every piece of news and each second besides. */
export async function startTail(db: Database, bus: Bus, log: Logger): Promise<Tail> {
  let kept: PlacedEvent[] = [];
  let end: Position = await db.asSystem(readHorizon);
  let begin = end;
  let version = 0;
  let stopped = false;
  let look: () => void = () => {};
  const waiting = new Set<() => void>();

  const read = async (): Promise<number> => {
    const { placed, horizon, more } = await db.asSystem((tx) => readEvents(tx, end, BATCH, null));
    const full = placed.length === BATCH;
    const reached = full ? (placed.at(-1) as PlacedEvent).position : horizon;
    if (comparePositions(reached, end) > 0) end = reached;
    if (placed.length > 0) {
      kept = kept.concat(placed);
      const surplus = kept.length - KEPT;
      if (surplus > 0) {
        begin = (kept[surplus - 1] as PlacedEvent).position;
        kept = kept.slice(surplus);
      }
      version += 1;
      for (const wake of [...waiting]) wake();
    }
    return full ? 0 : more ? LOOK_AGAIN_MS : LOOK_EVERY_MS;
  };

  const run = async () => {
    while (!stopped) {
      const called = new Promise<void>((resolve) => {
        look = resolve;
      });
      const pause = await read().catch((error: unknown) => {
        if (!stopped)
          log.warn({ err: error }, "the log could not be read; trying again in a second");
        return LOOK_EVERY_MS;
      });
      if (stopped || pause === 0) continue;
      await Promise.race([called, delay(pause)]);
    }
  };
  const running = run();
  const unlisten = bus.listen("log", () => look());

  return {
    version: () => version,
    after(position, tenantId, limit) {
      if (comparePositions(position, begin) < 0) return null;
      const placed: PlacedEvent[] = [];
      for (let i = firstAfter(kept, position); i < kept.length; i += 1) {
        const item = kept[i] as PlacedEvent;
        if (item.tenantId !== tenantId) continue;
        placed.push(item);
        if (placed.length === limit) return { placed, end: null };
      }
      return { placed, end: comparePositions(end, position) > 0 ? end : position };
    },
    news(seen, timeoutMs, signal) {
      if (version > seen || signal.aborted || stopped) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        waiting.add(done);
        signal.addEventListener("abort", done, { once: true });
      });
    },
    async stop() {
      stopped = true;
      unlisten();
      look();
      for (const wake of [...waiting]) wake();
      await running;
    },
  };
}

/** Index of the first event after a place; the list is in order. */
function firstAfter(list: PlacedEvent[], position: Position): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePositions((list[middle] as PlacedEvent).position, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
