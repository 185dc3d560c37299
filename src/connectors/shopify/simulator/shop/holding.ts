/**
 * Holds and moves. They change fulfillment orders only: the order's `updatedAt` stays as it is, so a client
 * that watches nothing but orders never sees them.
 */
import { fulfillmentOrderNews, holdNews } from "../webhooks/news.js";
import { closeWhenDone, openFulfillmentOrder } from "./routing.js";
import type { Shop } from "./shop.js";
import type { FulfillmentOrder, Hold, Order } from "./state.js";

/** Units of one line, as many as shall be held or moved. */
export interface Units {
  line: FulfillmentOrder["lines"][number];
  quantity: number;
}

/** The rest that a hold or move of some units leaves behind; null when all went. */
export interface Split {
  remaining: FulfillmentOrder | null;
}

/** Puts a fulfillment order on hold, or only some of its units: the others go on in a new one. */
export function hold(
  shop: Shop,
  order: Order,
  target: FulfillmentOrder,
  { units, ...given }: Omit<Hold, "id"> & { units: Units[] },
): Split & { hold: Hold } {
  const remaining = splitOff(shop, order, target, units);
  const placed: Hold = { id: shop.mint("FulfillmentHold", order), ...given };
  target.holds.push(placed);
  target.status = "ON_HOLD";
  target.updatedAt = shop.now();
  shop.say([
    holdNews(target, placed),
    ...(remaining ? [fulfillmentOrderNews("FULFILLMENT_ORDERS_SPLIT", target)] : []),
  ]);
  return { hold: placed, remaining };
}

/** Lifts these holds, or all; with the last one the fulfillment order opens again. */
export function release(shop: Shop, target: FulfillmentOrder, holdIds: string[] | null): void {
  target.holds = target.holds.filter(({ id }) => holdIds !== null && !holdIds.includes(id));
  if (target.holds.length > 0) return;
  target.status = target.lines.some(({ total, remaining }) => remaining < total)
    ? "IN_PROGRESS"
    : "OPEN";
  target.updatedAt = shop.now();
  shop.say([fulfillmentOrderNews("FULFILLMENT_ORDERS_HOLD_RELEASED", target)]);
}

/** Lets another location ship a fulfillment order, or some of its units. */
export function move(
  shop: Shop,
  order: Order,
  target: FulfillmentOrder,
  { locationId, units }: { locationId: string; units: Units[] },
): Split {
  const remaining = splitOff(shop, order, target, units);
  target.locationId = locationId;
  target.updatedAt = shop.now();
  shop.say([fulfillmentOrderNews("FULFILLMENT_ORDERS_MOVED", target)]);
  return { remaining };
}

/** Leaves only the units in the target and puts the others into a new fulfillment order; no units mean all. */
function splitOff(
  shop: Shop,
  order: Order,
  target: FulfillmentOrder,
  units: Units[],
): FulfillmentOrder | null {
  if (units.length === 0) return null;
  const rest = target.lines
    .map((line) => {
      const kept = units.find((each) => each.line === line)?.quantity ?? 0;
      return { line, quantity: line.remaining - kept };
    })
    .filter(({ quantity }) => quantity > 0);
  if (rest.length === 0) return null;
  for (const { line, quantity } of rest) {
    line.remaining -= quantity;
    line.total -= quantity;
  }
  target.lines = target.lines.filter(({ total }) => total > 0);
  closeWhenDone(shop, target);
  return openFulfillmentOrder(shop, order, {
    locationId: target.locationId,
    method: target.method,
    units: rest.map(({ line, quantity }) => ({ lineId: line.lineId, quantity })),
  });
}
