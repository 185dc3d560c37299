import { createHash, randomUUID } from "node:crypto";
import type { Random } from "../../../simulator/random.js";
import type { Customer, Order, Product, ShopData, Variant } from "./state.js";

/** The shop's own currency; what customers pay in may differ. */
export const shopCurrency = "USD";

/** Something that a webhook may tell: its topic as in the schema, and the body as it is now. */
export interface News {
  topic: string;
  body: () => Record<string, unknown>;
}

/** The running shop: its data with indexes, its clock, its chance, and its voice. */
export interface Shop {
  readonly data: ShopData;
  readonly domain: string;
  readonly random: Random;
  /** The time, without fractions of a second. */
  now(): string;
  /** A new id of this kind; `order` remembers to whom the thing belongs. */
  mint(kind: Kind, order?: Order): string;
  order(id: string): Order | undefined;
  /** The order to which a line, fulfillment, refund, … belongs. */
  owner(kind: Kind, id: string): Order | undefined;
  variant(id: string | null): Variant | undefined;
  product(id: string | null): Product | undefined;
  customer(id: string | null): Customer | undefined;
  add(order: Order): void;
  remove(order: Order): void;
  /** Tells the subscribers what one act brought about, and keeps the state. */
  say(news: News[]): void;
}

/** Kinds of things with ids, as they stand in a gid. */
export type Kind =
  | "Customer"
  | "ExchangeLineItem"
  | "Fulfillment"
  | "FulfillmentEvent"
  | "FulfillmentHold"
  | "FulfillmentLineItem"
  | "FulfillmentOrder"
  | "FulfillmentOrderLineItem"
  | "InventoryItem"
  | "LineItem"
  | "Location"
  | "Order"
  | "OrderAdjustment"
  | "OrderEdit"
  | "OrderTransaction"
  | "Product"
  | "ProductVariant"
  | "Refund"
  | "RefundLineItem"
  | "RefundShippingLine"
  | "Return"
  | "ReturnLineItem"
  | "ReturnReasonDefinition"
  | "ReverseDelivery"
  | "ReverseDeliveryLineItem"
  | "ReverseFulfillmentOrder"
  | "ReverseFulfillmentOrderDisposition"
  | "ReverseFulfillmentOrderLineItem"
  | "ShippingLine"
  | "WebhookSubscription";

/** Ids as running shops have them: thirteen digits, the lower fifteen bits equal. Some published samples have eighteen. */
const usualFirstId = "5450000000000";
const idStep = 32_768;

export interface ShopOptions {
  data: ShopData;
  /** Asked whenever it is told: a shop knows its domain once it has opened. */
  domain: () => string;
  random: Random;
  now: () => Date;
  tell: (news: News[], eventId: string) => void;
}

/** Puts indexes and behaviour round the data. */
export function runShop({ data, domain, random, now, tell }: ShopOptions): Shop {
  const orders = new Map<string, Order>();
  const owners = new Map<string, Order>();
  const products = new Map(data.products.map((product) => [product.id, product]));
  const variants = new Map(
    data.products.flatMap((product) => product.variants.map((each) => [each.id, each] as const)),
  );
  const customers = new Map(data.customers.map((customer) => [customer.id, customer]));

  const shop: Shop = {
    data,
    get domain() {
      return domain();
    },
    random,
    now: () => seconds(now()),
    mint(kind, order) {
      const ordinal = (data.given[kind] ?? 0) + 1;
      data.given[kind] = ordinal;
      const id = String(
        BigInt(data.firstId ?? usualFirstId) + BigInt(ordinal * idStep + kind.length),
      );
      if (order) owners.set(`${kind}/${id}`, order);
      return id;
    },
    order: (id) => orders.get(id),
    owner: (kind, id) => owners.get(`${kind}/${id}`),
    variant: (id) => (id === null ? undefined : variants.get(id)),
    product: (id) => (id === null ? undefined : products.get(id)),
    customer: (id) => (id === null ? undefined : customers.get(id)),
    add(order) {
      data.orders.push(order);
      orders.set(order.id, order);
    },
    remove(order) {
      data.orders.splice(data.orders.indexOf(order), 1);
      orders.delete(order.id);
      for (const [key, owner] of owners) if (owner === order) owners.delete(key);
    },
    say: (news) => tell(news, randomUUID()),
  };
  for (const order of data.orders) {
    // A state that was kept before there were returns.
    order.returns ??= [];
    orders.set(order.id, order);
    for (const [kind, id] of belongings(order)) owners.set(`${kind}/${id}`, order);
  }
  return shop;
}

/** "2026-10-01T08:00:00Z". */
export const seconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** "gid://shopify/Order/5450000032773". */
export const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;

/** The id within a gid of this kind, undefined for any other text. */
export function idOf(kind: Kind, given: string): string | undefined {
  return new RegExp(`^gid://shopify/${kind}/(\\d+)$`).exec(given)?.[1];
}

/** A stable UUID-shaped name for what has no number of its own. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Notes that the order has changed in a way that `updated_at` shows. */
export function touch(shop: Shop, order: Order): void {
  order.updatedAt = shop.now();
}

function belongings(order: Order): [Kind, string][] {
  const of = (kind: Kind, list: { id: string }[]): [Kind, string][] =>
    list.map(({ id }) => [kind, id]);
  return [
    ...of("LineItem", order.lines),
    ...of("ShippingLine", order.shippingLines),
    ...of("OrderTransaction", order.transactions),
    ...of("Refund", order.refunds),
    ...of("Fulfillment", order.fulfillments),
    ...of("FulfillmentOrder", order.fulfillmentOrders),
    ...of("Return", order.returns),
    ...order.returns.flatMap(({ exchanges }) => of("ExchangeLineItem", exchanges)),
    ...order.returns.flatMap(({ reverse }) =>
      reverse
        ? [
            ...of("ReverseFulfillmentOrder", [reverse]),
            ...of("ReverseDelivery", reverse.deliveries),
          ]
        : [],
    ),
  ];
}
