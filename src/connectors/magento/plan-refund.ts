import type { z } from "zod";
import type { RefundCreate, RefundWish, Step } from "../../domain/command.js";
import type { MoneyBag } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { cannot } from "../plan.js";
import { lineOf } from "../wish.js";
import { count, sendByHand } from "../words.js";
import { sourcesOf } from "./capture.js";
import { type RefundShare, shareRefund } from "./refund-share.js";
import type { requests } from "./request.js";

/** Money back with a credit memo: through the gateway invoice by invoice, or in the books, and by hand. */
export function planRefunds(command: RefundCreate, order: Order): Step[] {
  if (command.toStoreCredit)
    throw cannot(
      "Magento's API gives no store credit with a refund; refund by the way of payment, or give the credit in its admin",
    );
  return refundSteps(command.refund, order, {
    notify: command.notifyCustomer ?? false,
    cancels: false,
  });
}

/** One step for each credit memo that the wish takes. */
export function refundSteps(
  wish: RefundWish,
  order: Order,
  flags: { notify: boolean; cancels: boolean },
): Step[] {
  const place = wish.lines.find(({ locationId }) => locationId !== null);
  if (place)
    throw cannot(
      "Magento decides itself to which source goods go back; leave the location of what is restocked out",
    );
  const shares = shareRefund(wish, order, sourcesOf(order));
  return shares.map((share) => stepOf(share, wish, order, flags));
}

function stepOf(
  { source, lines, shipping, extra, amount }: RefundShare,
  wish: RefundWish,
  order: Order,
  flags: { notify: boolean; cancels: boolean },
): Step {
  const request: z.input<typeof requests.REFUND_CREATE> = {
    invoiceId: source.invoiceId,
    rows: lines.map(({ lineId, quantity, restock }) => ({
      rowId: lineOf(lineId, order).nativeId,
      quantity,
      restock,
    })),
    shipping: shipping?.shop.amount ?? "0",
    amount: amount.shop.amount,
    reason: wish.reason,
    ...flags,
  };
  const what = lines.length > 0 ? ` for ${count(lines.length, "line")}` : "";
  const summary = source.invoiceId
    ? `refund ${words(amount)}${what} by the payment gateway out of invoice ${source.invoiceId}`
    : `record a refund of ${words(amount)}${what}; send the money by hand, since the payment method ${source.gateway ?? "of this order"} cannot`;
  return {
    money: true,
    kind: "REFUND_CREATE",
    summary: flags.cancels ? `${summary}, since Magento cancels nothing that was billed` : summary,
    ...(!source.invoiceId && { warning: sendByHand(words(amount)) }),
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    request,
    creates: { noun: "Refund", ...wish, lines, shipping, extra, amount },
  };
}

/** "24.00 USD (21.60 EUR)": what is moved, and what the customer saw. */
function words({ shop, presentment }: MoneyBag): string {
  const base = `${shop.amount} ${shop.currency}`;
  return shop.currency === presentment.currency
    ? base
    : `${base} (${presentment.amount} ${presentment.currency})`;
}
