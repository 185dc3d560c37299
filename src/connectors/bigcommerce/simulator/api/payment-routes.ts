import { refund } from "../store/refunding.js";
import type { Order, Refund } from "../store/state.js";
import { saveOrder } from "../store/store.js";
import { Problem, RefundProblem } from "./errors.js";
import { pageV3 } from "./page.js";
import { quoteView, refundView, transactionView } from "./payment-view.js";
import { readQuote, readRefund } from "./refund-request.js";
import { orderOfV3, type Route, type RouteAnswer, type RouteCall, scopes } from "./route.js";
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
  const quoted = readQuote(order, call.body);
  return { status: 201, body: { data: quoteView(order, quoted), meta: {} } };
}

/** Refunds under way by order: while one is, another of the same order is refused. */
const underWay = new WeakSet<Order>();

async function createRefund(call: RouteCall): Promise<RouteAnswer> {
  const order = orderOfV3(call);
  const wish = readRefund(order, call.body);
  if (underWay.has(order))
    throw new RefundProblem(422, `Another refund of order ${order.id} is being processed.`);
  underWay.add(order);
  try {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const made = refund(call.store, order, wish);
    return { status: 201, body: { data: refundView(order, made), meta: {} } };
  } finally {
    underWay.delete(order);
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
      quantity: 0,
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
