import { lineOf } from "../webhooks/payload-parts.js";
import { deliverableNews, processNews } from "../webhooks/return-news.js";
import { type Exchanging, exchange, unsent } from "./exchanging.js";
import { newsOf, type Paying, recordRefund } from "./refunding.js";
import { say } from "./returning.js";
import type { Shop } from "./shop.js";
import type {
  Bag,
  Disposition,
  Order,
  Return,
  ReturnLine,
  ReverseDelivery,
  ReverseLine,
  TrackingInfo,
} from "./state.js";

/** What becomes of some pieces that came back. */
export interface Disposing {
  line: ReverseLine;
  type: Disposition["type"];
  quantity: number;
  locationId: string | null;
}

export interface Processing {
  lines: { line: ReturnLine; quantity: number }[];
  dispositions: Disposing[];
  /** What goes to the customer instead. */
  exchanges: Exchanging[];
  /** Absent: no money moves. */
  money?: { over: Paying[]; credit: Bag | null; shipping: Bag };
  note: string | null;
}

/**
 * Confirms pieces of a return, says what becomes of them, sends others instead, and pays for them where it is asked to. Was
 * checked before.
 */
export function processReturn(shop: Shop, order: Order, row: Return, wish: Processing): void {
  for (const { line, quantity } of wish.lines) line.processed += quantity;
  dispose(shop, order, row, wish.dispositions);
  const news = [processNews(), ...exchange(shop, order, row, wish.exchanges)];
  if (wish.money) {
    const { over, credit, shipping } = wish.money;
    const paid = row.lines.filter(({ processed, refunded }) => processed > refunded);
    const refund = recordRefund(shop, order, {
      lines: paid.map(({ lineId, processed, refunded }) => ({
        line: lineOf(order, lineId),
        quantity: processed - refunded,
        // The stock was set by the dispositions.
        restock: "NO_RESTOCK",
        locationId: null,
      })),
      shipping,
      money: over,
      ...(credit && { credit }),
      note: wish.note,
      returnId: row.id,
    });
    for (const line of paid) line.refunded = line.processed;
    news.push(...newsOf(shop, order, refund));
  }
  say(shop, order, ...news);
}

/** Writes down what becomes of pieces, and puts into stock what is to be sold again. */
export function dispose(shop: Shop, order: Order, row: Return, given: Disposing[]): void {
  for (const { line, type, quantity, locationId } of given) {
    line.dispositions.push({
      id: shop.mint("ReverseFulfillmentOrderDisposition", order),
      type,
      quantity,
      locationId,
      createdAt: shop.now(),
    });
    const lineId = row.lines.find(({ id }) => id === line.returnLineId)?.lineId ?? "";
    const variant = shop.variant(lineOf(order, lineId).variantId);
    if (variant && type === "RESTOCKED") variant.available += quantity;
  }
}

/** A parcel on its way back. */
export function addDelivery(
  shop: Shop,
  order: Order,
  row: Return,
  given: Pick<ReverseDelivery, "tracking" | "label"> & {
    lines: { line: ReverseLine; quantity: number }[];
  },
): ReverseDelivery {
  const delivery: ReverseDelivery = {
    id: shop.mint("ReverseDelivery", order),
    lines: given.lines.map(({ line, quantity }) => ({
      id: shop.mint("ReverseDeliveryLineItem", order),
      reverseLineId: line.id,
      quantity,
    })),
    tracking: given.tracking,
    label: given.label,
  };
  row.reverse?.deliveries.push(delivery);
  say(shop, order, deliverableNews(row, delivery));
  return delivery;
}

export function updateDelivery(
  shop: Shop,
  order: Order,
  row: Return,
  delivery: ReverseDelivery,
  changes: { tracking?: TrackingInfo; label?: NonNullable<ReverseDelivery["label"]> },
): void {
  Object.assign(delivery, changes);
  say(shop, order, deliverableNews(row, delivery));
}

/** How many pieces of a reverse line nobody has said anything of. */
export const undisposed = ({ total, dispositions }: ReverseLine): number =>
  total - dispositions.reduce((units, { quantity }) => units + quantity, 0);

/** All that has not come back yet, put into stock where it is kept; what is sent instead goes with it. */
export function takeAllIn(shop: Shop, order: Order, row: Return): Processing {
  const dispositions = (row.reverse?.lines ?? []).flatMap((line): Disposing[] => {
    const quantity = undisposed(line);
    const own = row.lines.find(({ id }) => id === line.returnLineId);
    const variant = own && shop.variant(lineOf(order, own.lineId).variantId);
    return quantity > 0 && variant
      ? [{ line, type: "RESTOCKED", quantity, locationId: variant.locationId }]
      : [];
  });
  return {
    lines: row.lines.map((line) => ({ line, quantity: line.quantity - line.processed })),
    dispositions,
    exchanges: unsent(row),
    note: null,
  };
}

/** What the pieces that were confirmed and not paid back come to. */
export const unpaid = (row: Return): { lineId: string; quantity: number }[] =>
  row.lines.map(({ lineId, processed, refunded }) => ({ lineId, quantity: processed - refunded }));
