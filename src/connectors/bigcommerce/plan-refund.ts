import type { z } from "zod";
import type { RefundCreate, RefundWish, Step } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import { isZero } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import type { LineQuantity } from "../../domain/quantity.js";
import { MARKER_LENGTH } from "../marker.js";
import { lineOf } from "../wish.js";
import { goods, sendByHand } from "../words.js";
import type { requests } from "./request.js";

/** The longest reason that a refund's item has, by the description of v3. */
const REASON_LENGTH = 1_000;

/** One refund. Throws GatewayError for what no refund of BigCommerce does. */
export function planRefund({ refund, toStoreCredit }: RefundCreate, order: Order): Step {
  const at = refund.lines.findIndex((line) => line.restock);
  if (at >= 0)
    throw new InvalidInput(
      "BigCommerce puts nothing back into stock with a refund; leave restock out, and change the stock in the store",
      ["lines", String(at), "restock"],
    );
  return refundStep(refund, order, toStoreCredit);
}

/** The step that gives money back, and what it will have made. */
export function refundStep(refund: RefundWish, order: Order, toStoreCredit: boolean): Step {
  const reason = refund.reason?.trim() || null;
  if ((reason?.length ?? 0) + MARKER_LENGTH > REASON_LENGTH)
    throw new InvalidInput(
      `a reason of ${reason?.length} characters is longer than the ${REASON_LENGTH - MARKER_LENGTH} that BigCommerce keeps beside our reference; shorten it`,
      ["reason"],
    );
  const { amount, currency } = refund.amount.presentment;
  const side = (bag: RefundWish["shipping"]) =>
    bag && !isZero(bag.presentment) ? bag.presentment.amount : null;
  const request: z.input<typeof requests.REFUND_CREATE> = {
    lines: refund.lines.map((line, index) => ({
      ...nativeLine(line, index, order),
      amount: line.amount.presentment.amount,
      fixed: line.fixed,
    })),
    shipping: side(refund.shipping),
    extra: side(refund.extra),
    amount,
    currency,
    reason,
    toStoreCredit,
  };
  return {
    kind: "REFUND_CREATE",
    money: true,
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    ...wordsOf(refund, order, toStoreCredit),
    request,
    creates: {
      noun: "Refund",
      ...refund,
      reason,
      // Stock does not come back with the money here.
      lines: refund.lines.map((line) => ({ ...line, restock: false })),
    },
  };
}

function nativeLine(
  { lineId, quantity }: RefundWish["lines"][number],
  index: number,
  order: Order,
): { id: string; quantity: number } {
  const path = ["lines", String(index)];
  const { nativeId } = lineOf(lineId, order, path);
  checkWhole({ lineId, quantity }, [...path, "quantity"]);
  return { id: nativeId, quantity };
}

/** Throws InvalidInput at `path` for parts of a piece, which the store answers in no words of its own. */
export function checkWhole({ lineId, quantity }: LineQuantity, path: string[]): void {
  if (!Number.isInteger(quantity) || quantity < 1)
    throw new InvalidInput(
      `BigCommerce refunds whole pieces, not ${quantity} of line ${lineId}; give back an amount without pieces as extraAmount`,
      path,
    );
}

/** Ways to pay of which no money goes back by itself (transactions of v3). */
const BY_HAND: ReadonlySet<string> = new Set([
  "bankdeposit",
  "cheque",
  "cod",
  "custom",
  "instore",
  "moneyorder",
]);

function wordsOf(
  refund: RefundWish,
  order: Order,
  toStoreCredit: boolean,
): Pick<Step, "summary" | "warning"> {
  const { amount, currency } = refund.amount.presentment;
  const sum = `${amount} ${currency}`;
  const what = whatOf(refund);
  if (toStoreCredit) return { summary: `give ${sum} as store credit for ${what}` };
  const gateways = new Set(present(order.transactions).flatMap(({ gateway }) => gateway ?? []));
  const [first] = gateways;
  if (first !== undefined && [...gateways].every((gateway) => BY_HAND.has(gateway)))
    return {
      summary: `record a refund of ${sum} for ${what}; send the money by hand, since the payment method ${first} cannot`,
      warning: sendByHand(sum),
    };
  const way = first === undefined ? "the way it was paid" : `the payment gateway (${first})`;
  return {
    summary: `refund ${sum} for ${what} by ${way}; where that cannot send money back it is recorded, to be sent by hand`,
    warning: `the shop may send no money back: where it only records the refund, send ${sum} by hand`,
  };
}

function whatOf({ lines, shipping, extra }: RefundWish): string {
  const parts = [
    ...(lines.length > 0 ? [goods(lines)] : []),
    ...(shipping ? ["shipping"] : []),
    ...(extra ? ["an amount of its own"] : []),
  ];
  return parts.join(", ") || "the order";
}
