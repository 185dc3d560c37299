import { deliveryOf } from "./delivery.js";
import type { Anomaly, LineQuantities } from "./document.js";
import type { Fulfillment, FulfillmentOrder } from "./fulfillment.js";
import type { Order, OrderLine } from "./order.js";
import { present } from "./part.js";
import { lessQuantity, type Quantity, roundQuantity } from "./quantity.js";
import type { DeliveryStatus } from "./status.js";

export interface CountedOrder {
  byLine: Map<string, LineQuantities>;
  anomalies: Anomaly[];
}

/**
 * How much of every line is where. What we compute always holds (ordered = canceled + unfulfilled + fulfilled;
 * delivered ≤ shipped ≤ fulfilled; fulfillable + onHold ≤ unfulfilled); where the shop's facts break it they are
 * clamped here and told as anomalies.
 */
export function countQuantities(order: Order): CountedOrder {
  const lines = present(order.lines);
  const tallies = new Map(lines.map((line) => [line.id, newTally()]));
  const anomalies: Anomaly[] = [];
  tallyFulfillments(present(order.fulfillments), tallies, anomalies);
  tallyRefunds(order, tallies, anomalies);
  tallyFulfillmentOrders(present(order.fulfillmentOrders), tallies);
  const hasFulfillmentOrders = present(order.fulfillmentOrders).length > 0;
  const byLine = new Map<string, LineQuantities>();
  for (const line of lines) {
    const tally = tallies.get(line.id) as Tally;
    byLine.set(line.id, quantitiesOf(line, tally, order, hasFulfillmentOrders, anomalies));
  }
  return { byLine, anomalies };
}

interface Tally {
  fulfilled: Quantity;
  leftShop: Quantity;
  delivered: Quantity;
  refunded: Quantity;
  refundCanceled: Quantity;
  restocked: Quantity;
  held: Quantity;
  open: Quantity;
}

const newTally = (): Tally => ({
  fulfilled: 0,
  leftShop: 0,
  delivered: 0,
  refunded: 0,
  refundCanceled: 0,
  restocked: 0,
  held: 0,
  open: 0,
});

function quantitiesOf(
  line: OrderLine,
  tally: Tally,
  order: Order,
  hasFulfillmentOrders: boolean,
  anomalies: Anomaly[],
): LineQuantities {
  const ordered = plus(0, line.ordered);
  const told = Math.max(tally.fulfilled, line.fulfilled ?? 0);
  if (told > ordered) anomalies.push(tooMuch("OVER_FULFILLED", line, told, "fulfilled"));
  if (tally.refunded > ordered)
    anomalies.push(tooMuch("OVER_REFUNDED", line, tally.refunded, "refunded"));
  const fulfilled = Math.min(told, ordered);
  const rest = lessQuantity(ordered, fulfilled);
  const canceled = order.head.canceledAt
    ? rest
    : Math.min(rest, plus(tally.refundCanceled, line.canceled));
  const unfulfilled = lessQuantity(rest, canceled);
  const refunded = Math.min(tally.refunded, ordered);
  // What was refunded beyond what ever left, and was not taken off as canceled, must have been refunded before it was shipped.
  const refundedUnshipped = lessQuantity(refunded, roundQuantity(tally.refundCanceled + fulfilled));
  const onHold = Math.min(tally.held, unfulfilled);
  const free = lessQuantity(unfulfilled, roundQuantity(refundedUnshipped + onHold));
  const shipped = line.requiresShipping ? Math.min(tally.leftShop, fulfilled) : 0;
  return {
    ordered,
    canceled,
    unfulfilled,
    fulfillable: order.deletedAt ? 0 : hasFulfillmentOrders ? Math.min(free, tally.open) : free,
    onHold,
    fulfilled,
    shipped,
    delivered: Math.min(tally.delivered, shipped),
    refunded,
    restocked: Math.min(tally.restocked, refunded),
  };
}

/** Made ready, but still at the place it is to leave. */
const STILL_THERE: ReadonlySet<DeliveryStatus> = new Set(["NOT_SHIPPED", "LABEL_CREATED"]);

function tallyFulfillments(
  fulfillments: Fulfillment[],
  tallies: Map<string, Tally>,
  anomalies: Anomaly[],
): void {
  for (const fulfillment of fulfillments) {
    if (fulfillment.status !== "SUCCESS") continue;
    const delivery = deliveryOf(fulfillment);
    for (const { lineId, quantity } of fulfillment.lines) {
      const tally = tallies.get(lineId);
      if (!tally) {
        anomalies.push({
          code: "FOREIGN_LINE",
          message: `shipment ${fulfillment.nativeId ?? fulfillment.id} names a line that this order does not have`,
          lineId: null,
        });
        continue;
      }
      tally.fulfilled = plus(tally.fulfilled, quantity);
      if (!STILL_THERE.has(delivery)) tally.leftShop = plus(tally.leftShop, quantity);
      if (delivery === "DELIVERED") tally.delivered = plus(tally.delivered, quantity);
    }
  }
}

function tallyRefunds(order: Order, tallies: Map<string, Tally>, anomalies: Anomaly[]): void {
  for (const refund of present(order.refunds)) {
    if (refund.status === "FAILED") continue;
    for (const line of refund.lines) {
      const tally = tallies.get(line.lineId);
      if (!tally) {
        anomalies.push({
          code: "FOREIGN_LINE",
          message: `refund ${refund.nativeId ?? refund.id} names a line that this order does not have`,
          lineId: null,
        });
        continue;
      }
      tally.refunded = plus(tally.refunded, line.quantity);
      if (line.cancels) tally.refundCanceled = plus(tally.refundCanceled, line.quantity);
      if (line.restocked) tally.restocked = plus(tally.restocked, line.quantity);
    }
  }
}

function tallyFulfillmentOrders(orders: FulfillmentOrder[], tallies: Map<string, Tally>): void {
  for (const { status, lines } of orders) {
    for (const { lineId, remaining } of lines) {
      const tally = tallies.get(lineId);
      if (!tally) continue;
      if (status === "ON_HOLD") tally.held = plus(tally.held, remaining);
      if (status === "OPEN" || status === "IN_PROGRESS") tally.open = plus(tally.open, remaining);
    }
  }
}

/** A sum with what a shop counted; a negative count is nobody's quantity and adds nothing. */
function plus(sum: Quantity, counted: Quantity): Quantity {
  return roundQuantity(sum + Math.max(0, counted));
}

function tooMuch(code: string, line: OrderLine, told: Quantity, what: string): Anomaly {
  return {
    code,
    message: `the shop says ${told} of ${line.ordered} were ${what}; counted as ${line.ordered}`,
    lineId: line.id,
  };
}
