import type { Logger } from "pino";
import type { OpenChannel } from "../domain/channel.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import { turnReconcile } from "../events/reconcile.js";
import type { Recorder, RecordScope } from "../events/recorder.js";
import { disconnectChannel, eraseChannelData } from "../store/channels.js";
import type { Database } from "../store/db.js";
import { holdUnfinished } from "../store/reconciles.js";
import { endSweeps } from "../store/sweeps.js";
import { type ChannelResult, storeError } from "./face.js";
import { basic } from "./refusal.js";
import { findVisible, unknownChannel } from "./shop.js";

export interface DisconnectOptions {
  db: Database;
  recorder: Recorder;
  bus: Bus;
  openChannel: OpenChannel;
  webhookAddress: (tenantId: string, channelId: string) => Promise<string | null>;
  log: Logger;
  now?: () => Date;
  /** The longest that the shop may take to remove our webhooks. Default 15,000 ms. */
  timeoutMs?: number;
}

/**
 * Ends a channel: its webhooks go as far as the shop lets us, its credentials at once. With `eraseData` everything
 * that came from it goes too, in short transactions; broken off halfway, asking again goes on. Events stay: they hold
 * no personal values. Disconnecting what is disconnected changes nothing.
 */
export async function disconnectShop(
  options: DisconnectOptions,
  viewer: Viewer,
  channelId: string,
  { eraseData }: { eraseData: boolean },
): Promise<ChannelResult> {
  const { db, recorder, bus, now = () => new Date() } = options;
  const { tenantId } = viewer;
  const row = await findVisible(db, viewer, channelId);
  if (!row) return unknownChannel(channelId);
  if (row.disconnectedAt === null) {
    await removeWebhooks(options, tenantId, channelId);
    await recorder.transact(tenantId, async (scope) => {
      await disconnectChannel(scope.tx, tenantId, channelId, now());
      await endReconciles(scope, channelId, now());
    });
    bus.notify("channels");
  }
  if (eraseData) await erase(db, tenantId, channelId);
  return { channelId, errors: [] };
}

async function removeWebhooks(
  { openChannel, webhookAddress, log, timeoutMs = 15_000 }: DisconnectOptions,
  tenantId: string,
  channelId: string,
): Promise<void> {
  try {
    const address = await webhookAddress(tenantId, channelId);
    if (address === null) return;
    const channel = await openChannel(tenantId, channelId);
    await channel.removeWebhooks(address, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    // A shop that is gone or whose key was withdrawn must not keep its channel alive; what it still sends is answered 404.
    log.warn({ err: error, channelId }, "a shop keeps webhooks of a channel that ended");
  }
}

/** Nobody is in charge of the channel any more who could carry them out. */
async function endReconciles(scope: RecordScope, channelId: string, now: Date): Promise<void> {
  const message = `${channelId} was disconnected`;
  const error = storeError(basic("CHANNEL_UNAVAILABLE", message, null));
  for (const command of await holdUnfinished(scope.tx, scope.tenantId, channelId))
    await turnReconcile(scope, command, "FAILED", { now, errors: [error] });
  await endSweeps(scope.tx, scope.tenantId, channelId, now, message);
}

async function erase(db: Database, tenantId: string, channelId: string): Promise<void> {
  const eraseSome = () => db.forTenant(tenantId, (tx) => eraseChannelData(tx, tenantId, channelId));
  while (await eraseSome());
}
