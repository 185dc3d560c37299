import { amountOf, sum } from "../store/amounts.js";
import {
  type NewRefund,
  providersOf,
  quote,
  RefundRefused,
  type RefundWish,
  refund,
} from "../store/refunding.js";
import type { Order, Refund, RefundItemType } from "../store/state.js";
import { saveOrder } from "../store/store.js";
import { invalidData, Problem } from "./errors.js";
import { pageV3 } from "./page.js";
import { quoteView, refundView, transactionView } from "./payment-view.js";
import {
  fieldsOf,
  orderOfV3,
  type Route,
  type RouteAnswer,
  type RouteCall,
  scopes,
} from "./route.js";
import { secondsOf } from "./time.js";

type Fields = Record<string, unknown>;

const { readPayments, writePayments, readTransactions } = scopes;
const below = "/v3/orders/{order_id}";
const actions = `${below}/payment_actions`;

/** Transactions, capture and void, refund quotes and refunds. */
export const paymentRoutes: readonly Route[] = [
  { method: "GET", path: `${below}/transactions`, scopes: readTransactions, run: transactions },
  { method: "POST", path: `${actions}/capture`, scopes: writePayments, run: later("capture") },
  { method: "POST", path: `${actions}/void`, scopes: writePayments, run: later("void") },
  { method: "POST", path: `${actions}/refund_quotes`, scopes: writePayments, run: createQuote },
  { method: "POST", path: `${actions}/refunds`, scopes: writePayments, run: createRefund },
  { method: "GET", path: `${actions}/refunds`, scopes: readPayments, run: ofOrder },
  { method: "GET", path: "/v3/orders/payment_actions/refunds", scopes: readPayments, run: list },
  {
    method: "GET",
    path: "/v3/orders/payment_actions/refunds/{refund_id}",
    scopes: readPayments,
    run: show,
  },
];

function transactions(call: RouteCall): RouteAnswer {
  const order = orderOfV3(call);
  if (order.transactions.length === 0) return { status: 204 };
  return pageV3(order.transactions, call.query, { show: (each) => transactionView(order, each) });
}

/** Authorized money is taken or let go a moment after the answer. */
function later(kind: "capture" | "void"): (call: RouteCall) => RouteAnswer {
  return (call) => {
    const order = orderOfV3(call);
    if (order.paymentStatus !== "authorized") {
      throw new Problem(
        422,
        `The payment of order ${order.id} cannot be ${kind === "void" ? "voided" : "captured"}.`,
      );
    }
    order.paymentStatus = `${kind} pending`;
    saveOrder(call.store, order);
    call.store.later(order, { kind });
    return { status: 201, body: {} };
  };
}

function createQuote(call: RouteCall): RouteAnswer {
  const order = orderOfV3(call);
  const quoted = refusing(() => quote(order, wishesOf(fieldsOf(call.body).items)));
  return { status: 201, body: { data: quoteView(order, quoted), meta: {} } };
}

/** Refunds under way by order: while one is, another of the same order is refused. */
const underWay = new WeakSet<Order>();

async function createRefund(call: RouteCall): Promise<RouteAnswer> {
  const order = orderOfV3(call);
  const wish = refusing(() => readRefund(order, fieldsOf(call.body)));
  if (underWay.has(order)) {
    throw new Problem(422, `Another refund of order ${order.id} is being processed.`);
  }
  underWay.add(order);
  try {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const made = refund(call.store, order, wish);
    return { status: 201, body: { data: refundView(order, made), meta: {} } };
  } finally {
    underWay.delete(order);
  }
}

/** What to refund, with payments that match what it comes to; throws the 422 otherwise. */
function readRefund(order: Order, given: Fields): NewRefund {
  const quoted = quote(order, wishesOf(given.items));
  const override = overrideOf(given.merchant_calculated_override);
  if (!Array.isArray(given.payments)) throw invalidData({ payments: "error.path.missing" });
  const payments = given.payments.map((each: unknown) => {
    const { provider_id: provider, amount, offline } = fieldsOf(each);
    return {
      provider: String(provider),
      amount: positive(amount, "payments.amount"),
      offline: offline === true,
    };
  });
  for (const payment of payments) checkProvider(order, payment);
  const total = override?.amount ?? quoted.amount;
  if (sum(payments.map(({ amount }) => amount)) !== total)
    throw new Problem(422, "The sum of the payments does not match the total refund amount.");
  const reason = quoted.items[0]?.reason ?? "";
  return { quote: quoted, payments, override, reason };
}

function checkProvider(
  order: Order,
  { provider, offline }: { provider: string; offline: boolean },
): void {
  if (provider === "storecredit" && order.customerId === 0)
    throw new Problem(422, "Unable to provide store credit for a guest customer.");
  const known = providersOf(order).find((each) => each.provider === provider);
  if (!known && !(offline && provider === order.gateway))
    throw new Problem(422, `Payment provider ${provider} is not available for this refund.`);
}

function overrideOf(given: unknown): NewRefund["override"] {
  if (given === undefined || given === null) return undefined;
  const { total_amount, total_tax } = fieldsOf(given);
  return {
    amount: positive(total_amount, "merchant_calculated_override.total_amount"),
    tax: amountOf(total_tax) ?? 0,
  };
}

const byQuantity: ReadonlySet<string> = new Set(["PRODUCT", "GIFT_WRAPPING"]);
const byAmount: ReadonlySet<string> = new Set(["ORDER", "SHIPPING", "HANDLING", "TAX", "FEE"]);

function wishesOf(given: unknown): RefundWish[] {
  if (!Array.isArray(given) || given.length === 0)
    throw invalidData({ items: "error.path.missing" });
  return given.map((each: unknown, index) => {
    const fields = fieldsOf(each);
    const { item_type, item_id, quantity, reason } = fields;
    const type = String(item_type);
    if (typeof item_id !== "number")
      throw invalidData({ [`items.${index}.item_id`]: "error.path.missing" });
    const rest = {
      type: type as RefundItemType,
      itemId: item_id,
      ...(typeof reason === "string" && { reason }),
    };
    if (byQuantity.has(type)) {
      if (!Number.isInteger(quantity))
        throw invalidData({ [`items.${index}.quantity`]: "error.path.missing" });
      return { ...rest, quantity: Number(quantity) };
    }
    if (!byAmount.has(type)) throw invalidData({ [`items.${index}.item_type`]: "error.invalid" });
    return { ...rest, amount: positive(fields.amount, `items.${index}.amount`) };
  });
}

function positive(given: unknown, field: string): number {
  const amount = amountOf(given);
  if (amount === undefined || amount < 0) throw invalidData({ [field]: "error.expected.jsnumber" });
  return amount;
}

/** Turns what the store refuses into its 422. */
function refusing<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof RefundRefused)) throw cause;
    const problem = new Problem(422, cause.message);
    problem.cause = cause;
    throw problem;
  }
}

interface Owned {
  order: Order;
  refund: Refund;
}

function ofOrder(call: RouteCall): RouteAnswer {
  const order = orderOfV3(call);
  const wanted = call.query.get("transaction_id");
  const refunds = order.refunds.filter((each) => wanted === null || hasTransaction(each, wanted));
  return { body: { data: refunds.map((each) => refundView(order, each)), meta: {} } };
}

function list({ store, query }: RouteCall): RouteAnswer {
  const orderIds = idsOf(query, "order_id:in");
  const ids = idsOf(query, "id:in");
  const from = bound(query, "created:min") ?? Number.NEGATIVE_INFINITY;
  const until = bound(query, "created:max") ?? Number.POSITIVE_INFINITY;
  const transactionId = query.get("transaction_id");
  const rows = Object.values(store.data.orders)
    .flatMap((order) => order.refunds.map((each): Owned => ({ order, refund: each })))
    .filter(({ order, refund: { id, createdAt, ...rest } }) => {
      const isWanted = (orderIds?.has(order.id) ?? true) && (ids?.has(id) ?? true);
      const isPaid = transactionId === null || hasTransaction(rest, transactionId);
      return isWanted && isPaid && createdAt >= from && createdAt <= until;
    })
    .sort((one, other) => one.refund.id - other.refund.id);
  return pageV3(rows, query, { show: ({ order, refund: each }) => refundView(order, each) });
}

/** One refund by its id; only here, says the specification, is what was asked for a text. */
function show({ store, params }: RouteCall): RouteAnswer {
  for (const order of Object.values(store.data.orders)) {
    const found = order.refunds.find(({ id }) => id === params.refund_id);
    if (!found) continue;
    const view = refundView(order, found);
    const items = (view.items as Fields[]).map((item) => ({
      ...item,
      requested_amount: item.requested_amount === undefined ? null : String(item.requested_amount),
    }));
    return { body: { data: { ...view, items }, meta: {} } };
  }
  throw new Problem(404, "Refund was not found.");
}

const hasTransaction = ({ payments }: Pick<Refund, "payments">, id: string): boolean =>
  payments.some(({ transactionId }) => String(transactionId) === id);

function idsOf(query: URLSearchParams, name: string): Set<number> | undefined {
  const given = query.get(name);
  return given === null ? undefined : new Set(given.split(",").map(Number));
}

function bound(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const seconds = secondsOf(given);
  if (seconds !== undefined) return seconds;
  throw new Problem(422, `The filter(s): ${name} are not valid filter parameter(s).`);
}
