import { GraphQLError } from "graphql";
import { idOf, type Kind, type Shop } from "../shop/shop.js";
import type {
  Fulfillment,
  FulfillmentOrder,
  Order,
  Refund,
  Return,
  ReverseDelivery,
  ReverseLine,
  ReverseOrder,
} from "../shop/state.js";

/** Who asks, and what the answer must mention beside the data: the context of every resolver. */
export interface Asking {
  scopes: ReadonlySet<string>;
  apiVersion: string;
  /** Whether it is for a file: then connections are told whole, and asked for without a size. */
  bulk?: boolean;
  /** Search terms that were ignored, for the answer's extensions. */
  searches: { path: string[]; query: string; warnings: { field: string; message: string }[] }[];
}

/** What stands in `userErrors`; without a code where the platform gives none. */
export interface Refusal {
  field: string[] | null;
  message: string;
  code?: string;
}

/** How far back an app may look without the scope `read_all_orders`. */
const windowDays = 60;

/** Whether the one who asks may see this order at all. */
export function isVisible(shop: Shop, order: Order, { scopes }: Asking): boolean {
  if (scopes.has("read_all_orders")) return true;
  return Date.parse(shop.now()) - Date.parse(order.createdAt) < windowDays * 86_400_000;
}

/** The number in a gid of this kind; an id of another kind or shape is an error of the request. */
export function readId(kind: Kind, given: string): string {
  if (!/^gid:\/\/shopify\/\w+\/[\w-]+$/.test(given)) {
    throw new GraphQLError(`Invalid global id '${given}'`, {
      extensions: { code: "argumentLiteralsIncompatible" },
    });
  }
  const id = idOf(kind, given);
  if (id !== undefined) return id;
  throw new GraphQLError(`Invalid id: ${given}`, { extensions: { code: "RESOURCE_NOT_FOUND" } });
}

/** A request for something that this simulator does not keep: refused aloud rather than forgotten in silence. */
export const notKept = (what: string): GraphQLError =>
  new GraphQLError(`this simulator does not keep ${what}`, {
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  });

/** An order that exists and may be seen. */
export function findOrder(shop: Shop, asking: Asking, given: string): Order | null {
  const order = shop.order(readId("Order", given));
  return order && isVisible(shop, order, asking) ? order : null;
}

/** A part of an order together with the order; undefined where there is none to be seen. */
export interface Found<T> {
  order: Order;
  part: T;
}

export const findFulfillment = (
  shop: Shop,
  asking: Asking,
  given: string,
): Found<Fulfillment> | undefined =>
  findPart(shop, asking, "Fulfillment", given, ({ fulfillments }) => fulfillments);

export const findFulfillmentOrder = (
  shop: Shop,
  asking: Asking,
  given: string,
): Found<FulfillmentOrder> | undefined =>
  findPart(shop, asking, "FulfillmentOrder", given, ({ fulfillmentOrders }) => fulfillmentOrders);

export const findRefund = (shop: Shop, asking: Asking, given: string): Found<Refund> | undefined =>
  findPart(shop, asking, "Refund", given, ({ refunds }) => refunds);

export const findReturn = (shop: Shop, asking: Asking, given: string): Found<Return> | undefined =>
  findPart(shop, asking, "Return", given, ({ returns }) => returns);

/** The return whose reverse order has a line, or is one, that fits. */
export function findReverseOrder(
  shop: Shop,
  asking: Asking,
  fits: (line: ReverseLine, reverse: ReverseOrder) => boolean,
): Found<Return> | undefined {
  for (const order of shop.data.orders.filter((each) => isVisible(shop, each, asking)))
    for (const part of order.returns) {
      const { reverse } = part;
      if (reverse?.lines.some((line) => fits(line, reverse))) return { order, part };
    }
  return undefined;
}

export function findReverseDelivery(
  shop: Shop,
  asking: Asking,
  given: string,
): { order: Order; row: Return; delivery: ReverseDelivery } | undefined {
  const id = readId("ReverseDelivery", given);
  const order = shop.owner("ReverseDelivery", id);
  if (!order || !isVisible(shop, order, asking)) return undefined;
  for (const row of order.returns) {
    const delivery = row.reverse?.deliveries.find((each) => each.id === id);
    if (delivery) return { order, row, delivery };
  }
  return undefined;
}

function findPart<T extends { id: string }>(
  shop: Shop,
  asking: Asking,
  kind: Kind,
  given: string,
  parts: (order: Order) => T[],
): Found<T> | undefined {
  const id = readId(kind, given);
  const order = shop.owner(kind, id);
  if (!order || !isVisible(shop, order, asking)) return undefined;
  const part = parts(order).find((each) => each.id === id);
  return part && { order, part };
}
