import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Channel, Connector, Platform, Probe } from "../domain/channel.js";
import { ChannelError, InvalidInput } from "../domain/errors.js";
import { mintId } from "../domain/id.js";
import { unreachableFromShop, webhooksRefused } from "../domain/problem.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import { saveHealth, saveWebhooks } from "../store/channel-sync.js";
import { findConnectedShop, insertChannel, sealSecrets } from "../store/channels.js";
import type { Database } from "../store/db.js";
import { DatabaseError } from "../store/errors.js";
import type { KeyRing } from "../store/seal.js";
import type { ChannelResult, UserErrorData } from "./face.js";

export interface ConnectOptions {
  db: Database;
  bus: Bus;
  connectors: ReadonlyMap<Platform, Connector>;
  keyRing: KeyRing;
  /** The guarded way out. */
  fetch: typeof fetch;
  /** Where a connected shop is to deliver; null where it cannot reach this gateway. */
  webhookAddress: (tenantId: string, channelId: string) => Promise<string | null>;
  log: Logger;
  now?: () => Date;
  /** The longest that the shop may take, for each of the questions it is asked. Default 15,000 ms. */
  timeoutMs?: number;
}

export interface ConnectWish {
  platform: string;
  name: string;
  settings: unknown;
}

/** Long enough for any shop's name. */
const MAX_NAME = 100;
const SECRET_BYTES = 32;

/**
 * Connects a shop: asks the shop itself who it is and what the key may do, keeps it with its settings sealed,
 * registers webhooks where the shop can reach us, and has the backfill begin. What the shop refuses is an error of
 * the result, and nothing is kept; that webhooks cannot be had only leaves the channel with a problem, polled.
 */
export async function connectShop(
  options: ConnectOptions,
  viewer: Viewer,
  wish: ConnectWish,
): Promise<ChannelResult> {
  const channelId = mintId("Channel");
  try {
    const shop = await askShop(options, wish);
    await store(options, viewer.tenantId, channelId, shop);
    await registerWebhooks(options, viewer.tenantId, channelId, shop);
    options.bus.notify("channels");
    return { channelId, errors: [] };
  } catch (error) {
    return { channelId: null, errors: [refusal(error, channelId)] };
  }
}

/** A shop that answered. */
interface Shop {
  platform: string;
  name: string;
  settings: unknown;
  webhookSecret: string;
  probe: Probe;
  channel: Channel;
}

async function askShop(options: ConnectOptions, wish: ConnectWish): Promise<Shop> {
  const { connectors, fetch, now } = options;
  const connector = connectors.get(wish.platform);
  if (!connector) {
    const known = [...connectors.keys()].join(", ");
    throw new InvalidInput(`Platform ${wish.platform} is not one of ${known}`, ["platform"]);
  }
  const name = wish.name.trim();
  if (name === "" || name.length > MAX_NAME)
    throw new InvalidInput(`A channel's name has 1 to ${MAX_NAME} characters`, ["name"]);
  const webhookSecret = randomBytes(SECRET_BYTES).toString("base64url");
  const open = (probe: Probe | null) =>
    connector.open(wish.settings, { webhookSecret, probe, fetch, ...(now ? { now } : {}) });
  const unprobed = inSettings(() => open(null));
  const probe = await within(options, connector, (signal) => unprobed.probe(signal));
  const { platform, settings } = wish;
  return { platform, name, settings, webhookSecret, probe, channel: open(probe) };
}

/** Opens with the path of what is wrong leading into the mutation's settings. */
function inSettings<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.message, ["settings", ...error.path], { cause: error });
  }
}

async function within<T>(
  { timeoutMs = 15_000 }: ConnectOptions,
  { name }: { name: string },
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await ask(deadline);
  } catch (cause) {
    if (!deadline.aborted) throw cause;
    throw new ChannelError(
      "CHANNEL_UNAVAILABLE",
      `${name}: the shop did not answer within ${timeoutMs / 1000} s; check its address and whether it is up`,
      { retryable: true, cause },
    );
  }
}

async function store(
  { db, keyRing, now = () => new Date() }: ConnectOptions,
  tenantId: string,
  id: string,
  { platform, name, settings, webhookSecret, probe }: Shop,
): Promise<void> {
  const sealed = sealSecrets(keyRing, tenantId, id, { settings, webhookSecret });
  const shop = { tenantId, platform, externalUrl: probe.externalUrl };
  const find = () => db.forTenant(tenantId, (tx) => findConnectedShop(tx, shop));
  const twin = await find();
  if (twin) throw new AlreadyConnected(probe, twin);
  const row = { tenantId, id, platform, name, sealed, probe, connectedAt: now() };
  try {
    await db.forTenant(tenantId, (tx) => insertChannel(tx, row));
  } catch (error) {
    const lostRace =
      error instanceof DatabaseError && error.constraint === "channels_one_shop_once";
    const winner = lostRace ? await find() : null;
    throw winner ? new AlreadyConnected(probe, winner, error) : error;
  }
}

/** The channel is there before its webhooks are, since shops try the address while they register it. */
async function registerWebhooks(
  options: ConnectOptions,
  tenantId: string,
  channelId: string,
  { channel, platform }: Shop,
): Promise<void> {
  const { db, webhookAddress, log, now = () => new Date() } = options;
  const address = await webhookAddress(tenantId, channelId);
  const healthy = { health: "HEALTHY" } as const;
  if (address === null) {
    const problem = unreachableFromShop(now());
    return db.forTenant(tenantId, (tx) =>
      saveHealth(tx, tenantId, channelId, { ...healthy, problem }),
    );
  }
  try {
    const webhooks = await within(options, { name: platform }, (signal) =>
      channel.ensureWebhooks(address, signal),
    );
    await db.forTenant(tenantId, (tx) => saveWebhooks(tx, tenantId, channelId, now(), webhooks));
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    log.warn({ err: error, channelId }, "a shop is connected without webhooks");
    const problem = webhooksRefused(error, now());
    await db.forTenant(tenantId, (tx) =>
      saveHealth(tx, tenantId, channelId, { ...healthy, problem }),
    );
  }
}

class AlreadyConnected extends ChannelError {
  readonly channelId: string;
  constructor(probe: Probe, twin: { id: string; name: string }, cause?: unknown) {
    super(
      "ALREADY_IN_STATE",
      `${probe.externalUrl} is connected already as "${twin.name}" (${twin.id}); disconnect that channel first to connect it anew`,
      { cause },
    );
    this.channelId = twin.id;
  }
}

/** What a caller can act on; everything else is thrown on. */
function refusal(error: unknown, mintedId: string): UserErrorData {
  if (error instanceof InvalidInput) {
    const { code, message, path } = error;
    return {
      kind: "BasicUserError",
      code: code as "INVALID_INPUT",
      message,
      path: ["input", ...path],
    };
  }
  if (!(error instanceof ChannelError) || error.code === "INTERNAL") throw error;
  const { code, message, httpStatus, upstreamCode, upstreamMessage, retryAfterMs } = error;
  const told = { code, message, httpStatus, upstreamCode, upstreamMessage, retryAfterMs };
  // The id that the channel would have had: no channel bears it, and none ever will.
  const channelId = error instanceof AlreadyConnected ? error.channelId : mintedId;
  return { kind: "ChannelError", path: ["input", "settings"], channelId, ...told };
}
