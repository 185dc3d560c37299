import type { Shop } from "./shop.js";
import type { FulfillmentOrder, Line, Order } from "./state.js";
import { isUnfinished } from "./status.js";

/** One fulfillment order for each location that these lines leave from, and one for what is not shipped at all. */
export function route(
  shop: Shop,
  order: Order,
  routed: readonly Line[],
  fulfillAt: string | null,
): FulfillmentOrder[] {
  const groups = new Map<string, Line[]>();
  for (const line of routed) {
    const key = `${shop.variant(line.variantId)?.locationId} ${line.requiresShipping ? "SHIPPING" : "NONE"}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups].map(([key, lines]) => {
    const [locationId = "", method] = key.split(" ");
    const opened = openFulfillmentOrder(shop, order, {
      locationId,
      method: method === "NONE" ? "NONE" : "SHIPPING",
      units: lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
    });
    if (fulfillAt) Object.assign(opened, { status: "SCHEDULED", fulfillAt });
    return opened;
  });
}

/** Opens a fulfillment order for units that wait to be shipped from one place. */
export function openFulfillmentOrder(
  shop: Shop,
  order: Order,
  {
    locationId,
    method,
    units,
  }: {
    locationId: string;
    method: FulfillmentOrder["method"];
    units: { lineId: string; quantity: number }[];
  },
): FulfillmentOrder {
  const at = shop.now();
  const opened: FulfillmentOrder = {
    id: shop.mint("FulfillmentOrder", order),
    status: "OPEN",
    locationId,
    method,
    createdAt: at,
    updatedAt: at,
    fulfillAt: at,
    lines: units.map(({ lineId, quantity }) => ({
      id: shop.mint("FulfillmentOrderLineItem", order),
      lineId,
      total: quantity,
      remaining: quantity,
    })),
    holds: [],
  };
  order.fulfillmentOrders.push(opened);
  return opened;
}

/** Takes units that will never be shipped off the fulfillment orders that wait for them; empty ones close. */
export function takeOffUnits(shop: Shop, order: Order, lineId: string, units: number): void {
  let left = units;
  for (const each of order.fulfillmentOrders.filter(isUnfinished)) {
    for (const line of each.lines.filter((one) => one.lineId === lineId)) {
      const taken = Math.min(left, line.remaining);
      line.remaining -= taken;
      line.total -= taken;
      left -= taken;
    }
    each.lines = each.lines.filter(({ total }) => total > 0);
    closeWhenDone(shop, each);
  }
}

/** Closes a fulfillment order in which nothing is left to ship. */
export function closeWhenDone(shop: Shop, fulfillmentOrder: FulfillmentOrder): void {
  if (fulfillmentOrder.lines.some(({ remaining }) => remaining > 0)) return;
  fulfillmentOrder.status = "CLOSED";
  fulfillmentOrder.holds = [];
  fulfillmentOrder.updatedAt = shop.now();
}
