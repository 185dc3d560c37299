import { onTestFinished } from "vitest";
import { shopify } from "../../../src/connectors/shopify/index.js";
import {
  type ShopifyOptions,
  startShopify,
} from "../../../src/connectors/shopify/simulator/index.js";
import type { Fault } from "../../../src/connectors/simulator/shop.js";
import type { Channel, OpenContext, Outcome, PullWindow } from "../../../src/domain/channel.js";
import type { Command, Step } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { orderOf } from "./order.js";

/** A shop with the connector opened on it, closed when the test is over. */
export async function openShopify(
  options: ShopifyOptions = {},
  context: Partial<OpenContext> = {},
) {
  const shop = await startShopify({ orders: 0, plan: "wide", relaxedDelivery: true, ...options });
  onTestFinished(() => shop.stop());
  const channel = shopify.open(shop.settings, {
    webhookSecret: "unused",
    probe: null,
    fetch: globalThis.fetch,
    ...context,
  });
  return {
    shop,
    channel,
    acts: shop.acts,
    /** One order as the shop tells it now. */
    read: async (orderId: string): Promise<Snapshot> => {
      const snapshot = await channel.read({ nativeId: orderId });
      if (!snapshot) throw new Error(`the shop has no ${orderId}`);
      return snapshot;
    },
    order: async (orderId: string): Promise<Order> => {
      const snapshot = await channel.read({ nativeId: orderId });
      if (!snapshot) throw new Error(`the shop has no ${orderId}`);
      return orderOf(snapshot);
    },
    /** Switches a fault on, once unless said otherwise. */
    fault: (fault: Fault) =>
      fetch(`${shop.url}/_faults`, {
        method: "POST",
        body: JSON.stringify({ count: 1, ...fault }),
      }),
    /** How often the shop was asked this. */
    asked: (name: string) => shop.calls().filter((call) => call.name.includes(name)).length,
  };
}

/** All pages of a window. */
export async function pull(channel: Channel, window: PullWindow = {}) {
  const pages = [];
  for await (const page of channel.pull(window)) pages.push(page);
  return { pages, snapshots: pages.flatMap(({ snapshots }) => snapshots) };
}

export const marker = "m".repeat(22);

/** Plans a wish and performs its steps one after the other, up to the first that is not done. */
export async function carryOut(
  channel: Channel,
  order: Order,
  command: Command,
  signal?: AbortSignal,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of channel.plan(command, order)) {
    const outcome = await perform(channel, order, step, signal);
    outcomes.push(outcome);
    if (outcome.kind !== "done") break;
  }
  return outcomes;
}

export function perform(
  channel: Channel,
  order: Order,
  step: Step,
  signal = AbortSignal.timeout(20_000),
): Promise<Outcome> {
  return channel.perform({
    // As it comes back from where commands are kept.
    step: JSON.parse(JSON.stringify(step)) as Step,
    marker,
    key: "0199b3c8-7f5e-7000-8000-000000000001",
    order: { nativeId: order.nativeId },
    signal,
  });
}
