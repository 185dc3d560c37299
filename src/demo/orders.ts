import { writeFile } from "node:fs/promises";
import { type Gateway, TENANT } from "../app.js";
import { GatewayError } from "../domain/errors.js";
import type { Viewer } from "../domain/scope.js";
import type { BackfillProgress } from "../ingest/backfill.js";
import { type ChannelRow, listChannels } from "../store/channels.js";
import { readMemory } from "./memory.js";
import type { Shop } from "./shops.js";

/** How far the backfills of this process have come. */
export interface Arrivals {
  onProgress: (progress: BackfillProgress) => void;
  /** Tells `hear` of a channel from now on; answers how to stop hearing. */
  hear(channelId: string, hear: (progress: BackfillProgress) => void): () => void;
}

export function watchArrivals(): Arrivals {
  const hearing = new Map<string, (progress: BackfillProgress) => void>();
  return {
    onProgress: (progress) => hearing.get(progress.channelId)?.(progress),
    hear(channelId, hear) {
      hearing.set(channelId, hear);
      return () => hearing.delete(channelId);
    },
  };
}

interface Connected {
  id: string;
  name: string;
}

/** Connects the shops as any shop is connected; those that are connected already are left as they are. */
export async function connectShops({
  gateway,
  viewer,
  shops,
  memory,
}: {
  gateway: Gateway;
  viewer: Viewer;
  shops: Shop[];
  /** File that keeps which channel is which shop's. */
  memory: string;
}): Promise<Connected[]> {
  const connected = new Set<string>();
  gateway.readiness.require("shops", async () => {
    if (connected.size < shops.length) return `${shops.length - connected.size} to be connected`;
    const rows = await channelsOf(gateway);
    const waiting = rows.filter(({ id, firstPageAt }) => connected.has(id) && !firstPageAt);
    return waiting.length > 0 ? `first orders of ${waiting.length} to come in` : null;
  });
  const before = await channelsOf(gateway);
  const remembered = await readMemory<Record<string, string>>(memory);
  const channels = await Promise.all(
    shops.map(async (shop) => {
      // By its id, for it may bear another name by now.
      const known = before.find(({ id }) => id === remembered[shop.platform]);
      const id = known && !shop.moved ? known.id : await connect(gateway, viewer, shop, known?.id);
      connected.add(id);
      return { id, name: shop.name };
    }),
  );
  const ids = shops.map(({ platform }, index) => [platform, channels[index]?.id]);
  await writeFile(memory, JSON.stringify(Object.fromEntries(ids)));
  return channels;
}

async function connect(
  { channels }: Gateway,
  viewer: Viewer,
  { platform, name, settings }: Shop,
  replaces: string | undefined,
): Promise<string> {
  // A shop that moved to another port is the same shop: its orders come in again.
  if (replaces) await channels.disconnect(viewer, replaces, { eraseData: true });
  const { channelId, errors } = await channels.connect(viewer, { platform, name, settings });
  if (channelId === null) {
    const reasons = errors.map(({ message }) => message).join("; ");
    throw new GatewayError("CHANNEL_UNAVAILABLE", `${name} could not be connected: ${reasons}`);
  }
  return channelId;
}

/** Resolves when all orders of a channel are in, and shows on the way how many are. */
export async function awaitOrders(
  { gateway, arrivals }: { gateway: Gateway; arrivals: Arrivals },
  channel: Connected,
  shown: { title: string; output: string },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const done = (imported: number) => {
      stop();
      shown.title = `${channel.name}: ${imported} orders`;
      resolve();
    };
    const stop = arrivals.hear(channel.id, ({ imported, estimatedTotal, completed }) => {
      if (completed) return done(imported);
      shown.output = estimatedTotal === null ? `${imported}` : `${imported} of ${estimatedTotal}`;
    });
    channelsOf(gateway).then((rows) => {
      const row = rows.find(({ id }) => id === channel.id);
      if (row?.backfillStatus === "COMPLETED") done(row.backfillImported);
    }, reject);
  });
}

function channelsOf({ database }: Gateway): Promise<ChannelRow[]> {
  return database.forTenant(TENANT, (tx) => listChannels(tx, TENANT));
}
