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

/** Lifts holds; with the last one the fulfillment order opens again. */
export function release(
  shop: Shop,
  target: FulfillmentOrder,
  lifts: (hold: Hold) => boolean,
): void {
  target.holds = target.holds.filter((each) => !lifts(each));
  if (target.holds.length > 0) return;
  target.status = hasShipped(target) ? "IN_PROGRESS" : "OPEN";
  target.updatedAt = shop.now();
  shop.say([fulfillmentOrderNews("FULFILLMENT_ORDERS_HOLD_RELEASED", target)]);
}

/**
 * Lets another location ship a fulfillment order, or some of its units. What has shipped nothing yet moves
 * itself; of what has, the rest moves in a new fulfillment order. Gives the one that moved.
 */
export function move(
  shop: Shop,
  order: Order,
  target: FulfillmentOrder,
  { locationId, units }: { locationId: string; units: Units[] },
): Split & { moved: FulfillmentOrder } {
  const remaining = hasShipped(target) ? null : splitOff(shop, order, target, units);
  const moved = hasShipped(target) ? moveRest(shop, order, target, { locationId, units }) : target;
  moved.locationId = locationId;
  target.updatedAt = shop.now();
  shop.say([fulfillmentOrderNews("FULFILLMENT_ORDERS_MOVED", moved)]);
  return { moved, remaining };
}

const hasShipped = ({ lines }: FulfillmentOrder): boolean =>
  lines.some(({ total, remaining }) => remaining < total);

function moveRest(
  shop: Shop,
  order: Order,
  target: FulfillmentOrder,
  { locationId, units }: { locationId: string; units: Units[] },
): FulfillmentOrder {
  const all = target.lines.map((line) => ({ line, quantity: line.remaining }));
  const going = (units.length > 0 ? units : all).filter(({ quantity }) => quantity > 0);
  const moved = openFulfillmentOrder(shop, order, {
    locationId,
    method: target.method,
    units: going.map(({ line, quantity }) => ({ lineId: line.lineId, quantity })),
  });
  for (const { line, quantity } of going) {
    line.remaining -= quantity;
    line.total -= quantity;
  }
  target.lines = target.lines.filter(({ total }) => total > 0);
  closeWhenDone(shop, target);
  return moved;
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
