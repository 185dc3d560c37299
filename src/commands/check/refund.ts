import { isDeepStrictEqual } from "node:util";
import type { ChannelOperation, Quote, QuoteAsked } from "../../domain/channel.js";
import type { RefundLineWish, RefundWish } from "../../domain/command.js";
import { addBags, compareMoney, isZero, type MoneyBag, zeroBag } from "../../domain/money.js";
import { refundableAmount } from "../../domain/quote.js";
import type { UserErrorData } from "../face.js";
import { pathOf } from "../path.js";
import { basic } from "../refusal.js";
import type { OrderWish, RefundWanted } from "../wish.js";
import { checkMaximum, rest, tooMuchShipping, toTheLast } from "./refund-money.js";
import { allPieces, piecesOf, type RefundPieces } from "./refund-pieces.js";
import { type Base, type Checked, type Refused, refuse, type Scene } from "./scene.js";
import { textOrNull } from "./text.js";

type CancelWish = Pick<Extract<OrderWish, { type: "ORDER_CANCEL" }>, "type" | "reason" | "restock">;

/** Checks money that is to be given back: pieces and amounts, as far as they are named, and what the rest comes to. */
export function checkRefund(wish: RefundWanted, scene: Scene, base: Base): Checked {
  const pieces = piecesOf(wish, scene, (...field) => pathOf(wish, ...field));
  if ("errors" in pieces) return pieces;
  const quote = quoteOf(pieces, scene);
  if (quote && "errors" in quote) return quote;
  const lines = pricedLines(pieces, quote);
  if ("errors" in lines) return lines;
  const { shipping, extra } = pieces;
  const zero = zeroBag(scene.document.totals.total);
  const sum = [...lines.map((line) => line.amount), shipping ?? zero, extra ?? zero].reduce(
    addBags,
    zero,
  );
  const amount = toTheLast(sum, refundableAmount(scene.document));
  const errors: UserErrorData[] = [];
  if (quote && shipping) errors.push(...tooMuchShipping(shipping, quote, pathOf(wish, "shipping")));
  if (isZero(amount.shop))
    errors.push(
      basic("INVALID_INPUT", "the refund comes to nothing; name an amount", pathOf(wish)),
    );
  errors.push(...checkMaximum(amount, scene.document, quote, pathOf(wish)));
  if (errors.length > 0) return { errors };
  const { returnId, toStoreCredit } = wish;
  const refund = { returnId, lines, shipping, extra, amount, reason: textOrNull(wish.reason) };
  const command = { ...base, type: wish.type, refund, toStoreCredit };
  return { command, needs: needsOf(refund, base) };
}

/** What has to be asked before a refund can be resolved; null where every amount is named and nothing is left to compare. */
export function askedOf({ lines, shipping, all }: RefundPieces): QuoteAsked | null {
  const open = lines.filter((line) => line.amount === null);
  if (open.length === 0 && !shipping && !all) return null;
  return {
    lines: open.map(({ lineId, quantity, restock, locationId }) => ({
      lineId,
      quantity,
      restock,
      locationId,
    })),
    shipping: shipping !== null || all,
  };
}

/**
 * All that is left of an order's money, over its pieces and its shipping as far as it goes; what is left beyond both is
 * given back too. null where there is nothing to give back.
 */
export function refundOfAll(
  wish: CancelWish,
  scene: Scene,
): { refund: RefundWish | null } | Refused {
  const { document } = scene;
  const left = refundableAmount(document);
  if (isZero(left.shop)) return { refund: null };
  const pieces = allPieces(wish.restock, scene, pathOf(wish, "refund"));
  if ("errors" in pieces) return pieces;
  const quote = quoteOf(pieces, scene);
  if (quote && "errors" in quote) return quote;
  const lines = pricedLines(pieces, quote);
  if ("errors" in lines) return lines;
  const amount = quote ? lesser(left, quote.maximum) : left;
  let open = amount;
  const pour = (wished: MoneyBag): MoneyBag => {
    const part = lesser(wished, open);
    open = rest(open, part);
    return part;
  };
  const poured = lines.map((line): RefundLineWish => {
    const part = pour(line.amount);
    return { ...line, amount: part, fixed: !isDeepStrictEqual(part, line.amount) };
  });
  const shipping = quote ? pour(quote.shippingMaximum) : zeroBag(amount);
  const refund: RefundWish = {
    returnId: null,
    lines: poured,
    shipping: isZero(shipping.shop) ? null : shipping,
    extra: isZero(open.shop) ? null : open,
    amount,
    reason: textOrNull(wish.reason),
  };
  return { refund };
}

/** The quote, if it still answers what is asked now; the order may have changed since. */
function quoteOf(pieces: RefundPieces, { priced, order }: Scene): Quote | null | Refused {
  const asked = askedOf(pieces);
  if (!asked) return null;
  if (priced && isDeepStrictEqual(priced.asked, asked)) return priced.quote;
  return refuse(
    "COMMAND_IN_FLIGHT",
    `what is left to refund of order ${order.id} changed at this moment; ask again`,
    null,
  );
}

function pricedLines(pieces: RefundPieces, quote: Quote | null): RefundLineWish[] | Refused {
  const prices = [...(quote?.lines ?? [])];
  const lines: RefundLineWish[] = [];
  for (const { amount, ...piece } of pieces.lines) {
    const price = amount ?? prices.shift()?.amount;
    if (!price)
      return refuse(
        "CHANNEL_UNAVAILABLE",
        `the shop did not say what ${piece.quantity} of line ${piece.lineId} come to; name their amount`,
        null,
      );
    lines.push({ ...piece, amount: price, fixed: amount !== null });
  }
  return lines;
}

function needsOf(refund: RefundWish, { notifyCustomer }: Base): ChannelOperation[] {
  const { lines, shipping, extra } = refund;
  const needs: ChannelOperation[] = [];
  if (lines.length > 0) needs.push("REFUND_LINES");
  if (shipping) needs.push("REFUND_SHIPPING");
  if (extra || lines.some((line) => line.fixed)) needs.push("REFUND_ARBITRARY_AMOUNT");
  if (lines.some((line) => line.restock)) needs.push("REFUND_RESTOCK");
  if (notifyCustomer) needs.push("NOTIFY_CUSTOMER");
  return needs;
}

function lesser(a: MoneyBag, b: MoneyBag): MoneyBag {
  return compareMoney(a.shop, b.shop) <= 0 ? a : b;
}
