import Big from "big.js";
import { z } from "zod";
import type { OrderRef, Section, Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { gid } from "./gid.js";
import type { BagFragment, RefundFragment, TransactionFragment } from "./payload.js";
import type { OrderTold } from "./told.js";
import { translateHead } from "./translate.js";
import { translateFulfillment, translateScan } from "./translate-fulfillment.js";
import { translateLines } from "./translate-line.js";
import { translateRefunds, translateTransaction } from "./translate-refund.js";
import {
  address,
  allocation,
  attribute,
  bagSet,
  customer,
  fulfillment,
  id,
  line,
  onePage,
  type Payment,
  payment,
  type RestRefund,
  refund,
  scan,
  taxLine,
  text,
} from "./webhook-payload.js";

/** Where a delivery comes from. */
export interface WebhookOrigin {
  /** "x.myshopify.com" */
  shop: string;
  /** The shop's own currency, where it is known: bodies name only the currency that was paid in. */
  currency: string | null;
}

/** An amount that the body states in the customer's currency alone, though the shop's is another. */
export class NotInShopCurrency extends Error {
  constructor(paid: string) {
    super(`the amount is told in ${paid} alone, not in the shop's own currency`);
    this.name = "NotInShopCurrency";
  }
}

/**
 * What a REST-shaped body says of its order, in the sections that it touches. Only head and lines are
 * complete; the head lacks what was received, the return status and the finer fulfillment states. Throws
 * ZodError for a body of another shape and NotInShopCurrency; null for a topic that says nothing of an order.
 */
export function translateWebhook(
  topic: string,
  body: unknown,
  origin: WebhookOrigin,
): Snapshot | null {
  const [noun, verb] = topic.split("/");
  if (topic === "orders/edited" || topic === "orders/delete") return null;
  switch (noun) {
    case "orders":
      return order(body, origin);
    case "fulfillments": {
      const row = fulfillment.parse(body);
      const value = [translateFulfillment(row)];
      return { ref: owner(body), fulfillments: part(row.updatedAt, value) };
    }
    case "refunds": {
      const row = refundPayload(refund.parse(body), origin.currency);
      const asOf = row.createdAt ?? row.processedAt;
      return { ref: owner(body), refunds: part(asOf, translateRefunds([row])) };
    }
    case "order_transactions": {
      const row = transactionPayload(payment.parse(body), origin.currency);
      const asOf = row.processedAt ?? row.createdAt;
      return { ref: owner(body), transactions: part(asOf, [translateTransaction(row)]) };
    }
    case "fulfillment_events": {
      if (verb !== "create") return null;
      const row = scan.parse(body);
      const value = [translateScan(row.scan, row.fulfillmentId, null)];
      return { ref: owner(body), scans: part(row.createdAt, value) };
    }
    default:
      return null;
  }
}

function order(body: unknown, { shop }: WebhookOrigin): Snapshot {
  const payload = orderPayload(orderSchema.parse(body));
  const asOf = instant(payload.updatedAt);
  return {
    ref: { nativeId: payload.id, number: payload.name },
    head: { asOf, complete: true, value: translateHead(payload, shop) },
    lines: {
      asOf,
      complete: true,
      value: translateLines(payload.lineItems.nodes, payload.refunds),
    },
  };
}

function part<T>(asOf: string, value: T): Section<T> {
  return { asOf: instant(asOf), complete: false, value };
}

function owner(body: unknown): OrderRef {
  return { nativeId: gid("Order", z.object({ order_id: id }).parse(body).order_id) };
}

const shipping = z
  .object({
    id,
    title: z.string(),
    code: text,
    carrier_identifier: text,
    price_set: bagSet,
    discounted_price_set: bagSet,
    tax_lines: z.array(taxLine),
    discount_allocations: z.array(allocation),
  })
  .transform((given) => ({
    id: gid("ShippingLine", given.id),
    title: given.title,
    code: given.code,
    carrierIdentifier: given.carrier_identifier,
    originalPriceSet: given.price_set,
    discountedPriceSet: given.discounted_price_set,
    taxLines: given.tax_lines,
    discountAllocations: given.discount_allocations,
  }));

const discount = z.object({ code: z.string().optional(), title: z.string().optional() });

const orderSchema = z.object({
  id,
  admin_graphql_api_id: z.string(),
  name: z.string(),
  source_name: text,
  test: z.boolean(),
  taxes_included: z.boolean(),
  updated_at: z.string(),
  processed_at: z.string(),
  cancelled_at: text,
  cancel_reason: text,
  closed_at: text,
  financial_status: text,
  fulfillment_status: text,
  note: text,
  tags: z.string(),
  email: text,
  phone: text,
  payment_gateway_names: z.array(z.string()),
  note_attributes: z.array(attribute),
  customer: customer.nullish(),
  billing_address: address.nullish(),
  shipping_address: address.nullish(),
  total_price_set: bagSet,
  total_discounts_set: bagSet,
  current_total_price_set: bagSet,
  current_subtotal_price_set: bagSet,
  current_total_discounts_set: bagSet,
  current_total_tax_set: bagSet,
  original_total_duties_set: bagSet.nullable(),
  tax_lines: z.array(taxLine),
  discount_applications: z.array(discount),
  shipping_lines: z.array(shipping),
  line_items: z.array(line),
  refunds: z.array(refund),
  fulfillments: z.array(fulfillment),
});

function orderPayload(given: z.output<typeof orderSchema>): OrderTold {
  const refunds = given.refunds.map((each) =>
    refundPayload(each, given.total_price_set.shopMoney.currencyCode),
  );
  return {
    id: given.admin_graphql_api_id,
    legacyResourceId: given.id,
    name: given.name,
    sourceName: given.source_name,
    test: given.test,
    taxesIncluded: given.taxes_included,
    edited: translateLines(given.line_items, refunds).some(({ canceled }) => canceled > 0),
    updatedAt: given.updated_at,
    processedAt: given.processed_at,
    cancelledAt: given.cancelled_at,
    cancelReason: given.cancel_reason?.toUpperCase() ?? null,
    closedAt: given.closed_at,
    displayFinancialStatus: given.financial_status?.toUpperCase() ?? null,
    displayFulfillmentStatus: PROGRESS[given.fulfillment_status ?? ""] ?? "UNFULFILLED",
    returnStatus: null,
    note: given.note,
    tags: given.tags.split(", ").filter(Boolean),
    email: given.email,
    phone: given.phone,
    paymentGatewayNames: given.payment_gateway_names,
    customAttributes: given.note_attributes,
    customer: given.customer ?? null,
    billingAddress: given.billing_address ?? null,
    shippingAddress: given.shipping_address ?? null,
    originalTotalPriceSet: null,
    totalPriceSet: given.total_price_set,
    totalDiscountsSet: given.total_discounts_set,
    currentTotalPriceSet: given.current_total_price_set,
    currentSubtotalPriceSet: given.current_subtotal_price_set,
    currentTotalDiscountsSet: given.current_total_discounts_set,
    currentTotalTaxSet: given.current_total_tax_set,
    originalTotalDutiesSet: given.original_total_duties_set,
    totalReceivedSet: null,
    totalRefundedSet: sum(
      refunds.map((each) => each.totalRefundedSet),
      given.total_price_set,
    ),
    taxLines: given.tax_lines,
    discountApplications: {
      nodes: given.discount_applications.map((each, index) => ({ index, ...each })),
    },
    shippingLines: { nodes: given.shipping_lines },
    lineItems: onePage(given.line_items),
    transactions: [],
    refunds,
    fulfillments: given.fulfillments,
    fulfillmentOrders: onePage([]),
  };
}

/** The coarser words of the REST shape; null there is UNFULFILLED, which hides holds and work in progress. */
const PROGRESS: Record<string, string> = {
  fulfilled: "FULFILLED",
  partial: "PARTIALLY_FULFILLED",
  restocked: "RESTOCKED",
};

function refundPayload(given: RestRefund, currency: string | null): RefundFragment {
  const { lines, shipping: shippingLines, payments, ...rest } = given;
  const stated = [
    ...lines.map((each) => each.subtotalSet),
    ...shippingLines.map((each) => each.subtotalAmountSet),
  ][0];
  const transactions = payments.map((each) =>
    transactionPayload(
      { ...each, currency: each.currency ?? presentment(stated) },
      shopOf(stated) ?? currency,
    ),
  );
  const paid = transactions.filter(({ kind, status }) => kind === "REFUND" && status === "SUCCESS");
  const zero = stated ?? transactions[0]?.amountSet ?? bothSides("0", currency ?? "XXX");
  return {
    ...rest,
    totalRefundedSet: sum(
      paid.map((each) => each.amountSet),
      zero,
    ),
    refundLineItems: onePage(lines),
    refundShippingLines: { nodes: shippingLines },
    transactions: { nodes: transactions },
  };
}

function transactionPayload(given: Payment, shopCurrency: string | null): TransactionFragment {
  const { amount, currency, ...rest } = given;
  if (currency === null || currency !== shopCurrency)
    throw new NotInShopCurrency(currency ?? "an unnamed currency");
  return { ...rest, amountSet: bothSides(amount, currency) };
}

function bothSides(amount: string, currencyCode: string): BagFragment {
  const side = { amount, currencyCode };
  return { shopMoney: side, presentmentMoney: side };
}

function shopOf(stated: BagFragment | undefined): string | null {
  return stated?.shopMoney.currencyCode ?? null;
}

function presentment(stated: BagFragment | undefined): string | null {
  return stated?.presentmentMoney.currencyCode ?? null;
}

/** Sum of amounts in the currencies of `like`. */
function sum(bags: BagFragment[], like: BagFragment): BagFragment {
  const side = (pick: (each: BagFragment) => { amount: string; currencyCode: string }) => ({
    amount: bags.reduce((total, each) => total.plus(pick(each).amount), Big(0)).toFixed(),
    currencyCode: pick(like).currencyCode,
  });
  return {
    shopMoney: side((each) => each.shopMoney),
    presentmentMoney: side((each) => each.presentmentMoney),
  };
}
