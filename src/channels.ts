import { isIP } from "node:net";
import type { Channel, Connector, OpenChannel, Platform, Probe } from "./domain/channel.js";
import { GatewayError, NotFound } from "./domain/errors.js";
import type { Instant } from "./domain/time.js";
import {
  findOpening,
  findRevision,
  openSecrets,
  replaceSealed,
  sealSecrets,
} from "./store/channels.js";
import type { Database } from "./store/db.js";
import type { KeyRing } from "./store/seal.js";

export interface OpenChannelOptions {
  db: Database;
  connectors: ReadonlyMap<Platform, Connector>;
  keyRing: KeyRing;
  /** The guarded way out; see egress. */
  fetch: typeof fetch;
  /** Told what shops say of their limits. */
  onRateLimit?: (
    tenantId: string,
    channelId: string,
    limit: { remaining: number; resetsAt: Instant | null },
  ) => void;
  now?: () => Date;
}

/**
 * Opens connected shops and keeps them open, so that all who ask one shop share its budget. Each call looks whether
 * the row is still the same: a channel whose settings changed is opened anew, one that was disconnected is NotFound.
 */
export function createOpenChannel(options: OpenChannelOptions): OpenChannel {
  const { db } = options;
  const opened = new Map<string, { revision: string; channel: Channel }>();

  return async (tenantId, channelId) => {
    const place = `${tenantId} ${channelId}`;
    const known = opened.get(place);
    const revision =
      known && (await db.forTenant(tenantId, (tx) => findRevision(tx, tenantId, channelId)));
    if (known && known.revision === revision) return known.channel;
    opened.delete(place);
    const opening = await db.forTenant(tenantId, (tx) => findOpening(tx, tenantId, channelId));
    if (!opening) throw new NotFound("Channel", channelId);
    // Somebody else may have opened it while this one was read: one budget, not two.
    const meanwhile = opened.get(place);
    if (meanwhile?.revision === opening.revision) return meanwhile.channel;
    const channel = openRow(options, tenantId, channelId, opening);
    opened.set(place, { revision: opening.revision, channel });
    await sealAnew(options, tenantId, channelId, opening.sealed);
    return channel;
  };
}

/** What an older key sealed is put under the present one when its shop is opened, so that old keys can go. */
async function sealAnew(
  { db, keyRing }: OpenChannelOptions,
  tenantId: string,
  channelId: string,
  sealed: string,
): Promise<void> {
  if (keyRing.isCurrent(sealed)) return;
  const secrets = openSecrets(keyRing, tenantId, channelId, sealed);
  const change = { from: sealed, to: sealSecrets(keyRing, tenantId, channelId, secrets) };
  await db.forTenant(tenantId, (tx) => replaceSealed(tx, tenantId, channelId, change));
}

/** Where a connected shop is to deliver its webhooks; null where it cannot reach this gateway. Throws NotFound. */
export type WebhookAddress = (tenantId: string, channelId: string) => Promise<string | null>;

export interface WebhookAddressOptions {
  db: Database;
  keyRing: KeyRing;
  publicUrl: string | null;
  /** Where the gateway listens; asked at each call, since a port may be known only once it is open. */
  localUrl: () => string | null;
}

/**
 * Webhooks go to PUBLIC_URL. Without it only a shop on this very machine, as its settings tell, can reach the
 * gateway, at the address it listens on.
 */
export function createWebhookAddress(options: WebhookAddressOptions): WebhookAddress {
  const { db, keyRing, publicUrl, localUrl } = options;
  return async (tenantId, channelId) => {
    let base = publicUrl;
    if (base === null) {
      const row = await db.forTenant(tenantId, (tx) => findOpening(tx, tenantId, channelId));
      if (!row) throw new NotFound("Channel", channelId);
      const { settings } = openSecrets(keyRing, tenantId, channelId, row.sealed);
      base = isLocal(settings) ? localUrl() : null;
    }
    return base === null ? null : `${base.replace(/\/+$/, "")}/webhooks/${channelId}`;
  };
}

/** Whether an address among the settings is one of this machine. */
function isLocal(settings: unknown): boolean {
  return Object.values(settings ?? {}).some(
    (value) => typeof value === "string" && isLoopback(value),
  );
}

function isLoopback(text: string): boolean {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return false;
  const host = new URL(text).hostname.replace(/^\[|\]$/g, "");
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function openRow(
  { connectors, keyRing, fetch, onRateLimit, now }: OpenChannelOptions,
  tenantId: string,
  channelId: string,
  row: { platform: string; name: string; sealed: string; probe: Probe },
): Channel {
  const connector = connectors.get(row.platform);
  if (!connector)
    throw new GatewayError(
      "INTERNAL",
      `${channelId} (${row.name}) is of platform ${row.platform}, which this build cannot open; it knows ${[...connectors.keys()].join(", ")}`,
    );
  const { settings, webhookSecret } = openSecrets(keyRing, tenantId, channelId, row.sealed);
  return connector.open(settings, {
    webhookSecret,
    probe: row.probe,
    fetch,
    onRateLimit: (limit) => onRateLimit?.(tenantId, channelId, limit),
    ...(now ? { now } : {}),
  });
}
