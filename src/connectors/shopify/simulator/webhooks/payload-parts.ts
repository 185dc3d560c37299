import { gid, type Shop } from "../shop/shop.js";
import type { Fulfillment, Line, Order, ParcelEvent, Refund, Transaction } from "../shop/state.js";
import { latestFirst } from "../shop/status.js";
import { nothing, plain } from "../shop/totals.js";
import { lineWire } from "./payload-line.js";
import { address, localTime, moneySet, numeral, numeralOrNull, type Wire } from "./wire.js";

/** The body of fulfillments/*. */
export function fulfillmentWire(shop: Shop, order: Order, fulfillment: Fulfillment): Wire {
  const [first] = fulfillment.tracking;
  const numbers = fulfillment.tracking.flatMap(({ number }) => number ?? []);
  const urls = fulfillment.tracking.flatMap(({ url }) => url ?? []);
  return {
    id: numeral(fulfillment.id),
    order_id: numeral(order.id),
    status: fulfillment.status.toLowerCase(),
    created_at: localTime(fulfillment.createdAt),
    service: "manual",
    updated_at: localTime(fulfillment.updatedAt),
    tracking_company: first?.company ?? null,
    shipment_status: latestFirst(fulfillment)[0]?.status.toLowerCase() ?? null,
    location_id: numeral(fulfillment.locationId),
    origin_address: null,
    email: order.email,
    destination: address(order.shippingAddress),
    line_items: fulfillment.lines.map(({ lineId, quantity }) => ({
      ...lineWire(shop, order, lineOf(order, lineId)),
      quantity,
    })),
    tracking_number: numbers[0] ?? null,
    tracking_numbers: numbers,
    tracking_url: urls[0] ?? null,
    tracking_urls: urls,
    receipt: {},
    name: `${order.name}.${fulfillment.ordinal}`,
    admin_graphql_api_id: gid("Fulfillment", fulfillment.id),
  };
}

/** The body of fulfillment_events/create. */
export function eventWire(order: Order, fulfillment: Fulfillment, event: ParcelEvent): Wire {
  return {
    id: numeral(event.id),
    fulfillment_id: numeral(fulfillment.id),
    status: event.status.toLowerCase(),
    message: event.message,
    happened_at: localTime(event.happenedAt),
    city: event.city,
    province: event.province,
    country: event.country,
    zip: event.zip,
    address1: event.address1,
    latitude: event.latitude,
    longitude: event.longitude,
    shop_id: shopId,
    created_at: localTime(event.createdAt),
    updated_at: localTime(event.createdAt),
    estimated_delivery_at: localTime(event.estimatedDeliveryAt),
    order_id: numeral(order.id),
    admin_graphql_api_id: gid("FulfillmentEvent", event.id),
  };
}

/** The body of refunds/create. Its line sums are JSON numbers, unlike every other amount. */
export function refundWire(shop: Shop, order: Order, refund: Refund): Wire {
  return {
    id: numeral(refund.id),
    order_id: numeral(order.id),
    created_at: localTime(refund.createdAt),
    note: refund.note,
    user_id: null,
    processed_at: localTime(refund.processedAt),
    duties: [],
    total_duties_set: moneySet(order, nothing),
    return: refund.returnId
      ? { id: numeral(refund.returnId), admin_graphql_api_id: gid("Return", refund.returnId) }
      : null,
    refund_shipping_lines: refund.shipping.map(({ id, shippingLineId, amount, tax }) => ({
      id: numeral(id),
      shipping_line: { id: numeral(shippingLineId) },
      subtotal_amount_set: moneySet(order, amount),
      tax_amount_set: moneySet(order, tax),
    })),
    restock: refund.lines.some(({ restock }) => restock !== "NO_RESTOCK"),
    admin_graphql_api_id: gid("Refund", refund.id),
    order_adjustments: refund.adjustments.map(({ id, amount }) => ({
      id: numeral(id),
      order_id: numeral(order.id),
      refund_id: numeral(refund.id),
      amount: plain(amount.presentment, order.currency),
      tax_amount: plain(0, order.currency),
      kind: "refund_discrepancy",
      reason: "Refund discrepancy",
      amount_set: moneySet(order, amount),
      tax_amount_set: moneySet(order, nothing),
    })),
    refund_line_items: refund.lines.map((each) => ({
      id: numeral(each.id),
      quantity: each.quantity,
      line_item_id: numeral(each.lineId),
      location_id: numeralOrNull(each.locationId),
      restock_type: each.restock.toLowerCase(),
      subtotal: Number(plain(each.subtotal.presentment, order.currency)),
      total_tax: Number(plain(each.tax.presentment, order.currency)),
      subtotal_set: moneySet(order, each.subtotal),
      total_tax_set: moneySet(order, each.tax),
      line_item: lineWire(shop, order, lineOf(order, each.lineId)),
    })),
    transactions: order.transactions
      .filter(({ id }) => refund.transactionIds.includes(id))
      .map((each) => transactionWire(order, each)),
  };
}

/** The body of order_transactions/create. Its amount is in the customer's currency. */
export function transactionWire(order: Order, transaction: Transaction): Wire {
  const unsettled = { amount: "0.0", currency: "XXX" };
  return {
    id: numeral(transaction.id),
    order_id: numeral(order.id),
    kind: transaction.kind.toLowerCase(),
    gateway: transaction.gateway,
    status: transaction.status.toLowerCase(),
    message: null,
    created_at: localTime(transaction.createdAt),
    test: order.test,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: numeralOrNull(transaction.parentId),
    processed_at: localTime(transaction.createdAt),
    device_id: null,
    error_code: transaction.errorCode?.toLowerCase() ?? null,
    source_name: "web",
    receipt: {},
    amount: plain(transaction.amount.presentment, order.currency),
    currency: order.currency,
    payment_id: transaction.paymentId,
    total_unsettled_set: { presentment_money: unsettled, shop_money: unsettled },
    manual_payment_gateway: isManual(transaction),
    amount_rounding: null,
    admin_graphql_api_id: gid("OrderTransaction", transaction.id),
  };
}

/** The line of an order that has this id; there always is one. */
export function lineOf(order: Order, lineId: string): Line {
  const line = order.lines.find(({ id }) => id === lineId);
  if (!line) throw new Error(`order ${order.name} has no line ${lineId}`);
  return line;
}

/** Whether the shop only writes down what somebody does with this payment by hand. */
export const isManual = ({ gateway }: Transaction): boolean =>
  gateway === "Bank Deposit" || gateway === "manual";

/** The shop's own number. */
export const shopId = 63_412_208_845;
