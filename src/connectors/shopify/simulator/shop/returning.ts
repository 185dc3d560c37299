import { orderNews } from "../webhooks/news.js";
import { removalNews, returnNews } from "../webhooks/return-news.js";
import { openExchanges } from "./exchanging.js";
import { type News, type Shop, touch } from "./shop.js";
import type { Fulfillment, Order, Return, ReturnLine, ReverseOrder } from "./state.js";
import { fulfilledQuantity } from "./status.js";

/** A shipped line with how much of it may still be sent back. */
export interface Returnable {
  fulfillment: Fulfillment;
  line: Fulfillment["lines"][number];
  quantity: number;
}

export interface ReturnWish {
  lines: {
    from: Returnable;
    quantity: number;
    reasonId: string | null;
    reasonNote: string;
    customerNote: string | null;
  }[];
  /** What the customer gets instead; absent where nothing. */
  exchanges?: { variantId: string; quantity: number }[];
  requestedAt: string | null;
}

/** What was shipped, and neither stands in a return that counts nor was refunded beside one. */
export function returnables(order: Order): Returnable[] {
  const left = new Map(
    order.lines.map((line) => [
      line.id,
      fulfilledQuantity(order, line) - refundedBeside(order, line.id),
    ]),
  );
  return order.fulfillments
    .filter(({ status }) => status === "SUCCESS")
    .flatMap((fulfillment) =>
      fulfillment.lines.map((line) => {
        const claimed = claimedUnits(order, line.id);
        const room = Math.max(0, (left.get(line.lineId) ?? 0) - claimed);
        const quantity = Math.min(line.quantity - claimed, room);
        left.set(line.lineId, room - quantity);
        return { fulfillment, line, quantity };
      }),
    )
    .filter(({ quantity }) => quantity > 0);
}

function claimedUnits(order: Order, fulfillmentLineItemId: string): number {
  return order.returns
    .filter(({ status }) => status !== "DECLINED" && status !== "CANCELED")
    .flatMap(({ lines }) => lines)
    .filter((line) => line.fulfillmentLineItemId === fulfillmentLineItemId)
    .reduce((units, { quantity }) => units + quantity, 0);
}

function refundedBeside(order: Order, lineId: string): number {
  return order.refunds
    .filter(({ returnId }) => returnId === undefined)
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineId === lineId && line.restock === "RETURN")
    .reduce((units, { quantity }) => units + quantity, 0);
}

/** Opens a return: asked for and to be decided, or agreed at once. The wish was checked before. */
export function openReturn(
  shop: Shop,
  order: Order,
  wish: ReturnWish,
  status: "REQUESTED" | "OPEN",
): Return {
  const row: Return = {
    id: shop.mint("Return", order),
    name: `${order.name}-R${order.returns.length + 1}`,
    status,
    createdAt: wish.requestedAt ?? shop.now(),
    closedAt: null,
    requestApprovedAt: null,
    decline: null,
    lines: wish.lines.map(
      ({ from, ...given }): ReturnLine => ({
        ...given,
        id: shop.mint("ReturnLineItem", order),
        fulfillmentLineItemId: from.line.id,
        lineId: from.line.lineId,
        processed: 0,
        refunded: 0,
      }),
    ),
    exchanges: openExchanges(shop, order, wish.exchanges ?? []),
    reverse: null,
  };
  order.returns.push(row);
  if (status === "OPEN") row.reverse = openReverse(shop, order, row);
  say(shop, order, returnNews(status === "OPEN" ? "APPROVE" : "REQUEST", order, row));
  return row;
}

/** What the merchant has to take in once it is agreed. */
function openReverse(shop: Shop, order: Order, { lines }: Return): ReverseOrder {
  return {
    id: shop.mint("ReverseFulfillmentOrder", order),
    status: "OPEN",
    lines: lines.map(({ id, quantity }) => ({
      id: shop.mint("ReverseFulfillmentOrderLineItem", order),
      returnLineId: id,
      total: quantity,
      dispositions: [],
    })),
    deliveries: [],
  };
}

export function approveReturn(shop: Shop, order: Order, row: Return): void {
  row.status = "OPEN";
  row.requestApprovedAt = shop.now();
  row.reverse = openReverse(shop, order, row);
  say(shop, order, returnNews("APPROVE", order, row));
}

export function declineReturn(
  shop: Shop,
  order: Order,
  row: Return,
  decline: NonNullable<Return["decline"]>,
): void {
  row.status = "DECLINED";
  row.decline = decline;
  say(shop, order, returnNews("DECLINE", order, row));
}

export function cancelReturn(shop: Shop, order: Order, row: Return): void {
  row.status = "CANCELED";
  if (row.reverse) row.reverse.status = "CANCELED";
  say(shop, order, returnNews("CANCEL", order, row));
}

export function closeReturn(shop: Shop, order: Order, row: Return): void {
  row.status = "CLOSED";
  row.closedAt = shop.now();
  if (row.reverse) row.reverse.status = "CLOSED";
  say(shop, order, returnNews("CLOSE", order, row));
}

export function reopenReturn(shop: Shop, order: Order, row: Return): void {
  row.status = "OPEN";
  row.closedAt = null;
  if (row.reverse) row.reverse.status = "OPEN";
  say(shop, order, returnNews("REOPEN", order, row));
}

/** Takes units off a return that will not come back; the customer keeps them. */
export function removeUnits(
  shop: Shop,
  order: Order,
  row: Return,
  removals: { line: ReturnLine; quantity: number }[],
): void {
  for (const { line, quantity } of removals) {
    line.quantity -= quantity;
    const reverse = row.reverse?.lines.find(({ returnLineId }) => returnLineId === line.id);
    if (reverse) reverse.total -= quantity;
  }
  row.lines = row.lines.filter(({ quantity }) => quantity > 0);
  if (row.reverse) row.reverse.lines = row.reverse.lines.filter(({ total }) => total > 0);
  const told = removals.map(({ line, quantity }) => ({ lineId: line.id, quantity }));
  say(shop, order, removalNews(row, told));
}

/** Whether anything of it was inspected, confirmed, paid back or exchanged. */
export const isWorkedOn = ({ lines, exchanges, reverse }: Return): boolean =>
  lines.some(({ processed, refunded }) => processed + refunded > 0) ||
  exchanges.some(({ processed }) => processed > 0) ||
  (reverse?.lines ?? []).some(({ dispositions }) => dispositions.length > 0);

/** What became of this line's pieces, and how many that were. */
export function disposedUnits(row: Return, line: ReturnLine): number {
  return (row.reverse?.lines ?? [])
    .filter(({ returnLineId }) => returnLineId === line.id)
    .flatMap(({ dispositions }) => dispositions)
    .reduce((units, { quantity }) => units + quantity, 0);
}

/** Tells of a return, and of the order, which shows it. */
export function say(shop: Shop, order: Order, ...news: News[]): void {
  touch(shop, order);
  shop.say([...news, orderNews(shop, "ORDERS_UPDATED", order)]);
}

/** OrderReturnStatus: what still needs somebody comes first. */
export function returnStatus({ returns }: Order): string {
  const has = (...statuses: Return["status"][]) =>
    returns.some(({ status }) => statuses.includes(status));
  if (returns.length === 0) return "NO_RETURN";
  if (has("REQUESTED")) return "RETURN_REQUESTED";
  if (has("OPEN")) {
    const open = returns.filter(({ status }) => status === "OPEN");
    const isDone = open.every((row) =>
      row.lines.every((line) => disposedUnits(row, line) >= line.quantity),
    );
    return isDone ? "INSPECTION_COMPLETE" : "IN_PROGRESS";
  }
  return has("CLOSED") ? "RETURNED" : "RETURN_FAILED";
}
