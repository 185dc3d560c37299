import Big from "big.js";
import type {
  Address,
  CustomerRef,
  OrderHead,
  OrderNote,
  ShippingLine,
} from "../../domain/order.js";
import type { Snapshot } from "../../domain/snapshot.js";
import type { Instant } from "../../domain/time.js";
import {
  type Amount,
  atLeastNothing,
  bagger,
  both,
  isNothing,
  less,
  NOTHING,
  stored,
} from "./amount.js";
import { fromUtc } from "./clock.js";
import { linesOf } from "./line.js";
import { withoutMarkers } from "./marker.js";
import type { AddressPayload, OrderPayload } from "./payload.js";
import type { Shop } from "./shop.js";
import { platformStatuses, statusClaims } from "./status.js";

/** The sections that one order body holds whole: head and lines. Shipments, credit memos and invoices are read apart. */
export function orderSnapshot(order: OrderPayload, shop: Shop): Snapshot {
  const asOf = fromUtc(order.updated_at);
  return {
    ref: { nativeId: order.entity_id, number: order.increment_id },
    head: { asOf, complete: true, value: headOf(order) },
    lines: { asOf, complete: true, value: linesOf(order, shop) },
  };
}

function headOf(order: OrderPayload): OrderHead {
  const words = platformStatuses(order.state, order.status);
  const paid = !isNothing(both(order, "total_paid"));
  const updatedAt = fromUtc(order.updated_at);
  const shippingAddress = assignmentOf(order)?.address;
  return {
    number: order.increment_id,
    // "Main Website\nMain Store\nGerman": the store view it was placed in.
    source: order.store_name?.split("\n").at(-1)?.trim() || null,
    isTest: false,
    placedAt: fromUtc(order.created_at),
    platformUpdatedAt: updatedAt,
    // Magento keeps no time of cancellation; its last change is the nearest it says.
    canceledAt: order.state === "canceled" ? updatedAt : null,
    cancelReason: null,
    completedAt: null,
    archivedAt: null,
    // Net amounts and tax stand apart in every order, whatever the shop shows its customers.
    taxesIncluded: false,
    totals: totalsOf(order),
    shippingLines: shippingLinesOf(order),
    taxLines: (order.extension_attributes?.applied_taxes ?? []).map((tax) => ({
      title: tax.title ?? tax.code ?? "",
      rate: tax.percent == null ? null : Big(stored(tax.percent)).times("0.01").toFixed(),
      amount: bagger(order)({ base: tax.base_amount, order: tax.amount }),
    })),
    discounts: discountsOf(order),
    paymentMethods: [paymentTitle(order)].filter((title) => title !== null),
    customer: customerOf(order),
    email: order.customer_email,
    phone: order.billing_address?.telephone ?? null,
    shippingAddress: shippingAddress ? addressOf(shippingAddress) : null,
    billingAddress: order.billing_address ? addressOf(order.billing_address) : null,
    notes: notesOf(order),
    tags: [],
    attributes: order.ext_order_id ? [{ key: "ext_order_id", value: order.ext_order_id }] : [],
    platformStatuses: words,
    claims: statusClaims(words, paid),
    // The admin's path is each shop's secret.
    adminUrl: null,
  };
}

/** Magento keeps the total as placed; refunds and cancellations stand beside it. */
function totalsOf(order: OrderPayload): OrderHead["totals"] {
  const bag = bagger(order);
  const total = both(order, "grand_total");
  const tax = both(order, "tax_amount");
  const shipping = netShippingOf(order);
  const paid = both(order, "total_paid");
  return {
    original: bag(total),
    subtotal: bag(netSubtotalOf(order)),
    shipping: bag(shipping),
    discounts: bag(discountTotalOf(order)),
    tax: bag(tax),
    duties: null,
    total: bag(total),
    authorized: order.payment ? bag(stillAuthorized(order, paid)) : null,
    captured: bag(paid),
    refunded: bag(both(order, "total_refunded")),
  };
}

/** What was authorized stays in the books after it was captured. */
function stillAuthorized({ payment, state }: OrderPayload, paid: Amount): Amount {
  if (!payment || state === "canceled" || state === "closed") return NOTHING;
  return atLeastNothing(less(both(payment, "amount_authorized"), paid));
}

function shippingCompensation(order: OrderPayload): Amount {
  return {
    base: order.base_shipping_discount_tax_compensation_amnt,
    order: order.shipping_discount_tax_compensation_amount,
  };
}

function shippingDiscountOf(order: OrderPayload): Amount {
  return less(both(order, "shipping_discount_amount"), shippingCompensation(order));
}

/** Goods after their discounts, of which those of shipping are taken out again. */
function netSubtotalOf(order: OrderPayload): Amount {
  const discounts = less(discountTotalOf(order), shippingDiscountOf(order));
  return less(both(order, "subtotal"), discounts);
}

function netShippingOf(order: OrderPayload): Amount {
  return less(both(order, "shipping_amount"), shippingDiscountOf(order));
}

/** A discount is a negative amount here, holds that of shipping too, and still has the tax in it that it saves. */
function discountTotalOf(order: OrderPayload): Amount {
  const gross = less(NOTHING, both(order, "discount_amount"));
  const compensation = both(order, "discount_tax_compensation_amount");
  return less(gross, compensation, shippingCompensation(order));
}

function discountsOf(order: OrderPayload): OrderHead["discounts"] {
  const amount = discountTotalOf(order);
  if (isNothing(amount) && order.coupon_code === null) return [];
  return [
    { code: order.coupon_code, title: order.discount_description, amount: bagger(order)(amount) },
  ];
}

function assignmentOf(order: OrderPayload) {
  return order.extension_attributes?.shipping_assignments
    .map(({ shipping }) => shipping)
    .find((shipping) => shipping != null);
}

function shippingLinesOf(order: OrderPayload): ShippingLine[] {
  const code = assignmentOf(order)?.method ?? null;
  if (code === null && order.shipping_description === null) return [];
  const bag = bagger(order);
  return [
    {
      id: code ?? "shipping",
      title: order.shipping_description ?? code ?? "",
      code,
      // "flatrate_flatrate": the carrier's code, then that of its method.
      carrier: code?.split("_")[0] ?? null,
      price: bag(both(order, "shipping_amount")),
      discounts: bag(shippingDiscountOf(order)),
      tax: bag(both(order, "shipping_tax_amount")),
    },
  ];
}

function paymentTitle(order: OrderPayload): string | null {
  const told = order.extension_attributes?.payment_additional_info ?? [];
  return told.find(({ key }) => key === "method_title")?.value ?? order.payment?.method ?? null;
}

function customerOf(order: OrderPayload): CustomerRef | null {
  const displayName =
    [order.customer_firstname, order.customer_middlename, order.customer_lastname]
      .filter(Boolean)
      .join(" ") || (order.billing_address ? fullName(order.billing_address) : null);
  const nativeId = order.customer_id ?? null;
  if (!nativeId && !displayName && !order.customer_email) return null;
  const phone = order.billing_address?.telephone ?? null;
  return { nativeId, displayName, email: order.customer_email, phone };
}

/** Null where nothing but an empty form is there. */
function addressOf(from: AddressPayload): Address | null {
  const [line1, ...more] = from.street.map((line) => line.trim()).filter(Boolean);
  const address: Address = {
    name: fullName(from),
    company: from.company,
    line1: line1 ?? null,
    line2: more.join(", ") || null,
    city: from.city,
    region: from.region,
    regionCode: from.region_code,
    postalCode: from.postcode,
    country: from.country_id,
    phone: from.telephone,
  };
  return Object.values(address).some((value) => value !== null) ? address : null;
}

function fullName({ firstname, middlename, lastname }: AddressPayload): string | null {
  return [firstname, middlename, lastname].filter(Boolean).join(" ") || null;
}

/** What the customer wrote, then the comments of the order, oldest first; Magento lists the newest first. */
function notesOf(order: OrderPayload): OrderNote[] {
  const placedAt = fromUtc(order.created_at);
  const note = (text: string, at: Instant, customerVisible: boolean): OrderNote => ({
    text,
    author: null,
    at,
    customerVisible,
  });
  const own = order.customer_note ? [note(order.customer_note, placedAt, true)] : [];
  const comments = withoutMarkers(order.status_histories).map((it) =>
    note(
      it.comment ?? "",
      it.created_at ? fromUtc(it.created_at) : placedAt,
      it.is_visible_on_front,
    ),
  );
  return [...own, ...comments.reverse()];
}
