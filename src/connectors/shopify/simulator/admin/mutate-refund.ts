import { createHash } from "node:crypto";
import { GraphQLError, type GraphQLResolveInfo, getDirectiveValues } from "graphql";
import {
  mostRefundable,
  type Paying,
  type RefundWish,
  refundableTransactions,
  refundOrder,
  shippingLeft,
} from "../shop/refunding.js";
import { idOf, type Shop, seconds, shopCurrency } from "../shop/shop.js";
import type { Bag, Line, Order, Refund } from "../shop/state.js";
import { fulfilledQuantity, refundableQuantity, unfulfilledQuantity } from "../shop/status.js";
import { bagFrom, minus, nothing, sum } from "../shop/totals.js";
import { type Asking, findOrder, notKept, type Refusal } from "./asking.js";
import { orderNode, refundInOrder } from "./order-nodes.js";
import { badRequest } from "./page.js";
import { type LineWish, readLineWish } from "./refund-nodes.js";

interface RefundInput {
  orderId: string;
  note?: string | null;
  currency?: string | null;
  processedAt?: string | null;
  discrepancyReason?: string | null;
  refundLineItems?: LineWish[] | null;
  shipping?: { amount?: string | null; fullRefund?: boolean | null } | null;
  transactions?:
    | { parentId?: string | null; gateway: string; amount: string; kind: string }[]
    | null;
  refundDuties?: unknown[] | null;
  refundMethods?:
    | { storeCreditRefund?: { amount: { amount: string; currencyCode: string } } | null }[]
    | null;
  allowOverRefunding?: boolean | null;
}

/** Paying back. Sent with a key, done once for it. */
export function refundMutations(shop: Shop) {
  const answer = (order: Order, refund: Refund) => ({
    refund: refundInOrder(shop, order, refund),
    order: orderNode(shop, order),
    userErrors: [],
  });
  const refused = (refusal: Refusal) => ({ refund: null, order: null, userErrors: [refusal] });

  return {
    refundCreate({ input }: { input: RefundInput }, asking: Asking, info: GraphQLResolveInfo) {
      const key = readKey(info);
      const fingerprint = createHash("sha256").update(JSON.stringify(input)).digest("hex");
      const kept = shop.data.kept.find((each) => each.key === key);
      if (kept) {
        if (kept.fingerprint !== fingerprint) throw reused(key);
        const order = shop.order(kept.orderId);
        const refund = order?.refunds.find(({ id }) => id === kept.refundId);
        if (order && refund) return answer(order, refund);
      }
      const order = findOrder(shop, asking, input.orderId);
      if (!order) return refused({ field: ["orderId"], message: "Order does not exist" });
      if (input.refundDuties?.length) throw notKept("duties");
      const wish = readWish(order, input);
      if ("message" in wish) return refused(wish);
      const refund = refundOrder(shop, order, wish);
      shop.data.kept.push({ key, fingerprint, orderId: order.id, refundId: refund.id });
      return answer(order, refund);
    },
  };
}

/** The key of the directive, which this mutation must bear. */
function readKey(info: GraphQLResolveInfo): string {
  const directive = info.schema.getDirective("idempotent");
  const [field] = info.fieldNodes;
  const given = directive && field && getDirectiveValues(directive, field, info.variableValues);
  if (!given)
    throw badRequest(
      "The @idempotent directive is required for this mutation but was not provided.",
    );
  const key = String(given.key).trim();
  if (key === "") throw badRequest("The @idempotent key must not be blank.");
  return key;
}

const reused = (key: string): GraphQLError =>
  new GraphQLError(`The idempotency key ${key} was used with other parameters.`, {
    extensions: { code: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" },
  });

/** How an adjustment words the reason that was given for it. */
const reasons: Record<string, string> = {
  CUSTOMER: "CUSTOMER",
  DAMAGE: "DAMAGE",
  RESTOCK: "RESTOCK",
};

/** What the input means for this order, or why it cannot be. */
function readWish(order: Order, input: RefundInput): RefundWish | Refusal {
  if (order.currency !== shopCurrency && input.currency !== order.currency)
    return {
      field: ["currency"],
      message: `Currency must be the presentment currency ${order.currency}`,
    };
  const lines: RefundWish["lines"] = [];
  for (const given of input.refundLineItems ?? []) {
    const wish = readLineWish(order, given);
    if (!wish)
      return { field: ["refundLineItems"], message: "Line item does not exist on the order" };
    if (given.restockType === "LEGACY_RESTOCK")
      return { field: ["refundLineItems"], message: "Restock type is invalid" };
    if (
      wish.quantity <= 0 ||
      wish.quantity + unitsOf(lines, wish.line) > refundableQuantity(order, wish.line)
    )
      return {
        field: ["refundLineItems", "quantity"],
        message: "Refund line items: quantity cannot refund more items than were purchased",
      };
    const restock = given.restockType ? wish.restock : "NO_RESTOCK";
    const problem = whyNotRestock(order, { ...wish, restock }, lines);
    if (problem) return { field: ["refundLineItems"], message: problem };
    lines.push({ ...wish, restock });
  }
  const money: Paying[] = [];
  for (const { parentId, amount, kind } of input.transactions ?? []) {
    const id = parentId && idOf("OrderTransaction", parentId);
    const source = refundableTransactions(order).find(({ parent }) =>
      id ? parent.id === id : true,
    );
    if (kind !== "REFUND" || !source)
      return {
        field: ["transactions"],
        message: "Transactions require a refundable parent transaction",
      };
    const wanted = bagFrom(order, amount);
    const alike = money.filter(({ parent }) => parent === source.parent).map((each) => each.amount);
    if (minus(source.amount, ...alike, wanted).presentment < 0 && !input.allowOverRefunding)
      return tooMuch(order);
    money.push({ parent: source.parent, amount: wanted });
  }
  const credit = readCredit(order, input);
  if (credit && "message" in credit) return credit;
  const most = mostRefundable(order);
  const all = sum([...money.map((each) => each.amount), credit ?? nothing]);
  if (all.presentment > most.presentment && !input.allowOverRefunding) return tooMuch(order);
  const left = shippingLeft(order);
  const { amount, fullRefund } = input.shipping ?? {};
  const shipping = fullRefund ? left : amount ? bagFrom(order, amount) : nothing;
  if (shipping.presentment > left.presentment)
    return {
      field: ["shipping"],
      message: "Refund shipping cannot exceed the shipping that was paid",
    };
  return {
    lines,
    shipping,
    money,
    ...(credit && { credit }),
    note: input.note ?? null,
    processedAt: input.processedAt ? seconds(new Date(input.processedAt)) : null,
    reason: reasons[input.discrepancyReason ?? ""] ?? null,
  };
}

const tooMuch = ({ currency }: Order): Refusal => ({
  field: ["transactions"],
  message: `Refund amount cannot exceed the amount available to refund (${currency})`,
});

const unitsOf = (lines: RefundWish["lines"], line: Line): number =>
  lines.filter((each) => each.line === line).reduce((units, { quantity }) => units + quantity, 0);

/** Only what waits to be shipped can be canceled, and only what was shipped can come back, to a place that is named. */
function whyNotRestock(
  order: Order,
  { line, quantity, restock, locationId }: RefundWish["lines"][number],
  before: RefundWish["lines"],
): string | null {
  const units =
    quantity +
    unitsOf(
      before.filter((each) => each.restock === restock),
      line,
    );
  if (restock === "CANCEL" && units > unfulfilledQuantity(order, line))
    return "Refund line items: quantity cannot remove more than the quantity that is unfulfilled";
  if (restock === "RETURN" && units > fulfilledQuantity(order, line))
    return "Refund line items: quantity cannot return more than the quantity that was fulfilled";
  if (restock === "RETURN" && locationId === null)
    return "Refund line items: location must be given to restock returned items";
  return null;
}

/** What is to go back as store credit: for customers with an account, in the currency they paid in. */
function readCredit(order: Order, { refundMethods }: RefundInput): Bag | Refusal | null {
  const given = (refundMethods ?? []).flatMap(({ storeCreditRefund }) => storeCreditRefund ?? []);
  if (given.length === 0) return null;
  const refused = (message: string): Refusal => ({ field: ["refundMethods"], message });
  if (!order.customerId) return refused("Store credit refunds require an order with a customer");
  if (given.some(({ amount }) => amount.currencyCode !== order.currency))
    return refused(`Store credit must be in the presentment currency ${order.currency}`);
  return sum(given.map(({ amount }) => bagFrom(order, amount.amount)));
}
