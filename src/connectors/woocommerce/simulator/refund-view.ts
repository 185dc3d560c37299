import { gmtTime, siteTime } from "./clock.js";
import { money, sum } from "./items.js";
import {
  taxesOf,
  unitPrice,
  viewFee,
  viewItemMeta,
  viewLine,
  viewShipping,
  viewTaxLine,
} from "./order-view.js";
import type { Site } from "./site.js";
import type { Order, Refund, RefundItem } from "./state.js";

/** A refund as GET /wc/v3/orders/<id>/refunds shows it: quantities and totals negative. */
export function viewRefund(site: Site, order: Order, refund: Refund): Record<string, unknown> {
  const parent = `${site.url}/wp-json/wc/v3/orders/${order.id}`;
  const kind = (wanted: RefundItem["kind"]) =>
    refund.items.filter(
      (item) => item.kind === wanted && itemsOf(order, wanted).includes(item.refundedItemId),
    );
  const shippingTax = sum(kind("shipping"), ({ tax }) => tax);
  const cartTax = sum(refund.items, ({ tax }) => tax) - shippingTax;
  return {
    id: refund.id,
    date_created: siteTime(refund.createdAt),
    date_created_gmt: gmtTime(refund.createdAt),
    amount: money(refund.amount),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: refund.paid,
    meta_data: [...typeOf(site, refund), ...(refund.meta ?? [])],
    line_items: kind("line").map((item) => viewRefundLine(site, order, item)),
    shipping_lines: kind("shipping").map((item) => ({
      ...viewShipping(site, order, refundedItem(order.shippingLines, item), money),
      ...negated(order, item),
    })),
    tax_lines:
      cartTax + shippingTax > 0
        ? [viewTaxLine(order, refund.taxItemId, money(-cartTax), money(-shippingTax))]
        : [],
    fee_lines: kind("fee").map((item) => ({
      ...viewFee(site, order, refundedItem(order.feeLines, item), money),
      ...negated(order, item),
    })),
    _links: {
      self: [{ href: `${parent}/refunds/${refund.id}`, targetHints: { allow: ["GET", "DELETE"] } }],
      collection: [{ href: `${parent}/refunds` }],
      up: [{ href: parent }],
    },
  };
}

function viewRefundLine(site: Site, order: Order, item: RefundItem): Record<string, unknown> {
  const { total_tax, total, taxes, ...rest } = negated(order, item);
  return {
    ...viewLine(site, order, refundedItem(order.lines, item), money),
    ...rest,
    quantity: -item.quantity,
    subtotal: total,
    subtotal_tax: total_tax,
    total,
    total_tax,
    taxes: taxes.map((tax) => ({ ...tax, subtotal: tax.total })),
    price: unitPrice({ total: item.total, quantity: item.quantity }),
  };
}

/** 9.9.5 keeps no meta of its own with a refund (recorded). */
function typeOf({ version }: Site, { metaId, full }: Refund) {
  if (version === "9.9.5") return [];
  return [{ id: metaId, key: "_refund_type", value: full ? "full" : "partial" }];
}

/** Ids of the order's own items; a refunded item that was removed since is no longer shown. */
function itemsOf(order: Order, kind: RefundItem["kind"]): number[] {
  const lists = { line: order.lines, shipping: order.shippingLines, fee: order.feeLines };
  return lists[kind].map(({ id }) => id);
}

function negated(order: Order, { id, metaId, refundedItemId, total, tax }: RefundItem) {
  const [negative, negativeTax] = [money(-total), money(-tax)];
  return {
    id,
    total: negative,
    total_tax: negativeTax,
    taxes: tax === 0 ? [] : taxesOf(order, negativeTax, ""),
    meta_data: [
      viewItemMeta({ id: metaId, key: "_refunded_item_id", value: String(refundedItemId) }),
    ],
  };
}

/** The order's item that a refund item names. */
function refundedItem<T extends { id: number }>(
  items: readonly T[],
  { refundedItemId }: RefundItem,
): T {
  const item = items.find(({ id }) => id === refundedItemId);
  if (item) return item;
  throw new Error(`order item ${refundedItemId} is gone, so its refund cannot be shown`);
}
