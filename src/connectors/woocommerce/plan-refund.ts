import Big from "big.js";
import type { z } from "zod";
import type { RefundCreate, RefundLineWish, RefundWish, Step } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import { addBags, type MoneyBag, subtractBags, zeroBag } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { roundQuantity } from "../../domain/quantity.js";
import { sum } from "../amount.js";
import { cannot } from "../plan.js";
import { lineOf, nativeLines } from "../wish.js";
import { goods, sendByHand } from "../words.js";
import { decimalsOf } from "./amount.js";
import type { requests } from "./request.js";
import type { Shop } from "./shop.js";

/**
 * One refund, or two where some goods go back to stock and others do not: WooCommerce restocks all lines of a refund or
 * none. What is no goods (shipping, goodwill) goes with the second. Throws where the shop cannot do it.
 */
export function planRefund(command: RefundCreate, order: Order, shop: Shop): Step[] {
  if (command.toStoreCredit)
    throw cannot("WooCommerce has no store credit; refund by the way the order was paid");
  const { refund } = command;
  if (refund.lines.some(({ locationId }) => locationId !== null))
    throw cannot("WooCommerce knows no locations; leave them out of the refund");
  refuseParts(refund, order);
  const restocked = refund.lines.filter((line) => line.restock && isGoods(line, order));
  const others = refund.lines.filter((line) => !restocked.includes(line));
  if (!others.some((line) => isGoods(line, order)))
    return [refundStep(refund, { restock: restocked.length > 0 }, order, shop)];
  if (restocked.length === 0) return [refundStep(refund, { restock: false }, order, shop)];
  const first: RefundWish = {
    ...refund,
    lines: restocked,
    shipping: null,
    extra: null,
    amount: amountOf(restocked, zeroBag(refund.amount)),
  };
  const amount = subtractBags(refund.amount, first.amount);
  if (Big(amount.shop.amount).lt(0))
    throw new InvalidInput(
      `the lines that go back to stock come to ${first.amount.shop.amount} ${first.amount.shop.currency}, more than the whole refund; name amounts that fit`,
      ["lines"],
    );
  const second: RefundWish = { ...refund, lines: others, amount };
  return [
    refundStep(first, { restock: true }, order, shop),
    refundStep(second, { restock: false }, order, shop),
  ];
}

/** What a cancellation gives back. The cancellation itself has put the stock back. */
export function planCancelRefund(refund: RefundWish, order: Order, shop: Shop): Step {
  return refundStep(refund, { restock: false }, order, shop);
}

function refundStep(
  refund: RefundWish,
  { restock }: { restock: boolean },
  order: Order,
  shop: Shop,
): Step {
  const { amount } = refund.amount.shop;
  const amounts = [amount, ...refund.lines.map((line) => line.amount.shop.amount)];
  for (const each of refund.shipping ? [...amounts, refund.shipping.shop.amount] : amounts)
    refuseTooFine(each, shop);
  const money = `${amount} ${refund.amount.shop.currency}`;
  const way = wayOf(money, order, shop);
  const request: z.input<typeof requests.REFUND_CREATE> = {
    amount,
    lines: itemsOf(nativeLines(refund.lines, order)),
    shipping: refund.shipping?.shop.amount ?? null,
    reason: refund.reason,
    restock,
    gateway: way.gateway,
    known: present(order.refunds).flatMap(({ nativeId }) => nativeId ?? []),
  };
  return {
    kind: "REFUND_CREATE",
    summary: [way.does, contentsOf(refund), restock ? "put back to stock" : null, way.remark]
      .filter((part) => part !== null)
      .join(", "),
    ...(way.gateway === null && { warning: sendByHand(money) }),
    money: true,
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    request,
    creates: { noun: "Refund", ...refund },
  };
}

/** How the money gets to the customer: by the gateway the order was paid with where it can, else by a person. */
function wayOf(money: string, { head }: Order, { refundGateways }: Shop): Way {
  const gateway = head.paymentGateway ?? null;
  if (gateway !== null && refundGateways?.has(gateway))
    return {
      gateway,
      does: `refund ${money} by the payment gateway ${gateway}`,
      remark: null,
    };
  const why =
    gateway === null
      ? "the order names no payment method"
      : refundGateways
        ? `the payment method ${gateway} cannot`
        : `it is not known whether the payment method ${gateway} can`;
  return {
    gateway: null,
    does: `record a refund of ${money}`,
    remark: `and send the money by hand, since ${why}`,
  };
}
interface Way {
  gateway: string | null;
  does: string;
  remark: string | null;
}

/** One row an order's item: of two rows with one id WooCommerce keeps the last. */
function itemsOf(lines: readonly RefundLineWish[]) {
  const items = new Map<string, { itemId: string; quantity: number; amount: string }>();
  for (const { lineId, quantity, amount } of lines) {
    const { amount: added } = amount.shop;
    const before = items.get(lineId) ?? { itemId: lineId, quantity: 0, amount: "0" };
    items.set(lineId, {
      itemId: lineId,
      quantity: roundQuantity(before.quantity + quantity),
      amount: sum([before.amount, added]),
    });
  }
  return [...items.values()];
}

function contentsOf({ lines, shipping, extra }: RefundWish): string {
  const parts = [
    lines.length > 0 ? goods(lines) : null,
    shipping && !isNothing(shipping) ? "shipping" : null,
    extra && !isNothing(extra) ? `${extra.shop.amount} ${extra.shop.currency} beside` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `for ${parts.join(" and ")}` : "for no goods";
}

/**
 * WooCommerce cuts quantities down to whole ones (wc_stock_amount) and would give the money back for no piece at all; but a
 * line that was sold in parts shows that an extension of the shop counts them.
 */
function refuseParts({ lines }: RefundWish, order: Order): void {
  lines.forEach(({ lineId, quantity }, index) => {
    const path = ["lines", String(index)];
    const { ordered } = lineOf(lineId, order, path);
    if (Number.isInteger(quantity) || !Number.isInteger(ordered)) return;
    throw new InvalidInput(
      `WooCommerce refunds whole pieces, not ${quantity} of line ${lineId}; give back an amount without pieces as extraAmount`,
      [...path, "quantity"],
    );
  });
}

/** A site counts with one number of decimals in every currency; an amount finer than that would be shown as another. */
function refuseTooFine(amount: string, { decimals }: Shop): void {
  if (decimals === null || decimalsOf(amount) <= decimals) return;
  throw new InvalidInput(
    `this shop counts ${decimals} decimals in every currency and ${amount} has more; name an amount with at most ${decimals}`,
    ["lines"],
  );
}

function isGoods({ lineId, quantity }: RefundLineWish, order: Order): boolean {
  return quantity > 0 && order.lines.some((line) => line.id === lineId && line.requiresShipping);
}

function amountOf(lines: readonly RefundLineWish[], zero: MoneyBag): MoneyBag {
  return lines.map((line) => line.amount).reduce(addBags, zero);
}

function isNothing({ shop }: MoneyBag): boolean {
  return Big(shop.amount).eq(0);
}
