import { sum, totalsOf } from "./items.js";
import type { Site } from "./site.js";
import type { Address, Order, Refund } from "./state.js";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export const noAddress: Address = {
  first_name: "",
  last_name: "",
  company: "",
  address_1: "",
  address_2: "",
  city: "",
  state: "",
  postcode: "",
  country: "",
  phone: "",
};

/** A new order without lines, not yet among the site's. */
export function newOrder(site: Site, given: Partial<Order> = {}): Order {
  const now = site.now();
  return {
    id: site.nextId("post"),
    // A sequential-number plugin: an order's number is not its id.
    number: String(site.nextId("number")),
    status: "pending",
    currency: "USD",
    pricesIncludeTax: false,
    createdAt: now,
    modifiedAt: now,
    paidAt: null,
    completedAt: null,
    customerId: 0,
    orderKey: `wc_order_${site.random.text(13, letters)}`,
    billing: { ...noAddress, email: "" },
    shipping: { ...noAddress },
    paymentMethod: "",
    paymentMethodTitle: "",
    transactionId: "",
    customerNote: "",
    createdVia: "rest-api",
    meta: [],
    lines: [],
    shippingLines: [],
    feeLines: [],
    couponLines: [],
    tax: null,
    ...given,
  };
}

/** Every save, of identical data too, moves date_modified and tells order.updated (measured). */
export function saveOrder(site: Site, order: Order): void {
  order.modifiedAt = site.now();
  site.emit("order.updated", order.id);
}

/** Sets or replaces the order's meta of this key; null removes it. */
export function setMeta(site: Site, order: Order, key: string, value: unknown): void {
  const found = order.meta.find((each) => each.key === key);
  if (value === null) order.meta = order.meta.filter((each) => each.key !== key);
  else if (found) found.value = value;
  else order.meta.push({ id: site.nextId("meta"), key, value });
}

/** What of an order's total has not been refunded, in cents. */
export function remainingRefund({ data }: Site, order: Order): number {
  const refunded = data.refunds.filter(({ orderId }) => orderId === order.id);
  return totalsOf(order).total - sum(refunded, ({ amount }) => amount);
}

/** How many units of a line have been refunded, whatever was ordered. */
export function refundedQuantity({ data }: Site, order: Order, lineId: number): number {
  const items = data.refunds
    .filter(({ orderId }) => orderId === order.id)
    .flatMap((refund) => refund.items);
  return sum(
    items.filter(({ refundedItemId }) => refundedItemId === lineId),
    ({ quantity }) => quantity,
  );
}

/** Writes a refund's row, without any of its effects. */
export function insertRefund(
  site: Site,
  order: Order,
  given: Pick<Refund, "amount" | "reason" | "paid" | "items">,
): Refund {
  const refund: Refund = {
    id: site.nextId("post"),
    orderId: order.id,
    createdAt: site.now(),
    metaId: site.nextId("meta"),
    full: remainingRefund(site, order) - given.amount <= 0,
    taxItemId: sum(given.items, ({ tax }) => tax) > 0 ? site.nextId("item") : 0,
    ...given,
  };
  site.data.refunds.push(refund);
  return refund;
}
