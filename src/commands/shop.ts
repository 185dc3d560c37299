import type { Logger } from "pino";
import {
  type Channel,
  type Connector,
  type Platform,
  type Probe,
  sendsWebhooks,
  type WebhookRegistration,
} from "../domain/channel.js";
import { ChannelError, InvalidInput, NotFound } from "../domain/errors.js";
import { type ChannelProblem, unreachableFromShop, webhooksRefused } from "../domain/problem.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import { type ChannelRow, findChannel } from "../store/channels.js";
import type { Database } from "../store/db.js";
import type { KeyRing } from "../store/seal.js";
import type { ChannelResult, UserErrorData } from "./face.js";
import { asUserError, basic } from "./refusal.js";

/** What it takes to ask a shop who it is and to keep what it says. */
export interface ShopOptions {
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

/** A shop that answered. */
export interface Shop {
  platform: Platform;
  settings: unknown;
  webhookSecret: string;
  probe: Probe;
  channel: Channel;
}

/** Asks the shop itself who it is. Throws what it refuses, and InvalidInput whose path leads into the mutation's arguments. */
export async function askShop(
  options: ShopOptions,
  shop: Pick<Shop, "platform" | "settings" | "webhookSecret">,
): Promise<Shop> {
  const { fetch, now } = options;
  const { settings, webhookSecret } = shop;
  const connector = connectorOf(options, shop.platform);
  const open = (probe: Probe | null) =>
    connector.open(settings, { webhookSecret, probe, fetch, ...(now ? { now } : {}) });
  const unprobed = inSettings(() => open(null));
  const probe = await within(options, connector, (signal) => unprobed.probe(signal));
  return { ...shop, probe, channel: open(probe) };
}

/** The connector of a platform. Throws InvalidInput. */
export function connectorOf({ connectors }: ShopOptions, platform: Platform): Connector {
  const connector = connectors.get(platform);
  if (connector) return connector;
  const known = [...connectors.keys()].join(", ");
  throw new InvalidInput(`Platform ${platform} is not one of ${known}`, ["platform"]);
}

/** Long enough for any shop's name. */
const MAX_NAME = 100;

/** A shop's name without blanks around it. Throws InvalidInput. */
export function checkName(given: string): string {
  const name = given.trim();
  if (name === "" || name.length > MAX_NAME)
    throw new InvalidInput(`A channel's name has 1 to ${MAX_NAME} characters`, ["name"]);
  return name;
}

/** Has the shop deliver to us; where it cannot or will not, that is the channel's problem, and it is polled all the same. */
export async function registerWebhooks(
  options: ShopOptions,
  tenantId: string,
  channelId: string,
  { channel, platform }: Pick<Shop, "channel" | "platform">,
): Promise<{ webhooks: WebhookRegistration[] | null; problem: ChannelProblem | null }> {
  const { webhookAddress, log, now = () => new Date() } = options;
  if (!sendsWebhooks(channel.capabilities)) return { webhooks: [], problem: null };
  const address = await webhookAddress(tenantId, channelId);
  if (address === null) return { webhooks: null, problem: unreachableFromShop(now()) };
  try {
    const webhooks = await within(options, { name: platform }, (signal) =>
      channel.ensureWebhooks(address, signal),
    );
    return { webhooks, problem: null };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    log.warn({ err: error, channelId }, "a shop is connected without webhooks");
    return { webhooks: null, problem: webhooksRefused(error, now()) };
  }
}

/** What a caller can act on, under `root` of the mutation's arguments; everything else is thrown on. */
export function shopRefusal(error: unknown, channelId: string, root: string[]): UserErrorData {
  if (error instanceof InvalidInput)
    return basic("INVALID_INPUT", error.message, [...root, ...error.path]);
  if (!(error instanceof ChannelError) || error.code === "INTERNAL") throw error;
  return { ...asUserError(error, channelId), path: [...root, "settings"] };
}

/** A channel of the tenant that the viewer's key reaches, disconnected ones too. */
export async function findVisible(
  db: Database,
  viewer: Viewer,
  channelId: string,
): Promise<ChannelRow | null> {
  const { tenantId, channelIds } = viewer;
  if (channelIds !== null && !channelIds.includes(channelId)) return null;
  return db.forTenant(tenantId, (tx) => findChannel(tx, tenantId, channelId));
}

export function unknownChannel(channelId: string): ChannelResult {
  const { message } = new NotFound("Channel", channelId);
  return { channelId: null, errors: [basic("NOT_FOUND", message, ["id"])] };
}

export function disconnectedChannel(channelId: string): ChannelResult {
  const message = `${channelId} is disconnected; connect its shop anew`;
  return { channelId, errors: [basic("ALREADY_IN_STATE", message, ["id"])] };
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
  { timeoutMs = 15_000 }: ShopOptions,
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
