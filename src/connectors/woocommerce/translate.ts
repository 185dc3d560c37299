import type { Address, CustomerRef, OrderHead } from "../../domain/order.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { type Instant, instant } from "../../domain/time.js";
import { sum } from "../amount.js";
import { type Amounts, absolute, amountsOf, fraction } from "./amount.js";
import { fromGmt } from "./clock.js";
import { linesOf, visibleMeta } from "./line.js";
import { type AddressPayload, isSet, metaText, type OrderPayload } from "./payload.js";
import type { Shop } from "./shop.js";
import { platformStatuses, statusClaims, TRASH } from "./status.js";
import { shipmentsOfTrackings, trackingsOf } from "./tracking.js";

/** Where a step leaves its token in the meta of an order or a fulfillment; a refund has it in its reason. */
export const MARKER_KEY = "_tributary_marker";
/** Where a cancellation leaves its reason and its time, since WooCommerce keeps neither. */
export const CANCEL_REASON_KEY = "_tributary_cancel_reason";
export const CANCELED_AT_KEY = "_tributary_canceled_at";

/**
 * The sections that one order body holds whole: head and lines, and the trackings that extensions keep in its meta
 * where the shop has no fulfillments of its own. Refunds and fulfillments must be read apart. An order in the bin
 * counts as deleted.
 */
export function orderSnapshot(order: OrderPayload, shop: Shop): Snapshot {
  const asOf = versionOf(order);
  const section = <T>(value: T) => ({ asOf, complete: true, value });
  return {
    ref: { nativeId: order.id, number: order.number },
    ...(order.status === TRASH ? { deletedAt: asOf } : {}),
    head: section(headOf(order, shop)),
    lines: section(linesOf(order, shop)),
    ...(shop.coreFulfillments === false
      ? { fulfillments: section(shipmentsOfTrackings(order, shop)) }
      : {}),
  };
}

/** Whether the body hints at refunds or fulfillments that it does not show. */
export function hidesSections(order: OrderPayload, shop: Shop): boolean {
  if (order.refunds.length > 0) return true;
  if (shop.coreFulfillments === false) return false;
  return fulfillmentStatusOf(order) !== null || trackingsOf(order).length > 0;
}

/** What core fulfillments noted on the order, or null where it never had any. */
export function fulfillmentStatusOf(order: OrderPayload): string | null {
  return metaText(order.meta_data, "_fulfillment_status");
}

/** When the platform last changed the order; seconds are as fine as it gets. */
function versionOf(order: OrderPayload): Instant {
  return (fromGmt(order.date_modified_gmt) ?? fromGmt(order.date_created_gmt)) as Instant;
}

function headOf(order: OrderPayload, shop: Shop): OrderHead {
  const amounts = amountsOf(order);
  const words = platformStatuses(order.status, fulfillmentStatusOf(order), shop.statusLabels);
  const placedAt = fromGmt(order.date_created_gmt) as Instant;
  const canceledAt = canceledAtOf(order);
  const paid = fromGmt(order.date_paid_gmt) !== null;
  return {
    number: order.number,
    source: order.created_via,
    isTest: false,
    placedAt,
    platformUpdatedAt: fromGmt(order.date_modified_gmt),
    canceledAt,
    cancelReason: metaText(order.meta_data, CANCEL_REASON_KEY),
    completedAt: fromGmt(order.date_completed_gmt),
    archivedAt: null,
    taxesIncluded: order.prices_include_tax,
    totals: totalsOf(order, amounts),
    shippingLines: order.shipping_lines.map((line) => ({
      id: line.id,
      title: line.method_title ?? line.method_id ?? "",
      code: line.method_id,
      carrier: null,
      price: amounts.shown(line.total, line.total_tax),
      discounts: amounts.bag("0"),
      tax: amounts.bag(line.total_tax),
    })),
    taxLines: order.tax_lines.map((line) => ({
      title: line.label ?? line.rate_code ?? "",
      rate: line.rate_percent == null ? null : fraction(line.rate_percent),
      amount: amounts.bag(sum([line.tax_total, line.shipping_tax_total])),
    })),
    discounts: order.coupon_lines.map((line) => ({
      code: line.code,
      title: null,
      amount: amounts.shown(line.discount, line.discount_tax),
    })),
    paymentMethods: [order.payment_method_title ?? order.payment_method].filter(
      (it) => it !== null,
    ),
    paymentGateway: order.payment_method,
    customer: customerOf(order),
    email: order.billing.email ?? null,
    phone: order.billing.phone ?? null,
    shippingAddress: addressOf(order.shipping),
    billingAddress: addressOf(order.billing),
    notes: order.customer_note
      ? [{ text: order.customer_note, author: null, at: placedAt, customerVisible: true }]
      : [],
    tags: [],
    attributes: visibleMeta(order.meta_data),
    platformStatuses: words,
    claims: statusClaims(words, { paid, canceled: canceledAt !== null }),
    adminUrl: shop.adminUrl(order.id),
  };
}

/**
 * WooCommerce keeps no time of cancellation; ours is in the meta, else the last change is the nearest it says. A canceled
 * order that is refunded in full turns to `refunded`: then our note of it counts, unless the order went on since.
 */
function canceledAtOf(order: OrderPayload): Instant | null {
  const noted = metaText(order.meta_data, CANCELED_AT_KEY);
  const ours = noted && !Number.isNaN(Date.parse(noted)) ? instant(noted) : null;
  if (order.status === "cancelled") return ours ?? versionOf(order);
  if (order.status !== "refunded" || !ours) return null;
  const since = [order.date_paid_gmt, order.date_completed_gmt].map((at) => fromGmt(at) ?? "");
  return since.every((at) => at < ours) ? ours : null;
}

/**
 * WooCommerce keeps no first total and logs no payments: `original` is the total as it stands, and an order with a
 * payment date counts as paid in full.
 */
function totalsOf(order: OrderPayload, { bag, shown }: Amounts): OrderHead["totals"] {
  const items = [...order.line_items, ...order.fee_lines];
  return {
    original: bag(order.total),
    subtotal: shown(sum(items.map((it) => it.total)), sum(items.map((it) => it.total_tax))),
    shipping: shown(order.shipping_total, order.shipping_tax),
    discounts: shown(order.discount_total, order.discount_tax),
    tax: bag(order.total_tax),
    duties: null,
    total: bag(order.total),
    authorized: null,
    captured: fromGmt(order.date_paid_gmt) ? bag(order.total) : null,
    refunded: bag(sum(order.refunds.map((refund) => absolute(refund.total)))),
  };
}

function customerOf(order: OrderPayload): CustomerRef | null {
  const { billing } = order;
  const displayName = fullName(billing);
  const nativeId = isSet(order.customer_id) ? order.customer_id : null;
  if (!nativeId && !displayName && !billing.email) return null;
  return { nativeId, displayName, email: billing.email ?? null, phone: billing.phone ?? null };
}

/** Null where nothing but an empty form is there. */
function addressOf(from: AddressPayload): Address | null {
  const address: Address = {
    name: fullName(from),
    company: from.company ?? null,
    line1: from.address_1 ?? null,
    line2: from.address_2 ?? null,
    city: from.city ?? null,
    region: from.state ?? null,
    // A code where WooCommerce knows the country's states, free text elsewhere.
    regionCode: from.state && /^[A-Z0-9-]{1,6}$/.test(from.state) ? from.state : null,
    postalCode: from.postcode ?? null,
    country: from.country && /^[A-Z]{2}$/.test(from.country) ? from.country : null,
    phone: from.phone ?? null,
  };
  return Object.values(address).some((value) => value !== null) ? address : null;
}

function fullName(from: AddressPayload): string | null {
  return [from.first_name, from.last_name].filter(Boolean).join(" ") || null;
}
