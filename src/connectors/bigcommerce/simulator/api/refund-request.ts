import { amountOf, sum } from "../store/amounts.js";
import {
  type NewRefund,
  providersOf,
  type Quote,
  quote,
  RefundRefused,
  type RefundWish,
} from "../store/refunding.js";
import type { Order, RefundItem, RefundItemType } from "../store/state.js";
import { invalidData, Problem, RefundProblem } from "./errors.js";
import { fieldsOf } from "./route.js";

/** What the items of a request come to; throws the 422 of a quote otherwise. */
export function readQuote(order: Order, body: unknown): Quote {
  return refusing(() => quote(order, wishesOf(fieldsOf(body).items)));
}

/** What to refund, with payments that match what it comes to; throws the 422 of a refund otherwise. */
export function readRefund(order: Order, body: unknown): NewRefund {
  return wrapping(() => read(order, body));
}

function read(order: Order, body: unknown): NewRefund {
  const given = fieldsOf(body);
  const quoted = readQuote(order, body);
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
  if (!known)
    throw new Problem(422, `Payment provider ${provider} is not available for this refund.`);
  if (known.offline && !offline)
    throw new Problem(422, `Payment provider ${provider} can only be refunded offline.`);
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
    if (typeof reason === "string" && reason.length > longestReason)
      throw invalidData({ [`items.${index}.reason`]: "error.maxLength" });
    const rest = {
      type: type as RefundItemType,
      itemId: item_id,
      ...(typeof reason === "string" && { reason }),
      adjustments: adjustmentsOf(fields.adjustments, type, index),
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

/** A reason's length by the specification. */
const longestReason = 1_000;

/** "Only supported for item_type PRODUCT", each below zero, with at most 255 characters of why. */
function adjustmentsOf(given: unknown, type: string, index: number): RefundItem["adjustments"] {
  if (given === undefined) return [];
  const field = `items.${index}.adjustments`;
  if (!Array.isArray(given) || type !== "PRODUCT") throw invalidData({ [field]: "error.invalid" });
  return given.map((each: unknown) => {
    const { amount, description = "" } = fieldsOf(each);
    const value = amountOf(amount);
    if (value === undefined || value >= 0 || String(description).length > 255)
      throw invalidData({ [field]: "error.invalid" });
    return { amount: value, description: String(description) };
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

/** Gives a 422 the form that it has for refunds alone. */
function wrapping<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    const problem = new RefundProblem(cause.status, cause.message, cause.errors);
    problem.cause = cause;
    throw problem;
  }
}
