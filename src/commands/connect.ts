import { randomBytes } from "node:crypto";
import type { Probe } from "../domain/channel.js";
import { ChannelError } from "../domain/errors.js";
import { mintId } from "../domain/id.js";
import type { Viewer } from "../domain/scope.js";
import { saveHealth, saveWebhooks } from "../store/channel-sync.js";
import { findConnectedShop, insertChannel, sealSecrets } from "../store/channels.js";
import { DatabaseError } from "../store/errors.js";
import type { ChannelResult } from "./face.js";
import {
  askShop,
  checkName,
  connectorOf,
  registerWebhooks,
  type Shop,
  type ShopOptions,
  shopRefusal,
} from "./shop.js";

export interface ConnectWish {
  platform: string;
  name: string;
  settings: unknown;
}

const SECRET_BYTES = 32;

/**
 * Connects a shop: asks the shop itself who it is and what the key may do, keeps it with its settings sealed,
 * registers webhooks where the shop can reach us, and has the backfill begin. What the shop refuses is an error of
 * the result, and nothing is kept; that webhooks cannot be had only leaves the channel with a problem, polled.
 */
export async function connectShop(
  options: ShopOptions,
  viewer: Viewer,
  { platform, settings, ...wish }: ConnectWish,
): Promise<ChannelResult> {
  const channelId = mintId("Channel");
  try {
    connectorOf(options, platform);
    const name = checkName(wish.name);
    const webhookSecret = randomBytes(SECRET_BYTES).toString("base64url");
    const shop = await askShop(options, { platform, settings, webhookSecret });
    await store(options, viewer.tenantId, { id: channelId, name, shop });
    await beginDeliveries(options, viewer.tenantId, channelId, shop);
    options.bus.notify("channels");
    return { channelId, errors: [] };
  } catch (error) {
    // The id that the channel would have had: no channel bears it, and none ever will.
    const told = error instanceof AlreadyConnected ? error.channelId : channelId;
    return { channelId: null, errors: [shopRefusal(error, told, ["input"])] };
  }
}

async function store(
  { db, keyRing, now = () => new Date() }: ShopOptions,
  tenantId: string,
  { id, name, shop }: { id: string; name: string; shop: Shop },
): Promise<void> {
  const { platform, settings, webhookSecret, probe } = shop;
  const sealed = sealSecrets(keyRing, tenantId, id, { settings, webhookSecret });
  const same = { tenantId, platform, externalUrl: probe.externalUrl };
  const find = () => db.forTenant(tenantId, (tx) => findConnectedShop(tx, same));
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
async function beginDeliveries(
  options: ShopOptions,
  tenantId: string,
  channelId: string,
  shop: Shop,
): Promise<void> {
  const { db, now = () => new Date() } = options;
  const { webhooks, problem } = await registerWebhooks(options, tenantId, channelId, shop);
  await db.forTenant(tenantId, async (tx) => {
    if (webhooks) await saveWebhooks(tx, tenantId, channelId, now(), webhooks);
    else await saveHealth(tx, tenantId, channelId, { health: "HEALTHY", problem });
  });
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
