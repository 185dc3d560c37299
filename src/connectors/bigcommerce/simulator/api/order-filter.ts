import { toMinor } from "../../../simulator/money.js";
import { gatewayOf } from "../store/gateways.js";
import type { Order } from "../store/state.js";
import { totalsOf } from "../store/totals.js";
import { invalidField } from "./errors.js";
import { secondsOf } from "./time.js";

type Test = (order: Order) => boolean;

/** A filter: what it makes of its text, or undefined where it cannot read it. */
type Filter = (text: string) => Test | undefined;

const numbered =
  (test: (order: Order, value: number) => boolean, parse = whole): Filter =>
  (text) => {
    const value = parse(text);
    return value === undefined ? undefined : (order) => test(order, value);
  };
const worded =
  (read: (order: Order) => string): Filter =>
  (text) =>
  (order) =>
    read(order).toLowerCase() === text.toLowerCase();

const total = (order: Order): number => totalsOf(order).total.inc;

/** Every filter of GET /v2/orders; bounds are inclusive. */
const filters: Readonly<Record<string, Filter>> = {
  min_id: numbered(({ id }, least) => id >= least),
  max_id: numbered(({ id }, most) => id <= most),
  min_total: numbered((order, least) => total(order) >= least, amount),
  max_total: numbered((order, most) => total(order) <= most, amount),
  customer_id: numbered(({ customerId }, id) => customerId === id),
  status_id: numbered(({ statusId }, id) => statusId === id),
  channel_id: numbered((_order, id) => id === 1),
  email: worded(({ billing }) => billing.email),
  cart_id: worded(({ cartId }) => cartId),
  payment_method: worded(({ gateway }) => gatewayOf(gateway).label),
  external_order_id: worded(({ externalOrderId }) => externalOrderId ?? ""),
  min_date_created: numbered(({ createdAt }, from) => createdAt >= from, secondsOf),
  max_date_created: numbered(({ createdAt }, until) => createdAt <= until, secondsOf),
  min_date_modified: numbered(({ modifiedAt }, from) => modifiedAt >= from, secondsOf),
  max_date_modified: numbered(({ modifiedAt }, until) => modifiedAt <= until, secondsOf),
};

const sorts: Readonly<Record<string, (order: Order) => number>> = {
  id: ({ id }) => id,
  customer_id: ({ customerId }) => customerId,
  date_created: ({ createdAt }) => createdAt,
  date_modified: ({ modifiedAt }) => modifiedAt,
  status_id: ({ statusId }) => statusId,
  channel_id: () => 1,
  external_id: () => 0,
};

/**
 * The orders that a query asks for, in its order; archived ones only where `is_deleted` asks for them. Throws
 * the 400 that names the filter it cannot read. Parameters it does not know change nothing.
 */
export function filtered(orders: readonly Order[], query: URLSearchParams): Order[] {
  const tests: Test[] = [];
  for (const [name, text] of query) {
    const filter = filters[name];
    if (!filter) continue;
    const test = filter(text);
    if (!test) throw invalidField(name);
    tests.push(test);
  }
  const archived = query.get("is_deleted") === "true";
  return orders
    .filter((order) => order.archived === archived && tests.every((test) => test(order)))
    .sort(sorting(query.get("sort") ?? "id:asc"));
}

function sorting(sort: string): (one: Order, other: Order) => number {
  const [, field = "", direction = "asc"] = /^(\w+)(?::(asc|desc))?$/.exec(sort) ?? [];
  const read = sorts[field];
  if (!read) throw invalidField("sort");
  const sign = direction === "asc" ? 1 : -1;
  return (one, other) => sign * (read(one) - read(other) || one.id - other.id);
}

function whole(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function amount(text: string): number | undefined {
  return /^\d+(?:\.\d{1,4})?$/.test(text) ? toMinor(text, 4) : undefined;
}
