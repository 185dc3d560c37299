import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { NativeLocation, Probe } from "../domain/channel.js";
import { GatewayError } from "../domain/errors.js";
import { mintId } from "../domain/id.js";
import type { Tx } from "./db.js";
import type { KeyRing } from "./seal.js";
import { channels, deadLetters, deliveries, locations, orders, refreshes } from "./tables.js";

/** A connected shop as it is stored; how far ingest has come with it stands in channel-sync. */
export type ChannelRow = typeof channels.$inferSelect;

/** What must be known to write a channel's first row. */
export interface NewChannel {
  tenantId: string;
  id: string;
  platform: string;
  name: string;
  sealed: string;
  probe: Probe;
  connectedAt: Date;
}

/** What is sealed of a channel: what people typed, and the secret we gave the shop to sign with. */
export interface ChannelSecrets {
  settings: unknown;
  webhookSecret: string;
}

/** Writes a channel and its locations, its backfill pending. A shop that is connected already violates channels_one_shop_once. */
export async function insertChannel(tx: Tx, channel: NewChannel): Promise<void> {
  const { probe, connectedAt, ...row } = channel;
  await tx.insert(channels).values({
    ...row,
    probe,
    createdAt: connectedAt,
    capabilities: probe.capabilities,
    currency: probe.currency,
    timezone: probe.timezone,
    platformVersion: probe.platformVersion,
    externalUrl: probe.externalUrl,
  });
  await saveLocations(tx, channel.tenantId, channel.id, probe.locations);
}

/** Makes the locations known that a shop names; those it names no longer stay, since shipments point to them. */
export async function saveLocations(
  tx: Tx,
  tenantId: string,
  channelId: string,
  found: readonly NativeLocation[],
): Promise<void> {
  if (found.length === 0) return;
  const rows = found.map((location) => ({
    tenantId,
    id: mintId("Location"),
    channelId,
    ...location,
  }));
  await tx
    .insert(locations)
    .values(rows)
    .onConflictDoUpdate({
      target: [locations.tenantId, locations.channelId, locations.nativeId],
      set: { name: sql`excluded.name`, address: sql`excluded.address` },
    });
}

/** One channel of a tenant, disconnected ones too; null where there is none. */
export async function findChannel(
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<ChannelRow | null> {
  const [row] = await tx.select().from(channels).where(isChannel(tenantId, id));
  return row ?? null;
}

/** The connected channels of a tenant, oldest first. */
export function listChannels(tx: Tx, tenantId: string): Promise<ChannelRow[]> {
  return tx
    .select()
    .from(channels)
    .where(and(eq(channels.tenantId, tenantId), isNull(channels.disconnectedAt)))
    .orderBy(asc(channels.id));
}

/** The channel that a shop is connected as; null where it is not. */
export async function findConnectedShop(
  tx: Tx,
  shop: { tenantId: string; platform: string; externalUrl: string },
): Promise<{ id: string; name: string } | null> {
  const [row] = await tx
    .select({ id: channels.id, name: channels.name })
    .from(channels)
    .where(
      and(
        eq(channels.tenantId, shop.tenantId),
        eq(channels.platform, shop.platform),
        eq(channels.externalUrl, shop.externalUrl),
        isNull(channels.disconnectedAt),
      ),
    );
  return row ?? null;
}

/** Whose channel an id names, for the system role; null where it names none that is connected. */
export async function tenantOfChannel(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx
    .select({ tenantId: channels.tenantId })
    .from(channels)
    .where(and(eq(channels.id, id), isNull(channels.disconnectedAt)));
  return row?.tenantId ?? null;
}

/** What it takes to open a shop. */
export interface Opening {
  platform: string;
  name: string;
  sealed: string;
  probe: Probe;
  /** Another one means: open it anew. */
  revision: string;
}
const REVISION = sql<string>`md5(${channels.sealed} || ${channels.probe}::text)`;

/** What it takes to open a shop; null where there is none or it was disconnected. */
export async function findOpening(tx: Tx, tenantId: string, id: string): Promise<Opening | null> {
  const [row] = await tx
    .select({
      platform: channels.platform,
      name: channels.name,
      sealed: channels.sealed,
      probe: channels.probe,
      revision: REVISION,
    })
    .from(channels)
    .where(and(isChannel(tenantId, id), isNull(channels.disconnectedAt)));
  return row ?? null;
}

/** The revision of a connected channel, cheaper than opening it; null where it is not connected. */
export async function findRevision(tx: Tx, tenantId: string, id: string): Promise<string | null> {
  const [row] = await tx
    .select({ revision: REVISION })
    .from(channels)
    .where(and(isChannel(tenantId, id), isNull(channels.disconnectedAt)));
  return row?.revision ?? null;
}

/** Keeps what a later probe found: other permissions, plugins, places. Which shop it is stays as it was connected. */
export async function saveProbe(tx: Tx, tenantId: string, id: string, probe: Probe): Promise<void> {
  await tx
    .update(channels)
    .set({ probe, capabilities: probe.capabilities, platformVersion: probe.platformVersion })
    .where(and(isChannel(tenantId, id), isNull(channels.disconnectedAt)));
  await saveLocations(tx, tenantId, id, probe.locations);
}

/** Puts other secrets, or the same under another key, in place of those that were read; false where somebody changed them meanwhile. */
export async function replaceSealed(
  tx: Tx,
  tenantId: string,
  id: string,
  change: { from: string; to: string },
): Promise<boolean> {
  const changed = await tx
    .update(channels)
    .set({ sealed: change.to })
    .where(and(isChannel(tenantId, id), eq(channels.sealed, change.from)))
    .returning({ id: channels.id });
  return changed.length > 0;
}

export async function renameChannel(
  tx: Tx,
  tenantId: string,
  id: string,
  name: string,
): Promise<void> {
  await tx.update(channels).set({ name }).where(isChannel(tenantId, id));
}

/** Ends a channel: its credentials are gone, nobody works for it and nothing waits to be read. */
export async function disconnectChannel(
  tx: Tx,
  tenantId: string,
  id: string,
  now: Date,
): Promise<void> {
  await tx
    .update(channels)
    .set({
      disconnectedAt: now,
      sealed: "",
      webhooks: [],
      health: "PAUSED",
      problem: null,
      leaseOwner: null,
      leaseUntil: null,
    })
    .where(and(isChannel(tenantId, id), isNull(channels.disconnectedAt)));
  await tx
    .delete(refreshes)
    .where(and(eq(refreshes.tenantId, tenantId), eq(refreshes.channelId, id)));
}

/** Rows that one `eraseChannelData` takes away of each table, so that no transaction gets long. */
const ERASE_ROWS = 500;

/**
 * Takes away part of what came from a channel, in one short transaction: orders with everything below them, and what
 * came in as text. Answers false when nothing is left. Events stay: they hold no personal values.
 */
export async function eraseChannelData(
  tx: Tx,
  tenantId: string,
  channelId: string,
): Promise<boolean> {
  let erased = 0;
  for (const table of [orders, deliveries, deadLetters]) {
    const some = tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.tenantId, tenantId), eq(table.channelId, channelId)))
      .limit(ERASE_ROWS);
    const gone = await tx
      .delete(table)
      .where(and(eq(table.tenantId, tenantId), inArray(table.id, some)))
      .returning({ id: table.id });
    erased += gone.length;
  }
  return erased > 0;
}

/** Settings and webhook secret as one sealed text. */
export function sealSecrets(
  keyRing: KeyRing,
  tenantId: string,
  channelId: string,
  secrets: ChannelSecrets,
): string {
  return keyRing.seal(JSON.stringify(secrets), { tenantId, channelId, field: "settings" });
}

/** The way back. Throws GatewayError that says what to restore. */
export function openSecrets(
  keyRing: KeyRing,
  tenantId: string,
  channelId: string,
  sealed: string,
): ChannelSecrets {
  const text = keyRing.open(sealed, { tenantId, channelId, field: "settings" });
  const secrets: unknown = JSON.parse(text);
  if (isSecrets(secrets)) return secrets;
  throw new GatewayError(
    "INTERNAL",
    `The sealed settings of ${channelId} do not hold what a channel needs; connect the shop anew`,
  );
}

function isSecrets(value: unknown): value is ChannelSecrets {
  return (
    typeof value === "object" &&
    value !== null &&
    "settings" in value &&
    "webhookSecret" in value &&
    typeof value.webhookSecret === "string"
  );
}

function isChannel(tenantId: string, id: string) {
  return and(eq(channels.tenantId, tenantId), eq(channels.id, id));
}
