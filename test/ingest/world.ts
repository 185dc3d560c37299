import { and, asc, eq } from "drizzle-orm";
import { vi } from "vitest";
import type { OpenChannel } from "../../src/domain/channel.js";
import { NotFound } from "../../src/domain/errors.js";
import { mintId } from "../../src/domain/id.js";
import type { Bus } from "../../src/events/bus.js";
import { createHub } from "../../src/events/hub.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorder } from "../../src/events/recorder.js";
import { type Ingest, type IngestOptions, startIngest } from "../../src/ingest/index.js";
import type { Database } from "../../src/store/db.js";
import { beginEpoch } from "../../src/store/events.js";
import * as tables from "../../src/store/tables.js";
import { insertChannel } from "../support/channel.js";
import { createTestDatabase } from "../support/database.js";
import { silent } from "../support/log.js";
import { FakeShop } from "./fake-shop.js";

export const tenantId = "t1";

/** Resolves when a look succeeds; throws what the last look threw after twenty seconds. */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 20_000, interval: 10 });

/** A promise that a test opens by hand. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A database, a recorder and a bus in this process, and shops in memory. */
export interface World {
  db: Database;
  recorder: Recorder;
  bus: Bus;
  openChannel: OpenChannel;
  log: typeof silent;
  /** Connects another shop; by default its backfill counts as done, and polls see all it has. */
  connect(options?: {
    backfilled?: boolean;
    polledTo?: Date;
  }): Promise<{ channelId: string; shop: FakeShop }>;
  /** Ingest as one process runs it, until `stopAll`. */
  run(options?: Partial<IngestOptions>): Ingest;
  row(channelId: string): Promise<typeof tables.channels.$inferSelect>;
  orders(channelId: string): Promise<(typeof tables.orders.$inferSelect)[]>;
  events(channelId: string): Promise<(typeof tables.events.$inferSelect)[]>;
  rows<T extends typeof tables.refreshes | typeof tables.deliveries | typeof tables.deadLetters>(
    table: T,
    channelId: string,
  ): Promise<T["$inferSelect"][]>;
  stopAll(): Promise<void>;
  end(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const test = await createTestDatabase();
  const db = test.database;
  await db.asSystem(beginEpoch);
  const hub = createHub(async (topics) => hub.hear(topics));
  const recorder = createRecorder({ db, bus: hub });
  const shops = new Map<string, FakeShop>();
  let running: Ingest[] = [];
  const stopAll = async () => {
    const all = running;
    running = [];
    await Promise.all(all.map((ingest) => ingest.stop()));
  };
  const openChannel: OpenChannel = async (_tenantId, channelId) => {
    const shop = shops.get(channelId);
    if (!shop) throw new NotFound("Channel", channelId);
    return shop.channel;
  };
  const base = { db, recorder, bus: hub, openChannel, log: silent };
  const ofChannel = <T extends typeof tables.refreshes>(table: T, channelId: string) =>
    and(eq(table.tenantId, tenantId), eq(table.channelId, channelId));

  return {
    ...base,
    async connect({ backfilled = true, polledTo = new Date(Date.UTC(2026, 0, 1)) } = {}) {
      const channelId = mintId("Channel");
      const shop = new FakeShop();
      shops.set(channelId, shop);
      await insertChannel(db, tenantId, channelId);
      const backfillStatus = backfilled ? "COMPLETED" : "PENDING";
      await db.asSystem((tx) =>
        tx
          .update(tables.channels)
          .set({ backfillStatus, polledTo })
          .where(eq(tables.channels.id, channelId)),
      );
      return { channelId, shop };
    },
    run(options = {}) {
      const ingest = startIngest({
        ...base,
        webhookAddress: async () => "http://127.0.0.1:1/webhooks/x",
        idleMs: 20,
        pollEveryMs: 3_600_000,
        ...options,
      });
      running.push(ingest);
      return ingest;
    },
    async row(channelId) {
      const [row] = await db.asSystem((tx) =>
        tx.select().from(tables.channels).where(eq(tables.channels.id, channelId)),
      );
      if (!row) throw new Error(`no channel ${channelId}`);
      return row;
    },
    orders: (channelId) =>
      db.forTenant(tenantId, (tx) =>
        tx
          .select()
          .from(tables.orders)
          .where(eq(tables.orders.channelId, channelId))
          .orderBy(asc(tables.orders.nativeId)),
      ),
    events: (channelId) =>
      db.forTenant(tenantId, (tx) =>
        tx
          .select()
          .from(tables.events)
          .where(eq(tables.events.channelId, channelId))
          .orderBy(asc(tables.events.seq)),
      ),
    rows: (table, channelId) =>
      db.forTenant(tenantId, (tx) =>
        tx
          .select()
          .from(table as typeof tables.refreshes)
          .where(ofChannel(table as typeof tables.refreshes, channelId)),
      ) as never,
    stopAll,
    async end() {
      await stopAll();
      await test.drop();
    },
  };
}
