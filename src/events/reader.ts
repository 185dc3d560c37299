import { InvalidInput } from "../domain/errors.js";
import { instant } from "../domain/time.js";
import type { Database } from "../store/db.js";
import {
  comparePositions,
  decodeCursor,
  encodeCursor,
  findEvent,
  type PlacedEvent,
  type Position,
  positionSince,
  readEvents,
  readHorizon,
  readLogState,
} from "../store/events.js";
import type { FollowOptions, From, Log, LogPage, Reset, StreamItem } from "./log.js";
import type { Tail } from "./tail.js";

/** Rows in one read of the log. */
const BATCH = 500;
const CHECKPOINT_MS = 15_000;

/**
 * Reads the log for many followers at once. Each follower holds nothing but its place: it takes what comes next from the
 * shared tail while it keeps up, and from the table when it does not, so a slow client costs no memory and misses nothing.
 */
export function createLog(db: Database, tail: Tail): Log {
  const place = async (tenantId: string, from: From): Promise<Position | Reset> => {
    if (from.after != null) {
      const position = decodeCursor(from.after);
      if (!position) throw new InvalidInput(`not a cursor of this log: "${from.after}"`, ["after"]);
      return db.forTenant(tenantId, async (tx) => {
        const reset = resetOf(position, await readLogState(tx), await readHorizon(tx));
        return reset ?? position;
      });
    }
    if (from.since != null)
      return db.forTenant(tenantId, (tx) => positionSince(tx, tenantId, from.since as Date));
    return { epoch: 0, xid: 0n, seq: 0n };
  };

  const log: Log = {
    position: async (tenantId) => encodeCursor(await db.forTenant(tenantId, readHorizon)),
    event: (tenantId, id) => db.forTenant(tenantId, (tx) => findEvent(tx, tenantId, id)),

    async read(tenantId, from, limit): Promise<LogPage> {
      const start = await place(tenantId, from);
      if ("reason" in start)
        return { events: [], cursor: start.resumeAt, caughtUp: false, reset: start };
      const { placed, horizon } = await db.forTenant(tenantId, (tx) =>
        readEvents(tx, start, limit, tenantId),
      );
      const caughtUp = placed.length < limit;
      const end = caughtUp ? latest(start, horizon) : (placed.at(-1) as PlacedEvent).position;
      return {
        events: placed.map((item) => item.event),
        cursor: encodeCursor(end),
        caughtUp,
        reset: null,
      };
    },

    async *follow(tenantId, options): AsyncIterableIterator<StreamItem> {
      const live = options.after == null && options.since == null;
      let position = live
        ? await db.forTenant(tenantId, readHorizon)
        : await place(tenantId, options);
      if ("reason" in position) {
        const resumeAt = decodeCursor(position.resumeAt) as Position;
        yield { kind: "reset", ...position };
        position = resumeAt;
      }
      yield* walk(db, tail, tenantId, position, options);
    },
  };
  return log;
}

async function* walk(
  db: Database,
  tail: Tail,
  tenantId: string,
  from: Position,
  { filter, signal, checkpointEveryMs = CHECKPOINT_MS }: FollowOptions,
): AsyncIterableIterator<StreamItem> {
  let position = from;
  let saidAt = Date.now();
  let skipped = 0;
  while (!signal.aborted) {
    const seen = tail.version();
    const batch =
      tail.after(position, tenantId, BATCH) ??
      (await db.forTenant(tenantId, async (tx) => {
        const { placed, horizon } = await readEvents(tx, position, BATCH, tenantId);
        return { placed, end: placed.length < BATCH ? latest(position, horizon) : null };
      }));
    for (const { event, position: at } of batch.placed) {
      if (signal.aborted) return;
      position = at;
      if (!filter(event)) {
        skipped += 1;
        continue;
      }
      yield { kind: "event", event, cursor: event.cursor };
      saidAt = Date.now();
      skipped = 0;
    }
    if (batch.end) position = batch.end;
    const quietMs = Date.now() - saidAt;
    if (quietMs >= checkpointEveryMs || skipped >= BATCH) {
      yield {
        kind: "checkpoint",
        cursor: encodeCursor(position),
        at: instant(Date.now()),
        caughtUp: batch.end !== null,
      };
      saidAt = Date.now();
      skipped = 0;
    }
    if (batch.end)
      await tail.news(seen, Math.max(1, checkpointEveryMs - (Date.now() - saidAt)), signal);
  }
}

/** Whether a cursor can still be gone on from, and if not, why and where to go on. */
function resetOf(
  position: Position,
  state: { epoch: number; prunedBefore: bigint },
  horizon: Position,
): Reset | null {
  // No cursor of ours is ahead of the horizon, which never goes back: one that is comes from another log.
  const foreign = position.epoch !== state.epoch || position.xid > horizon.xid;
  // The very first place of all is before everything, not old.
  if (!foreign && position.xid >= state.prunedBefore) return null;
  return {
    reason: foreign ? "EPOCH_CHANGED" : "EXPIRED",
    oldestCursor: encodeCursor({ epoch: state.epoch, xid: state.prunedBefore, seq: 0n }),
    resumeAt: encodeCursor(horizon),
  };
}

function latest(a: Position, b: Position): Position {
  const { epoch, xid, seq } = comparePositions(a, b) < 0 ? b : a;
  return { epoch, xid, seq };
}
