import Big from "big.js";
import type { RefundLineWish, RefundWish } from "../../domain/command.js";
import { GatewayError, InvalidInput } from "../../domain/errors.js";
import {
  addBags,
  compareMoney,
  type MoneyBag,
  minorDigits,
  money,
  subtractBags,
  zeroBag,
} from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { lessQuantity, roundQuantity } from "../../domain/quantity.js";
import { lineOf } from "../wish.js";
import type { Source } from "./capture.js";

/** What one credit memo is to give back. */
export interface RefundShare {
  source: Source;
  lines: RefundLineWish[];
  shipping: MoneyBag | null;
  extra: MoneyBag | null;
  amount: MoneyBag;
}

/**
 * A wish in as many credit memos as it takes: one for each source, each with the pieces it billed, and one more where
 * some pieces of a line go back to stock and others do not, since Magento restocks a line's pieces all or none.
 */
export function shareRefund(
  wish: RefundWish,
  order: Order,
  sources: readonly Source[],
): RefundShare[] {
  const zero = zeroBag(wish.amount);
  const drafts = sources.map((source): Draft => ({ source, lines: [], sum: zero, shipping: null }));
  for (const line of refundedLines(wish, order)) spread(line, order, drafts);
  for (const draft of drafts) draft.sum = capped(sumOf(draft.lines, zero), draft.source.room);
  placeShipping(wish.shipping, drafts);
  let rest = drafts.map(({ sum }) => sum).reduce(subtractBags, wish.amount);
  for (const draft of drafts.toSorted((a, b) => Number(isUsed(b)) - Number(isUsed(a)))) {
    const more = capped(rest, leftOf(draft));
    draft.sum = addBags(draft.sum, more);
    rest = subtractBags(rest, more);
  }
  if (isMore(rest, zero))
    throw new GatewayError(
      "AMOUNT_EXCEEDS_REFUNDABLE",
      `${rest.shop.amount} ${rest.shop.currency} of it are in no invoice of order ${order.id} that can still be refunded`,
    );
  return drafts
    .filter(isUsed)
    .flatMap(byRestock)
    .map(({ source, lines, sum, shipping }) => {
      const extra = subtractBags(subtractBags(sum, sumOf(lines, zero)), shipping ?? zero);
      return { source, lines, shipping, extra: isMore(extra, zero) ? extra : null, amount: sum };
    });
}

interface Draft {
  source: Source;
  lines: RefundLineWish[];
  shipping: MoneyBag | null;
  sum: MoneyBag;
}

/** Magento bills shipping and its tax with the first invoice; where that has no room for it, it counts as extra. */
function placeShipping(shipping: MoneyBag | null, drafts: readonly Draft[]): void {
  const fitting = drafts.find((draft) => {
    const room = leftOf(draft);
    return shipping && (!room || !isMore(shipping, room));
  });
  if (!shipping || !fitting) return;
  fitting.shipping = shipping;
  fitting.sum = addBags(fitting.sum, shipping);
}

function leftOf({ source, sum }: Draft): MoneyBag | null {
  return source.room && subtractBags(source.room, sum);
}

function isUsed({ lines, sum }: Draft): boolean {
  return lines.length > 0 || isMore(sum, zeroBag(sum));
}

function sumOf(lines: readonly RefundLineWish[], zero: MoneyBag): MoneyBag {
  return lines.map(({ amount }) => amount).reduce(addBags, zero);
}

/**
 * The lines that Magento makes credit memo rows of: a bundle is refunded by its own row or by those of its parts,
 * wherever the prices are. Throws InvalidInput where only the other side was named.
 */
function refundedLines(wish: RefundWish, order: Order): RefundLineWish[] {
  const asked = new Set(wish.lines.map(({ lineId }) => lineId));
  return wish.lines.filter(({ lineId, quantity }) => {
    if (quantity <= 0) return false;
    const line = lineOf(lineId, order);
    const parts = present(order.lines).filter((it) => it.parentLineId === lineId);
    const isPricedByParts = parts.some(isPriced) && !isPriced(line);
    const whole = line.parentLineId === null ? null : lineOf(line.parentLineId, order);
    const isPricedByWhole = whole !== null && isPriced(whole) && !isPriced(line);
    if (!isPricedByParts && !isPricedByWhole) return true;
    const others = isPricedByParts ? parts.map(({ id }) => id) : [whole?.id ?? ""];
    if (others.some((id) => asked.has(id))) return false;
    throw new InvalidInput(
      `Magento refunds line ${lineId} by ${isPricedByParts ? "its parts, which have the prices" : "the bundle it is part of, which has the price"}; name ${others.join(", ")}`,
      ["lines"],
    );
  });
}

function isPriced({ total }: { total: MoneyBag }): boolean {
  return Big(total.shop.amount).gt(0);
}

/** Takes a line's pieces from one source after the other, as far as each billed them. */
function spread(line: RefundLineWish, order: Order, drafts: readonly Draft[]): void {
  const nativeId = lineOf(line.lineId, order).nativeId;
  let { quantity, amount } = line;
  for (const { source, lines } of drafts) {
    const available = source.pieces ? (source.pieces.get(nativeId) ?? 0) : quantity;
    const taken = Math.min(quantity, available);
    if (taken <= 0) continue;
    const part = taken === quantity ? amount : scaled(amount, Big(taken).div(quantity));
    source.pieces?.set(nativeId, lessQuantity(available, taken));
    quantity = lessQuantity(quantity, taken);
    amount = subtractBags(amount, part);
    lines.push({ ...line, quantity: taken, amount: part });
  }
  if (quantity > 0)
    throw new InvalidInput(
      `${quantity} of line ${line.lineId} are in no invoice of order ${order.id} that can still be refunded`,
      ["lines"],
    );
}

/** Rows of one line are one row; those that stay off the shelf while others of the line return to it are a memo of their own. */
function byRestock(draft: Draft): Draft[] {
  const merged = new Map<string, RefundLineWish>();
  for (const line of draft.lines) {
    const key = `${line.lineId} ${line.restock}`;
    const before = merged.get(key);
    merged.set(
      key,
      before
        ? {
            ...before,
            quantity: roundQuantity(before.quantity + line.quantity),
            amount: addBags(before.amount, line.amount),
            fixed: before.fixed || line.fixed,
          }
        : line,
    );
  }
  const lines = [...merged.values()];
  const apart = lines.filter(({ lineId, restock }) => !restock && merged.has(`${lineId} true`));
  if (apart.length === 0) return [{ ...draft, lines }];
  const sum = apart.map(({ amount }) => amount).reduce(addBags);
  return [
    {
      ...draft,
      lines: lines.filter((line) => !apart.includes(line)),
      sum: subtractBags(draft.sum, sum),
    },
    { ...draft, lines: apart, shipping: null, sum },
  ];
}

/** The amount, or as much of it as there is room for. */
function capped(amount: MoneyBag, room: MoneyBag | null): MoneyBag {
  if (!room || !isMore(amount, room)) return amount;
  return isMore(room, zeroBag(room))
    ? scaled(amount, Big(room.shop.amount).div(amount.shop.amount))
    : zeroBag(amount);
}

function isMore(amount: MoneyBag, than: MoneyBag): boolean {
  return compareMoney(amount.shop, than.shop) > 0;
}

function scaled({ shop, presentment }: MoneyBag, by: Big): MoneyBag {
  const part = (amount: string, currency: string) =>
    money(Big(amount).times(by).round(minorDigits(currency), Big.roundHalfUp).toFixed(), currency);
  return {
    shop: part(shop.amount, shop.currency),
    presentment: part(presentment.amount, presentment.currency),
  };
}
