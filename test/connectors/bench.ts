import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault, SimulatedShop } from "../../src/connectors/simulator/shop.js";
import type {
  Channel,
  Connector,
  Outcome,
  Probe,
  PulledPage,
  PullWindow,
  WebhookRequest,
} from "../../src/domain/channel.js";
import type { Command, FulfillmentCreate, PackageWish, Step } from "../../src/domain/command.js";
import { mintId } from "../../src/domain/id.js";
import { merge, newOrder } from "../../src/domain/merge.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import type { Snapshot } from "../../src/domain/snapshot.js";

export const webhookSecret = "a secret of our own";

/** Connects as the gateway does: probes first, then opens with what the probe found. */
export async function connect(
  connector: Connector,
  settings: Record<string, unknown>,
  options: { fetch?: typeof fetch } = {},
): Promise<{ channel: Channel; probe: Probe }> {
  const context = { webhookSecret, probe: null, fetch: options.fetch ?? fetch };
  const probe = await connector.open(settings, context).probe();
  return { channel: connector.open(settings, { ...context, probe }), probe };
}

/** All pages of a pull. */
export async function pulled(channel: Channel, window: PullWindow = {}): Promise<PulledPage[]> {
  const pages: PulledPage[] = [];
  for await (const page of channel.pull(window)) pages.push(page);
  return pages;
}

export function idsOf(pages: readonly PulledPage[]): string[] {
  return pages.flatMap((page) => page.snapshots.map(({ ref }) => ref.nativeId));
}

/** The order as the gateway would hold it after this snapshot. */
export function orderOf(snapshot: Snapshot, before?: Order): Order {
  const context = { mint: mintId, now: new Date().toISOString() };
  if (!before && !snapshot.head) throw new Error(`order ${snapshot.ref.nativeId} has no head`);
  const order =
    before ??
    newOrder(mintId("Channel"), snapshot.ref.nativeId, snapshot.head?.value as never, context);
  return merge(order, snapshot, context).order;
}

/** Reads an order of the shop and holds it. */
export async function readOrder(
  channel: Channel,
  nativeId: string,
  before?: Order,
): Promise<Order> {
  const snapshot = await channel.read({ nativeId });
  if (!snapshot) throw new Error(`order ${nativeId} is gone`);
  return orderOf(snapshot, before);
}

export interface PerformOptions {
  marker?: string;
  signal?: AbortSignal;
}
export function perform(
  channel: Channel,
  step: Step,
  orderId: string,
  { marker = newMarker(), signal = AbortSignal.timeout(20_000) }: PerformOptions = {},
): Promise<Outcome> {
  const order = { nativeId: orderId };
  return channel.perform({ step, marker, key: randomUUID(), order, signal });
}

/** Plans and performs a command to its end; the order follows what comes back. */
export async function run(
  channel: Channel,
  command: Command,
  order: Order,
): Promise<{ outcomes: Outcome[]; order: Order }> {
  const outcomes: Outcome[] = [];
  let held = order;
  for (const step of channel.plan(command, order)) {
    const outcome = await perform(channel, step, order.nativeId);
    outcomes.push(outcome);
    if (outcome.kind === "done" && outcome.snapshot) held = orderOf(outcome.snapshot, held);
  }
  return { outcomes, order: held };
}

/** 22 characters, as the worker makes them. */
function newMarker(): string {
  return randomBytes(17).toString("base64url").slice(0, 22).replace(/[-_]/g, "x");
}

/** A wish to ship so many of each SKU; absent: everything. */
export function shipCommand(
  order: Order,
  amounts: Record<string, number> | null,
  packages: PackageWish[] = [],
): FulfillmentCreate {
  const lines = present(order.lines)
    .filter((line) => line.requiresShipping && (!amounts || amounts[line.sku ?? ""]))
    .map((line) => ({ lineId: line.id, quantity: amounts?.[line.sku ?? ""] ?? line.ordered }));
  return {
    type: "FULFILLMENT_CREATE",
    orderId: order.id,
    notifyCustomer: false,
    lines,
    fulfillmentOrderId: null,
    locationId: null,
    packages,
    shippedAt: null,
  };
}

export function lineIdOf(order: Order, sku: string): string {
  const line = order.lines.find((it) => it.sku === sku);
  if (!line) throw new Error(`order ${order.nativeId} has no line ${sku}`);
  return line.id;
}

/** A package wish with a tracking number, for some lines. */
export function tracked(number: string, lines: PackageWish["lines"] = []): PackageWish {
  return { tracking: { number, carrier: "UPS", carrierCode: null, url: null }, lines };
}

export async function addFault(
  shop: SimulatedShop,
  fault: Fault,
  options: { fetch?: typeof fetch } = {},
) {
  const send = options.fetch ?? fetch;
  const answer = await send(`${shop.url}/_faults`, { method: "POST", body: JSON.stringify(fault) });
  if (!answer.ok) throw new Error(`the fault was refused: ${await answer.text()}`);
}
export async function clearFaults(shop: SimulatedShop): Promise<void> {
  await fetch(`${shop.url}/_faults`, { method: "DELETE" });
}

/** Has a shop do what it kept back under the fault "late"; how many calls that were. */
export async function happenLate(shop: SimulatedShop): Promise<number> {
  const answer = await fetch(`${shop.url}/_late`, { method: "POST" });
  return ((await answer.json()) as { done: number }).done;
}

/** Where a shop delivers its webhooks: everything that came, and an answer that can be changed. */
export interface Inbox {
  url: string;
  deliveries: WebhookRequest[];
  stop(): Promise<void>;
}
export async function openInbox(): Promise<Inbox> {
  const deliveries: WebhookRequest[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    deliveries.push({ headers, body: Buffer.concat(chunks) });
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/channel_1`,
    deliveries,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An order of so many mugs and one tee, placed in the shop and read. */
export async function placeMugs(shop: SimulatedShop, channel: Channel, mugs = 3) {
  const lines = [
    { sku: "MUG-01", quantity: mugs },
    { sku: "TEE-M", quantity: 1 },
  ];
  const { orderId } = await shop.acts.placeOrder({ lines });
  return { orderId, order: await readOrder(channel, orderId) };
}
