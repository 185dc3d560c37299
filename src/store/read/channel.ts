import { and, asc, count, eq, isNull } from "drizzle-orm";
import type { ChannelHealth } from "../../domain/channel.js";
import type { Address } from "../../domain/order.js";
import type { Tx } from "../db.js";
import { channels, commands, deadLetters, locations } from "../tables.js";
import { type Access, isAnyOf, visible } from "./access.js";

/** A channel as it is read: everything but its secrets and leases. */
export type ChannelRecord = Awaited<ReturnType<typeof channelsById>>[number];

const shown = {
  id: channels.id,
  platform: channels.platform,
  name: channels.name,
  capabilities: channels.capabilities,
  currency: channels.currency,
  timezone: channels.timezone,
  platformVersion: channels.platformVersion,
  externalUrl: channels.externalUrl,
  disconnectedAt: channels.disconnectedAt,
  health: channels.health,
  problem: channels.problem,
  webhooks: channels.webhooks,
  polledTo: channels.polledTo,
  lastPollAt: channels.lastPollAt,
  lastWebhookAt: channels.lastWebhookAt,
  backfillStatus: channels.backfillStatus,
  backfillImported: channels.backfillImported,
  backfillEstimatedTotal: channels.backfillEstimatedTotal,
  rateLimitRemaining: channels.rateLimitRemaining,
  rateLimitResetsAt: channels.rateLimitResetsAt,
};

/** Channels by id, disconnected ones too, since their orders stay. */
export async function channelsById(tx: Tx, access: Access, ids: readonly string[]) {
  const rows = await tx
    .select(shown)
    .from(channels)
    .where(and(visibleChannels(access), isAnyOf(channels.id, ids)));
  return rows.map((row) => ({ ...row, health: row.health as ChannelHealth }));
}

/** Ids of the connected channels, oldest first. */
export async function connectedChannelIds(tx: Tx, access: Access): Promise<string[]> {
  const rows = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(and(visibleChannels(access), isNull(channels.disconnectedAt)))
    .orderBy(asc(channels.id));
  return rows.map(({ id }) => id);
}

function visibleChannels(access: Access) {
  return visible({ tenantId: channels.tenantId, channelId: channels.id }, access);
}

export interface LocationRecord {
  id: string;
  channelId: string;
  nativeId: string;
  name: string;
  address: Address | null;
}

/** Every location of these channels, by name. */
export async function locationsOfChannels(
  tx: Tx,
  access: Access,
  channelIds: readonly string[],
): Promise<LocationRecord[]> {
  const rows = await tx
    .select()
    .from(locations)
    .where(and(visible(locations, access), isAnyOf(locations.channelId, channelIds)))
    .orderBy(asc(locations.name), asc(locations.id));
  return rows.map((row) => ({ ...row, address: row.address as Address | null }));
}

/** The channel of each location. */
export function channelsOfLocations(
  tx: Tx,
  access: Access,
  ids: readonly string[],
): Promise<{ id: string; channelId: string }[]> {
  return tx
    .select({ id: locations.id, channelId: locations.channelId })
    .from(locations)
    .where(and(visible(locations, access), isAnyOf(locations.id, ids)));
}

/** How many writes are not ended, by channel. */
export function unfinishedCommands(
  tx: Tx,
  access: Access,
  channelIds: readonly string[],
): Promise<{ channelId: string; count: number }[]> {
  return tx
    .select({ channelId: commands.channelId, count: count() })
    .from(commands)
    .where(
      and(
        eq(commands.tenantId, access.tenantId),
        isNull(commands.finishedAt),
        isAnyOf(commands.channelId, channelIds),
      ),
    )
    .groupBy(commands.channelId);
}

/** How much came in and could not be understood, by channel. */
export function deadLetterCounts(
  tx: Tx,
  access: Access,
  channelIds: readonly string[],
): Promise<{ channelId: string; count: number }[]> {
  return tx
    .select({ channelId: deadLetters.channelId, count: count() })
    .from(deadLetters)
    .where(
      and(eq(deadLetters.tenantId, access.tenantId), isAnyOf(deadLetters.channelId, channelIds)),
    )
    .groupBy(deadLetters.channelId);
}
