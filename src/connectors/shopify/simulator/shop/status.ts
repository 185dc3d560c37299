import type { Fulfillment, FulfillmentOrder, Line, Order } from "./state.js";
import { currentQuantity, currentTotals, payments } from "./totals.js";

/** The financial status that the admin displays, out of the transactions. `now` tells what has expired. */
export function financialStatus(order: Order, now: string): string {
  const { received, refunded, authorized } = payments(order);
  if (refunded.shop > 0) return refunded.shop >= received.shop ? "REFUNDED" : "PARTIALLY_REFUNDED";
  if (received.shop > 0)
    return received.shop >= currentTotals(order).total.shop ? "PAID" : "PARTIALLY_PAID";
  if (order.cancelledAt || order.transactions.some(({ kind }) => kind === "VOID")) return "VOIDED";
  if (authorized.shop > 0) return isExpired(order, now) ? "EXPIRED" : "AUTHORIZED";
  return currentTotals(order).total.shop === 0 ? "PAID" : "PENDING";
}

/** The fulfillment status that the admin displays, out of the fulfillment orders. */
export function fulfillmentStatus(order: Order): string {
  const units = order.lines.map((line) => ({
    shipped: fulfilledQuantity(order, line),
    open: unfulfilledQuantity(order, line),
  }));
  const open = order.fulfillmentOrders.filter(isUnfinished);
  if (units.some(({ shipped }) => shipped > 0))
    return units.some(({ open: left }) => left > 0) ? "PARTIALLY_FULFILLED" : "FULFILLED";
  if (order.lines.length === 0) return "FULFILLMENT_NOT_REQUIRED";
  if (open.length > 0 && open.every(({ status }) => status === "ON_HOLD")) return "ON_HOLD";
  if (open.length > 0 && open.every(({ status }) => status === "SCHEDULED")) return "SCHEDULED";
  return open.some(({ status }) => status === "IN_PROGRESS") ? "IN_PROGRESS" : "UNFULFILLED";
}

/** "fulfilled", "partial" or null, as webhooks word an order's progress. */
export function progressOf(order: Order): string | null {
  if (order.cancelledAt && order.fulfillments.length === 0) return "restocked";
  const status = fulfillmentStatus(order);
  if (status === "FULFILLED") return "fulfilled";
  return status === "PARTIALLY_FULFILLED" ? "partial" : null;
}

/** Units in fulfillments that stand. */
export function fulfilledQuantity(order: Order, line: Line): number {
  return order.fulfillments
    .filter(({ status }) => status === "SUCCESS")
    .flatMap(({ lines }) => lines)
    .filter(({ lineId }) => lineId === line.id)
    .reduce((units, { quantity }) => units + quantity, 0);
}

/** Units that fulfillment orders still wait to ship. */
export function unfulfilledQuantity(order: Order, line: Line): number {
  return order.fulfillmentOrders
    .filter(isUnfinished)
    .flatMap(({ lines }) => lines)
    .filter(({ lineId }) => lineId === line.id)
    .reduce((units, { remaining }) => units + remaining, 0);
}

/** Units that can still be refunded. */
export const refundableQuantity = (order: Order, line: Line): number =>
  Math.max(0, currentQuantity(order, line));

/** Whether something in it may still be shipped. */
export const isUnfinished = ({ status }: FulfillmentOrder): boolean =>
  status !== "CLOSED" && status !== "CANCELLED";

/** The events of a parcel, the one that happened last first. */
export const latestFirst = ({ events }: Fulfillment): Fulfillment["events"] =>
  events
    .map((event, place) => ({ event, place }))
    .sort((a, b) => compare(b.event.happenedAt, a.event.happenedAt) || b.place - a.place)
    .map(({ event }) => event);

/** What the admin shows of a parcel: its last event, or how the fulfillment stands. */
export function displayStatus(fulfillment: Fulfillment): string {
  if (fulfillment.status === "CANCELLED") return "CANCELED";
  return latestFirst(fulfillment)[0]?.status ?? "FULFILLED";
}

/** What can be done with a fulfillment order now, as the platform itself would say. */
export function supportedActions(fulfillmentOrder: FulfillmentOrder): string[] {
  const units = fulfillmentOrder.lines.reduce((total, { remaining }) => total + remaining, 0);
  const split = units > 1 ? ["SPLIT"] : [];
  switch (fulfillmentOrder.status) {
    case "OPEN":
      return ["CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD", ...split];
    case "IN_PROGRESS":
      return ["CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD", ...split];
    case "SCHEDULED":
      return ["MARK_AS_OPEN", "MOVE"];
    case "ON_HOLD":
      return ["RELEASE_HOLD", "HOLD", "MOVE"];
    default:
      return [];
  }
}

/** Negative, zero or positive, as two times or texts stand to each other. */
export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function isExpired({ transactions }: Order, now: string): boolean {
  return transactions.some(
    ({ authorizationExpiresAt }) => authorizationExpiresAt !== null && authorizationExpiresAt < now,
  );
}
