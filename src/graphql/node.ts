import { type NodeType, nodeTypeOf } from "../domain/id.js";
import type { Scope } from "../domain/scope.js";
import { connectedChannelIds } from "../store/read/channel.js";
import type { PartType } from "../store/read/order.js";
import { may, reaches } from "./auth.js";
import type { Context } from "./context.js";
import { forbidden } from "./errors.js";
import {
  allPackagesOf,
  type ChannelNode,
  fulfillmentOrdersOf,
  fulfillmentsOf,
  holdsOf,
  linesOf,
  type OrderNode,
  refundsOf,
  returnsOf,
  scansOf,
  transactionsOf,
} from "./nodes.js";
import { findMapping } from "./status-mappings.js";

export interface Found {
  id: string;
}
interface Finder {
  /** What a key must be allowed; null: nothing. */
  scope: Scope | null;
  find: (context: Context, id: string) => Promise<Found | null>;
}

/** How each noun is found by its id; what is not here is no node of the public schema. */
const FINDERS: Partial<Record<NodeType, Finder>> = {
  Order: { scope: "ORDERS_READ", find: ({ loaders }, id) => loaders.order.load(id) },
  OrderLine: part("OrderLine", linesOf),
  Fulfillment: part("Fulfillment", fulfillmentsOf),
  Package: part("Package", allPackagesOf),
  TrackingEvent: part("TrackingEvent", scansOf),
  FulfillmentOrder: part("FulfillmentOrder", fulfillmentOrdersOf),
  Hold: part("Hold", holdsOf),
  Return: part("Return", returnsOf),
  Refund: part("Refund", refundsOf),
  Transaction: part("Transaction", transactionsOf),
  Channel: { scope: null, find: ({ loaders }, id) => loaders.channel.load(id) },
  Location: { scope: null, find: findLocation },
  Command: { scope: "ORDERS_READ", find: ({ loaders }, id) => loaders.command.load(id) },
  Event: { scope: "EVENTS_READ", find: findEvent },
  ApiKey: { scope: "KEYS_ADMIN", find: ({ loaders }, id) => loaders.apiKey.load(id) },
  StatusMapping: { scope: null, find: findStatusMapping },
  DeadLetter: { scope: "CHANNELS_ADMIN", find: ({ loaders }, id) => loaders.deadLetter.load(id) },
};

/** Whatever an id names, null where it names nothing that this key sees; throws FORBIDDEN where a scope is missing. */
export async function findNode(context: Context, id: string): Promise<Found | null> {
  const type = nodeTypeOf(id);
  const finder = type && FINDERS[type];
  if (!finder) return null;
  if (finder.scope && !may(context.viewer, finder.scope))
    throw forbidden(`${type} needs the scope ${finder.scope}, which this key lacks`);
  return finder.find(context, id);
}

/** The same, but what the key may not see is null: for fields that name a node beside other things. */
export async function findVisibleNode(context: Context, id: string | null): Promise<Found | null> {
  const type = id === null ? null : nodeTypeOf(id);
  const finder = type && FINDERS[type];
  if (!finder || id === null) return null;
  if (finder.scope && !may(context.viewer, finder.scope)) return null;
  return finder.find(context, id);
}

/** A part is looked up in the document of its order; one that was removed is gone. */
function part(type: PartType, partsOf: (order: OrderNode) => Found[]): Finder {
  return {
    scope: "ORDERS_READ",
    async find({ loaders }, id) {
      const orderId = await loaders.orderIdOf[type].load(id);
      const order = orderId === null ? null : await loaders.order.load(orderId);
      return order === null ? null : (partsOf(order).find((found) => found.id === id) ?? null);
    },
  };
}

async function findStatusMapping(context: Context, id: string) {
  const { database, viewer, loaders } = context;
  const ids = await database.forTenant(viewer.tenantId, (tx) => connectedChannelIds(tx, viewer));
  const channels = await loaders.channel.loadMany(ids);
  return findMapping(
    context,
    id,
    channels.filter((row): row is ChannelNode => row !== null && !(row instanceof Error)),
  );
}

async function findLocation({ loaders }: Context, id: string) {
  const channelId = await loaders.channelOfLocation.load(id);
  const locations = channelId === null ? [] : await loaders.locations.load(channelId);
  return locations.find((location) => location.id === id) ?? null;
}

async function findEvent({ log, viewer }: Context, id: string) {
  const event = await log.event(viewer.tenantId, id);
  return event && reaches(viewer, event.channelId) ? event : null;
}
