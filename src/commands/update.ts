import { InvalidInput } from "../domain/errors.js";
import type { Viewer } from "../domain/scope.js";
import { healthChanged } from "../events/health.js";
import type { Recorder } from "../events/recorder.js";
import { findSync, saveHealth, saveWebhooks } from "../store/channel-sync.js";
import {
  type ChannelRow,
  openSecrets,
  renameChannel,
  replaceSealed,
  saveProbe,
  sealSecrets,
} from "../store/channels.js";
import type { ChannelResult } from "./face.js";
import { actorOf } from "./planned.js";
import { basic } from "./refusal.js";
import { replaceSettings } from "./secrets.js";
import {
  askShop,
  checkName,
  connectorOf,
  disconnectedChannel,
  findVisible,
  registerWebhooks,
  type Shop,
  type ShopOptions,
  shopRefusal,
  unknownChannel,
} from "./shop.js";

export interface UpdateOptions extends ShopOptions {
  recorder: Recorder;
}

/** What is to be otherwise; null leaves it as it is. */
export interface ChannelChange {
  name: string | null;
  settings: unknown;
}

/**
 * Gives a channel another name or other settings. Settings are tried on the shop before they replace the old ones:
 * the same shop must answer. What works makes the channel well at once, unless it is paused, and its webhooks are
 * made sure of with the new credentials. What is refused changes nothing at all.
 */
export async function updateShop(
  options: UpdateOptions,
  viewer: Viewer,
  channelId: string,
  { name, settings }: ChannelChange,
): Promise<ChannelResult> {
  const row = await findVisible(options.db, viewer, channelId);
  if (!row) return unknownChannel(channelId);
  if (row.disconnectedAt !== null) return disconnectedChannel(channelId);
  try {
    if (name === null && settings === null)
      throw new InvalidInput("Say what is to change: its name, its settings, or both", ["name"]);
    const newName = name === null ? row.name : checkName(name);
    const shop = settings === null ? null : await askAgain(options, row, settings);
    if (!(await store(options, row, newName, shop))) return changedMeanwhile(channelId);
    if (shop) await welcomeBack(options, viewer, channelId, shop);
    options.bus.notify("channels");
    return { channelId, errors: [] };
  } catch (error) {
    return { channelId, errors: [shopRefusal(error, channelId, [])] };
  }
}

async function askAgain(options: UpdateOptions, row: ChannelRow, given: unknown): Promise<Shop> {
  const { tenantId, id, platform } = row;
  const before = openSecrets(options.keyRing, tenantId, id, row.sealed);
  const { settings: schema } = connectorOf(options, platform);
  const settings = replaceSettings(schema, before.settings, given);
  const { webhookSecret } = before;
  const shop = await askShop(options, { platform, settings, webhookSecret });
  if (shop.probe.externalUrl === row.externalUrl) return shop;
  throw new InvalidInput(
    `With these settings ${shop.probe.externalUrl} answers, but this channel is ${row.externalUrl}; connect another shop as a channel of its own`,
    ["settings"],
  );
}

/** Whether nobody changed the settings meanwhile. */
function store(
  { db, keyRing }: UpdateOptions,
  { tenantId, id, sealed: from }: ChannelRow,
  name: string,
  shop: Shop | null,
): Promise<boolean> {
  return db.forTenant(tenantId, async (tx) => {
    if (shop) {
      const { settings, webhookSecret, probe } = shop;
      const to = sealSecrets(keyRing, tenantId, id, { settings, webhookSecret });
      if (!(await replaceSealed(tx, tenantId, id, { from, to }))) return false;
      await saveProbe(tx, tenantId, id, probe);
    }
    await renameChannel(tx, tenantId, id, name);
    return true;
  });
}

/** The shop answered: whatever was wrong is over. */
async function welcomeBack(
  options: UpdateOptions,
  viewer: Viewer,
  channelId: string,
  shop: Shop,
): Promise<void> {
  const { recorder, now = () => new Date() } = options;
  const { tenantId } = viewer;
  const { webhooks, problem } = await registerWebhooks(options, tenantId, channelId, shop);
  await recorder.transact(tenantId, async (scope) => {
    const { tx } = scope;
    const sync = await findSync(tx, tenantId, channelId);
    if (!sync) return;
    await saveWebhooks(tx, tenantId, channelId, webhooks ? now() : null, webhooks);
    if (sync.health === "PAUSED") return;
    await saveHealth(tx, tenantId, channelId, { health: "HEALTHY", problem });
    if (sync.health === "HEALTHY") return;
    const how = { source: "MANUAL", actor: actorOf(viewer), now: now() } as const;
    await scope.append([
      healthChanged({ channelId, before: sync.health, after: "HEALTHY", ...how }),
    ]);
  });
}

function changedMeanwhile(channelId: string): ChannelResult {
  const message = `Somebody else changed the settings of ${channelId} at the same time; look at what they are now and ask again`;
  return { channelId, errors: [basic("COMMAND_IN_FLIGHT", message, ["id"])] };
}
