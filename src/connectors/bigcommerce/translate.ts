import type { CustomerRef, DiscountLine, KeyValue, OrderHead } from "../../domain/order.js";
import type { Section, Snapshot } from "../../domain/snapshot.js";
import { type Instant, instant } from "../../domain/time.js";
import { sum } from "../amount.js";
import { withoutMarkers } from "../marker.js";
import { type Amounts, amountsOf } from "./amount.js";
import { momentOf } from "./clock.js";
import { addressOf, fullName, shippingLinesOf, workOf } from "./consignment.js";
import { translateShipment } from "./fulfillment.js";
import { linesOf } from "./line.js";
import { type OrderPayload, productsOf } from "./payload.js";
import { type OrderRecords, shippedOf } from "./record.js";
import { translateRefund } from "./refund.js";
import type { Shop } from "./shop.js";
import { isClosed, platformStatuses, statusClaims } from "./status.js";
import { totalsOf } from "./total.js";
import { translateTransactions } from "./transaction.js";

/** The snapshot of an order's records, every section complete. Throws on what cannot be read. */
export function snapshotOf(records: OrderRecords, shop: Shop): Snapshot {
  const { order, shipments, refunds, transactions } = records;
  const version = versionOf(order);
  const readAt = instant(records.readAt);
  const amounts = amountsOf(order);
  const section = <T>(asOf: Instant, value: T): Section<T> => ({ asOf, complete: true, value });
  return {
    ref: { nativeId: order.id, number: order.id },
    ...(order.is_deleted ? { deletedAt: version } : {}),
    head: section(version, headOf(records, amounts, shop)),
    lines: section(version, linesOf(records, amounts, shop)),
    fulfillments: section(readAt, shipments.map(translateShipment)),
    fulfillmentOrders: section(
      readAt,
      workOf(order, (product) => shippedOf(product, shipments)),
    ),
    refunds: section(
      readAt,
      refunds.map((refund) => translateRefund(refund, order, amounts)),
    ),
    ...(transactions
      ? { transactions: section(readAt, translateTransactions(transactions, amounts)) }
      : {}),
  };
}

/** When the store last changed the order; seconds are as fine as it gets. */
function versionOf(order: OrderPayload): Instant {
  return (momentOf(order.date_modified) ?? momentOf(order.date_created)) as Instant;
}

function headOf(records: OrderRecords, amounts: Amounts, shop: Shop): OrderHead {
  const { order } = records;
  const words = platformStatuses(order, shop.statusLabels);
  const placedAt = momentOf(order.date_created) as Instant;
  const billing = order.billing_address;
  const note = (text: string | null, customerVisible: boolean) =>
    text === null ? [] : [{ text, author: null, at: placedAt, customerVisible }];
  return {
    number: order.id,
    source: order.order_source,
    isTest: records.transactions?.some((it) => it.test === true) ?? false,
    placedAt,
    platformUpdatedAt: momentOf(order.date_modified),
    // There is no time of cancellation; the order's last change is the nearest the store says.
    canceledAt: isClosed(order.status_id) ? versionOf(order) : null,
    cancelReason: null,
    completedAt: momentOf(order.date_shipped),
    archivedAt: order.is_deleted ? versionOf(order) : null,
    taxesIncluded: order.is_tax_inclusive_pricing,
    totals: totalsOf(records, amounts),
    shippingLines: shippingLinesOf(order, amounts),
    taxLines: [],
    discounts: discountsOf(order, amounts),
    paymentMethods: order.payment_method ? [order.payment_method] : [],
    customer: customerOf(order),
    email: billing?.email ?? null,
    phone: billing?.phone ?? null,
    shippingAddress: addressOf(order.consignments.shipping[0]),
    billingAddress: addressOf(billing),
    notes: [
      ...note(order.customer_message, true),
      ...note(withoutMarkers(order.staff_notes), false),
    ],
    tags: [],
    attributes: attributesOf(order),
    platformStatuses: words,
    claims: statusClaims(order, words),
    adminUrl: shop.adminUrl(order.id),
  };
}

/** Discounts by what gave them, summed over the lines among which BigCommerce shares each. */
function discountsOf(order: OrderPayload, amounts: Amounts): DiscountLine[] {
  const byKind = new Map<string, { code: string | null; title: string | null; shares: string[] }>();
  for (const discount of productsOf(order).flatMap((it) => it.applied_discounts)) {
    const key = JSON.stringify([discount.id, discount.code, discount.name]);
    const known = byKind.get(key);
    if (known) known.shares.push(discount.amount);
    else byKind.set(key, { code: discount.code, title: discount.name, shares: [discount.amount] });
  }
  return Array.from(byKind.values(), ({ code, title, shares }) => ({
    code,
    title,
    amount: amounts.bag(sum(shares)),
  }));
}

function customerOf(order: OrderPayload): CustomerRef | null {
  const billing = order.billing_address ?? {};
  const displayName = fullName(billing);
  const { customer_id: nativeId } = order;
  if (!nativeId && !displayName && !billing.email) return null;
  return {
    nativeId,
    displayName,
    email: billing.email ?? null,
    phone: billing.phone ?? null,
  };
}

/** What people and other systems noted on the order. */
function attributesOf(order: OrderPayload): KeyValue[] {
  const pairs: [string, string | null][] = [
    ["channel_id", order.channel_id],
    ["external_source", order.external_source],
    ["external_id", order.external_id],
    ["external_order_id", order.external_order_id],
    ...(order.billing_address?.form_fields ?? []).map((field): [string, string | null] => [
      field.name,
      field.value,
    ]),
  ];
  return pairs.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
}
