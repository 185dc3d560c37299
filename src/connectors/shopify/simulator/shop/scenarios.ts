import { carriers, type Person, people } from "../../../simulator/catalog.js";
import { addEvent, cancelFulfillment, fulfill, type Portion } from "./fulfilling.js";
import { hold } from "./holding.js";
import { cancelOrder, payOrder, removeUnits, updateOrder } from "./ordering.js";
import type { Placing } from "./placing.js";
import { reasons } from "./reasons.js";
import { processReturn, takeAllIn } from "./receiving.js";
import { payingBack, reckon, refundOrder } from "./refunding.js";
import { openReturn, returnables } from "./returning.js";
import type { Shop } from "./shop.js";
import type { Fulfillment, Order, Return } from "./state.js";
import { isUnfinished } from "./status.js";
import { bagFrom, nothing } from "./totals.js";

/** What an order of some kind is like, and what became of it; `at` moves the clock on by so many hours. */
export interface Scenario {
  placing: Partial<Placing>;
  after?: (shop: Shop, order: Order, at: (hours: number) => void) => void;
}

const from = (country: string): Person =>
  people.find(({ address }) => address.country === country) ?? (people[0] as Person);

/** Ships what is open, or only one unit of the first line. */
function ship(shop: Shop, order: Order, how: "all" | "one" = "all"): Fulfillment[] {
  const carrier = shop.random.pick(carriers);
  const open = order.fulfillmentOrders.filter(isUnfinished);
  return (how === "one" ? open.slice(0, 1) : open).map((from) => {
    const all: Portion[] = from.lines.map((line) => ({ from, line, quantity: line.remaining }));
    const portions =
      how === "one" ? all.slice(0, 1).map((each) => ({ ...each, quantity: 1 })) : all;
    const number = carrier.number(shop.random);
    const parcel = { company: carrier.name, number, url: carrier.trackingUrl(number) };
    return fulfill(shop, order, portions, from.method === "NONE" ? [] : [parcel]);
  });
}

/** Ships a day after the order, then one stage a day. */
const shipped =
  (...stages: string[]): NonNullable<Scenario["after"]> =>
  (shop, order, at) => {
    at(24);
    const parcels = ship(shop, order);
    stages.forEach((status, day) => {
      at(48 + day * 24);
      for (const parcel of parcels)
        addEvent(shop, order, parcel, {
          status,
          message: null,
          city: "Columbus",
          province: "OH",
          country: "US",
          zip: "43099",
        });
    });
  };

const two = [
  { sku: "MUG-01", quantity: 2 },
  { sku: "LAMP-1", quantity: 1 },
];
const code = {
  kind: "code",
  name: "SPRING10",
  value: { percentage: "10.0" },
  target: "LINE_ITEM",
} as const;

/** Every kind of order in turn, so that a small shop has them all. */
export const scenarios: readonly Scenario[] = [
  { placing: {} },
  { placing: { payment: "pending" } },
  {
    placing: {},
    after: (shop, order, at) => {
      shipped("CONFIRMED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED")(shop, order, at);
      at(200);
      askBack(shop, order, "REQUESTED");
    },
  },
  { placing: { payment: "authorized" } },
  { placing: { lines: two } },
  { placing: { payment: "captured" }, after: shipped("IN_TRANSIT") },
  { placing: { payment: "partial", tags: ["deposit"] } },
  {
    placing: { currency: "JPY", person: from("JP"), taxesIncluded: true },
    after: (shop, order, at) => {
      shipped("IN_TRANSIT", "DELIVERED")(shop, order, at);
      at(180);
      const row = askBack(shop, order, "OPEN");
      at(260);
      processReturn(shop, order, row, takeAllIn(shop, order, row));
    },
  },
  {
    placing: {
      lines: [
        { sku: "TEE-M", quantity: 3 },
        { sku: "POSTER-A2", quantity: 2 },
      ],
    },
    after: (shop, order, at) => {
      at(20);
      ship(shop, order, "one");
    },
  },
  { placing: { currency: "KWD", person: from("KW") } },
  {
    placing: { lines: two },
    after: (shop, order, at) => {
      at(2);
      for (const target of order.fulfillmentOrders)
        hold(shop, order, target, {
          handle: null,
          reason: "HIGH_RISK_OF_FRAUD",
          reasonNotes: "Check the address",
          externalId: null,
          byApp: false,
          units: [],
        });
    },
  },
  {
    placing: {
      currency: "EUR",
      person: from("DE"),
      taxesIncluded: true,
      discounts: [code],
    },
  },
  {
    placing: {},
    after: (shop, order, at) => {
      at(5);
      cancelOrder(shop, order, { reason: "CUSTOMER", restock: true, refund: true });
    },
  },
  { placing: { lines: [{ sku: "EBOOK-1", quantity: 1 }] }, after: shipped() },
  {
    placing: { lines: two },
    after: (shop, order, at) => {
      at(30);
      ship(shop, order);
      const [first] = order.fulfillments;
      if (first) cancelFulfillment(shop, order, first);
    },
  },
  {
    placing: { payment: "authorized" },
    after: (shop, order, at) => {
      at(8);
      cancelOrder(shop, order, { reason: "FRAUD", restock: false, refund: false });
    },
  },
  {
    placing: {
      attributes: [{ key: "gift", value: "true" }],
      note: "Please wrap as a gift",
      tags: ["vip", "gift"],
    },
  },
  {
    placing: {
      discounts: [
        {
          kind: "automatic",
          name: "Summer sale",
          value: { amount: { shop: 250, presentment: 250 } },
          target: "LINE_ITEM",
        },
      ],
    },
    after: shipped("IN_TRANSIT", "OUT_FOR_DELIVERY"),
  },
  {
    placing: {},
    after: (shop, order, at) => {
      shipped("IN_TRANSIT", "DELIVERED")(shop, order, at);
      at(200);
      const [line] = order.lines;
      if (line) refundLines(shop, order, [[line.id, 1]], "Arrived damaged");
    },
  },
  { placing: { test: true } },
  {
    placing: { lines: [{ sku: "TEE-L", quantity: 4 }] },
    after: (shop, order, at) => {
      at(3);
      const [line] = order.lines;
      if (line) removeUnits(shop, order, line, 1);
    },
  },
  {
    placing: { payment: "pending" },
    after: (shop, order, at) => {
      at(50);
      payOrder(shop, order);
    },
  },
  {
    placing: {
      discounts: [
        code,
        { kind: "code", name: "FREESHIP", value: { percentage: "100.0" }, target: "SHIPPING_LINE" },
      ],
    },
    after: shipped("IN_TRANSIT", "ATTEMPTED_DELIVERY"),
  },
  {
    placing: {},
    after: (shop, order, at) => {
      shipped("DELIVERED")(shop, order, at);
      at(300);
      refundLines(
        shop,
        order,
        order.lines.map(({ id, quantity }) => [id, quantity]),
        null,
      );
    },
  },
  {
    placing: {
      lines: [
        { sku: "EBOOK-1", quantity: 1 },
        { sku: "CAP-1", quantity: 1 },
      ],
    },
  },
  {
    placing: {},
    after: (shop, order, at) => {
      at(40);
      refundOrder(shop, order, {
        lines: [],
        shipping: nothing,
        money: payingBack(order, bagFrom(order, "5.00")),
        note: "Goodwill",
      });
    },
  },
  { placing: {}, after: shipped("LABEL_PRINTED", "CONFIRMED", "IN_TRANSIT", "FAILURE") },
  {
    placing: { lines: [{ sku: "PEN-3", quantity: 5 }] },
    after: (shop, order, at) => {
      at(6);
      const [line] = order.lines;
      if (line)
        refundOrder(shop, order, {
          lines: [{ line, quantity: 2, restock: "CANCEL", locationId: null }],
          shipping: nothing,
          money: payingBack(order, bagFrom(order, "13.50")),
          note: "Out of stock",
        });
    },
  },
  { placing: { lines: two, fulfillAt: "2030-01-01T00:00:00Z", tags: ["preorder"] } },
  {
    placing: { lines: two, poNumber: "PO-7781" },
    after: (shop, order, at) => {
      at(24);
      const [parcel] = ship(shop, order);
      updateOrder(shop, order, { note: "Second parcel follows" });
      at(30);
      if (parcel) addEvent(shop, order, parcel, { status: "LABEL_PURCHASED" });
    },
  },
];

/** The customer sends one piece of the first line back. */
function askBack(shop: Shop, order: Order, status: "REQUESTED" | "OPEN"): Return {
  const lines = returnables(order)
    .slice(0, 1)
    .map((from) => ({
      from,
      quantity: 1,
      reasonId: reasons[0]?.id ?? null,
      reasonNote: "",
      customerNote: "It wobbles",
    }));
  return openReturn(shop, order, { lines, requestedAt: null }, status);
}

function refundLines(
  shop: Shop,
  order: Order,
  units: [lineId: string, quantity: number][],
  note: string | null,
): void {
  const lines = order.lines.flatMap((line) => {
    const quantity = units.find(([id]) => id === line.id)?.[1] ?? 0;
    return quantity > 0 ? [{ line, quantity, restock: "RETURN" as const, locationId: null }] : [];
  });
  const { total } = reckon(order, lines, nothing);
  refundOrder(shop, order, { lines, shipping: nothing, money: payingBack(order, total), note });
}
