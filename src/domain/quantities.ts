import { deliveryOf } from "./delivery.js";
import type { Anomaly, LineQuantities } from "./document.js";
import type { Fulfillment, FulfillmentOrder } from "./fulfillment.js";
import type { Order, OrderLine } from "./order.js";
import { present } from "./part.js";
import { byLine, lessQuantity, type Quantity, roundQuantity } from "./quantity.js";
import { isPlannedRefund } from "./refund.js";
import { claimedBy, type Return } from "./return.js";
import type { DeliveryStatus } from "./status.js";
import { isSynthetic, statusOfWork, syntheticWork } from "./work.js";

export interface CountedOrder {
  byLine: Map<string, LineQuantities>;
  anomalies: Anomaly[];
}

/**
 * How much of every line is where. What we compute always holds (ordered = canceled + unfulfilled + fulfilled;
 * delivered ≤ shipped ≤ fulfilled; fulfillable + onHold ≤ unfulfilled; received + rejected ≤ approved ≤ requested); where the shop's facts break it they are
 * clamped here and told as anomalies.
 */
export function countQuantities(order: Order): CountedOrder {
  const lines = present(order.lines);
  const tallies = new Map(lines.map((line) => [line.id, newTally()]));
  const anomalies: Anomaly[] = [];
  tallyFulfillments(present(order.fulfillments), tallies, anomalies);
  tallyRefunds(order, tallies, anomalies);
  tallyReturns(order, tallies, anomalies);
  const told = present(order.fulfillmentOrders).filter((work) => !isSynthetic(work));
  tallyFulfillmentOrders(told, tallies);
  const work = { isTold: told.length > 0, isHeld: Boolean(syntheticWork(order)?.holds.length) };
  const byLine = new Map<string, LineQuantities>();
  for (const line of lines) {
    const tally = tallies.get(line.id) as Tally;
    byLine.set(line.id, quantitiesOf(line, tally, order, work, anomalies));
  }
  return { byLine, anomalies };
}

interface Tally {
  fulfilled: Quantity;
  leftShop: Quantity;
  delivered: Quantity;
  refunded: Quantity;
  /** What commands are going to refund. */
  refundPlanned: Quantity;
  refundCanceled: Quantity;
  restocked: Quantity;
  requested: Quantity;
  approved: Quantity;
  received: Quantity;
  rejected: Quantity;
  claimed: Quantity;
  writtenOff: Quantity;
  held: Quantity;
  open: Quantity;
}

interface Work {
  /** Whether the platform tells of work, so that only what is open there can be shipped. */
  isTold: boolean;
  /** Whether a hold that the gateway keeps holds the whole order back. */
  isHeld: boolean;
}

const newTally = (): Tally => ({
  fulfilled: 0,
  leftShop: 0,
  delivered: 0,
  refunded: 0,
  refundPlanned: 0,
  refundCanceled: 0,
  restocked: 0,
  requested: 0,
  approved: 0,
  received: 0,
  rejected: 0,
  claimed: 0,
  writtenOff: 0,
  held: 0,
  open: 0,
});

function quantitiesOf(
  line: OrderLine,
  tally: Tally,
  order: Order,
  work: Work,
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
  const refundedUnshipped = lessQuantity(
    roundQuantity(refunded + tally.refundPlanned),
    roundQuantity(tally.refundCanceled + fulfilled),
  );
  const onHold = work.isHeld ? unfulfilled : Math.min(tally.held, unfulfilled);
  const came = returnedOf(line, tally, ordered, anomalies);
  const free = lessQuantity(unfulfilled, roundQuantity(refundedUnshipped + onHold));
  const shipped = line.requiresShipping ? Math.min(tally.leftShop, fulfilled) : 0;
  return {
    ordered,
    canceled,
    unfulfilled,
    fulfillable: order.deletedAt ? 0 : work.isTold ? Math.min(free, tally.open) : free,
    onHold,
    fulfilled,
    shipped,
    delivered: Math.min(tally.delivered, shipped),
    ...came,
    returnable: order.deletedAt ? 0 : lessQuantity(fulfilled, tally.claimed),
    refunded,
    restocked: Math.min(tally.restocked, ordered),
    writtenOff: Math.min(tally.writtenOff, ordered),
  };
}

/** What came back must have been agreed to, and what was agreed to asked for, whatever the shop counts. */
function returnedOf(line: OrderLine, tally: Tally, ordered: Quantity, anomalies: Anomaly[]) {
  const handled = plus(tally.received, tally.rejected);
  const told = Math.max(tally.requested, tally.approved, handled);
  if (told > ordered) anomalies.push(tooMuch("OVER_RETURNED", line, told, "returned"));
  const returnReceived = Math.min(tally.received, ordered);
  return {
    returnRequested: Math.min(told, ordered),
    returnApproved: Math.min(Math.max(tally.approved, handled), ordered),
    returnReceived,
    returnRejected: Math.min(tally.rejected, lessQuantity(ordered, returnReceived)),
  };
}

/** How much of each line may still be refunded: ordered less what was refunded and what commands are going to refund. */
export function refundableOf(order: Order): Map<string, Quantity> {
  const lines = present(order.lines);
  const tallies = new Map(lines.map((line) => [line.id, newTally()]));
  tallyRefunds(order, tallies, []);
  return new Map(
    lines.map((line) => {
      const tally = tallies.get(line.id) as Tally;
      return [line.id, lessQuantity(line.ordered, plus(tally.refunded, tally.refundPlanned))];
    }),
  );
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
        anomalies.push(foreignLine(`shipment ${fulfillment.nativeId ?? fulfillment.id}`));
        continue;
      }
      tally.fulfilled = plus(tally.fulfilled, quantity);
      if (!STILL_THERE.has(delivery)) tally.leftShop = plus(tally.leftShop, quantity);
      if (delivery === "DELIVERED") tally.delivered = plus(tally.delivered, quantity);
    }
  }
}

function tallyRefunds(order: Order, tallies: Map<string, Tally>, anomalies: Anomaly[]): void {
  // What was put back with a return is counted with it.
  const returns = new Set(present(order.returns).map((row) => row.id));
  for (const refund of present(order.refunds)) {
    if (refund.status === "FAILED") continue;
    const planned = isPlannedRefund(refund);
    for (const line of refund.lines) {
      const tally = tallies.get(line.lineId);
      if (!tally) {
        if (!planned) anomalies.push(foreignLine(`refund ${refund.nativeId ?? refund.id}`));
        continue;
      }
      if (planned) {
        tally.refundPlanned = plus(tally.refundPlanned, line.quantity);
        continue;
      }
      tally.refunded = plus(tally.refunded, line.quantity);
      if (line.cameBack && refund.returnId === null)
        tally.claimed = plus(tally.claimed, line.quantity);
      if (line.cancels) tally.refundCanceled = plus(tally.refundCanceled, line.quantity);
      if (line.restocked && !returns.has(refund.returnId ?? ""))
        tally.restocked = plus(tally.restocked, line.quantity);
    }
  }
}

function tallyReturns(order: Order, tallies: Map<string, Tally>, anomalies: Anomaly[]): void {
  for (const row of present(order.returns)) {
    const { id, nativeId, stage, lines, made } = row;
    for (const [lineId, quantity] of restockedBy(row, order)) {
      const tally = tallies.get(lineId);
      if (tally) tally.restocked = plus(tally.restocked, quantity);
    }
    const live = made && stage !== "DECLINED" && stage !== "CANCELED";
    for (const line of lines) {
      const tally = tallies.get(line.lineId);
      if (!tally) {
        if (made) anomalies.push(foreignLine(`return ${nativeId ?? id}`));
        continue;
      }
      tally.claimed = plus(tally.claimed, claimedBy(row, line));
      if (!live) continue;
      tally.requested = plus(tally.requested, line.requested);
      tally.approved = plus(tally.approved, line.approved);
      tally.received = plus(tally.received, line.received);
      tally.rejected = plus(tally.rejected, line.rejected);
      if (line.disposition === "DAMAGED" || line.disposition === "MISSING")
        tally.writtenOff = plus(tally.writtenOff, line.received);
    }
  }
}

/** What of a return is in the stock again: some shops say it of the return, some of the refund that pays for it, some of both. */
function restockedBy({ id, lines }: Return, { refunds }: Order): Map<string, Quantity> {
  const said = byLine(lines.map(({ lineId, restocked }) => ({ lineId, quantity: restocked })));
  const paid = present(refunds)
    .filter((refund) => refund.returnId === id && refund.status === "SUCCEEDED")
    .flatMap((refund) => refund.lines.filter((line) => line.restocked));
  for (const [lineId, quantity] of byLine(paid))
    said.set(lineId, Math.max(said.get(lineId) ?? 0, quantity));
  return said;
}

function tallyFulfillmentOrders(orders: FulfillmentOrder[], tallies: Map<string, Tally>): void {
  for (const work of orders) {
    const status = statusOfWork(work);
    for (const { lineId, remaining } of work.lines) {
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

function foreignLine(part: string): Anomaly {
  const message = `${part} names a line that this order does not have`;
  return { code: "FOREIGN_LINE", message, lineId: null };
}

function tooMuch(code: string, line: OrderLine, told: Quantity, what: string): Anomaly {
  return {
    code,
    message: `the shop says ${told} of ${line.ordered} were ${what}; counted as ${line.ordered}`,
    lineId: line.id,
  };
}
