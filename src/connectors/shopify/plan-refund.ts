import type { RefundCreate, RefundWish, Step } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { countQuantities } from "../../domain/quantities.js";
import { sumQuantities } from "../../domain/quantity.js";
import { sendByHand } from "../words.js";
import { reported } from "./plan-return.js";
import { checkWhole, count, nativeLineId, quantityAt } from "./plan-step.js";
import type { RequestOf } from "./request.js";

/**
 * A refund as one call. One that pays for a return which is still open belongs to that return in the shop too; once a
 * return is closed, Shopify refunds beside it. Pure; throws GatewayError where Shopify could not record it.
 */
export function planRefund(command: RefundCreate, order: Order): Step {
  const { refund, toStoreCredit, notifyCustomer } = command;
  checkWhole(refund.lines, "refunded", quantityAt);
  const { presentment } = refund.amount;
  const back = refund.returnId === null ? null : returnOf(order, refund.returnId);
  const returnId = back?.stage === "OPEN" ? back.nativeId : null;
  const request: RequestOf<"refund"> = {
    act: "refund",
    // The return itself says which pieces came back and what became of them.
    lines: back ? [] : linesOf(refund, order),
    returnId,
    shipping: refund.shipping?.presentment.amount ?? null,
    amount: presentment.amount,
    currency: presentment.currency,
    reason: refund.reason,
    storeCredit: toStoreCredit,
    notifyCustomer,
  };
  const { summary, ...told } = wordsOf(refund, order, toStoreCredit);
  return {
    kind: "REFUND_CREATE",
    summary: `${summary}${back ? `, for return ${back.name}` : ""}`,
    ...told,
    request,
    // Shopify takes keys for refunds, and none for refunds of a return.
    idempotent: returnId === null ? "KEYED" : "CHECK_THEN_ACT",
    money: true,
    support: "NATIVE",
    creates: { noun: "Refund", ...refund },
  };
}

/** The return that a refund pays for, where it lives in the shop. */
function returnOf(order: Order, id: string) {
  const row = present(order.returns).find((each) => each.id === id);
  return row?.owner === "GATEWAY" ? null : reported(order, id);
}

/**
 * "refund 24.00 EUR for 3 units of 2 lines and shipping by the way it was paid"; of manual payments, which Shopify only
 * writes down, also that a person must send the money.
 */
export function wordsOf(
  { amount, lines, shipping }: RefundWish,
  order: Order,
  toStoreCredit: boolean,
): Pick<Step, "summary" | "warning"> {
  const units = sumQuantities(lines.map(({ quantity }) => quantity));
  const what = [
    ...(lines.length > 0 ? [`${count(units, "unit")} of ${count(lines.length, "line")}`] : []),
    ...(shipping ? ["shipping"] : []),
  ];
  const { shop, presentment } = amount;
  const sum = `${presentment.amount} ${presentment.currency}`;
  const known =
    shop.currency === presentment.currency ? "" : ` (${shop.amount} ${shop.currency} to the shop)`;
  const goods = what.length > 0 ? ` for ${what.join(" and ")}` : "";
  const summary = (way: string) => `refund ${sum}${known}${goods} ${way}`;
  if (toStoreCredit) return { summary: summary("as store credit") };
  const manual = manualOf(order);
  if (manual === null) return { summary: summary("by the way it was paid") };
  const way = `as a record; send the money by hand, since the payment method ${manual} cannot`;
  return { summary: summary(way), warning: sendByHand(sum) };
}

/** The gateway of an order whose payments were all made beside Shopify. */
function manualOf(order: Order): string | null {
  const gateways = present(order.transactions)
    .filter(({ kind, status }) => status === "SUCCEEDED" && (kind === "SALE" || kind === "CAPTURE"))
    .map(({ gateway }) => gateway ?? "");
  return gateways.every((gateway) => MANUAL.has(gateway)) ? (gateways[0] ?? null) : null;
}

/** Gateways of payments that Shopify takes no part in, by their names there. */
const MANUAL = new Set(["manual", "Bank Deposit", "Money Order", "Cash on Delivery (COD)"]);

type RefundLines = RequestOf<"refund">["lines"];

/**
 * Pieces that are to go back to the stock are canceled as long as they have not left, and returned where they have, for
 * which Shopify wants a place.
 */
function linesOf({ lines }: RefundWish, order: Order): RefundLines {
  const quantities = countQuantities(order).byLine;
  return lines.flatMap(({ lineId, quantity, restock, locationId }, index): RefundLines => {
    const lineItemId = nativeLineId(order, lineId);
    if (!restock) return [{ lineItemId, quantity, restockType: "NO_RESTOCK", locationId: null }];
    const open = quantities.get(lineId);
    const waiting = open ? open.fulfillable + open.onHold : 0;
    const canceled = Math.min(quantity, waiting);
    const returned = quantity - canceled;
    const parts: RefundLines = [];
    if (canceled > 0)
      parts.push({ lineItemId, quantity: canceled, restockType: "CANCEL", locationId: null });
    if (returned > 0) {
      const place = locationId ?? shippedFrom(order, lineId, index);
      parts.push({ lineItemId, quantity: returned, restockType: "RETURN", locationId: place });
    }
    return parts;
  });
}

/** The place that a line was shipped from. */
function shippedFrom(order: Order, lineId: string, index: number): string {
  const shipment = present(order.fulfillments).find(
    ({ status, locationId, lines }) =>
      status === "SUCCESS" && locationId !== null && lines.some((row) => row.lineId === lineId),
  );
  if (shipment?.locationId) return shipment.locationId;
  throw new InvalidInput(
    `line ${lineId} goes back to the stock, and nobody knows where it left from; name the location`,
    ["lines", String(index), "locationId"],
  );
}
