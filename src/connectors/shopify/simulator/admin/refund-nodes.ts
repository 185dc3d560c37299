import {
  mostRefundable,
  payingBack,
  type RefundWish,
  reckon,
  refundableTransactions,
  shippingLeft,
  shippingTax,
} from "../shop/refunding.js";
import { gid, idOf, type Shop } from "../shop/shop.js";
import type { Bag, Order, Refund, RefundLine, Restock, Transaction } from "../shop/state.js";
import { refundableQuantity, unfulfilledQuantity } from "../shop/status.js";
import { bagFrom, nothing, portion, sum } from "../shop/totals.js";
import { isManual, lineOf } from "../webhooks/payload-parts.js";
import { lineNode, shippingNode } from "./line-nodes.js";
import { connection, locationById, locationNode, moneyBag, type Node } from "./nodes.js";
import type { PageArguments } from "./page.js";

/** One movement of money. */
export function transactionNode(order: Order, transaction: Transaction): Node {
  const parent = order.transactions.find(({ id }) => id === transaction.parentId);
  return {
    __typename: "OrderTransaction",
    id: gid("OrderTransaction", transaction.id),
    kind: transaction.kind,
    status: transaction.status,
    gateway: transaction.gateway,
    formattedGateway: isManual(transaction) ? transaction.gateway : "Shopify Payments",
    paymentId: transaction.paymentId,
    authorizationExpiresAt: transaction.authorizationExpiresAt,
    amountSet: moneyBag(order, transaction.amount),
    maximumRefundableV2: null,
    parentTransaction: () => parent && transactionNode(order, parent),
    createdAt: transaction.createdAt,
    processedAt: transaction.createdAt,
    errorCode: transaction.errorCode,
    test: order.test,
    manualPaymentGateway: isManual(transaction),
  };
}

/** A refund with its lines, shipping, discrepancy and money. */
export function refundNode(shop: Shop, order: Order, refund: Refund): Node {
  const transactions = order.transactions.filter(({ id }) => refund.transactionIds.includes(id));
  return {
    __typename: "Refund",
    id: gid("Refund", refund.id),
    legacyResourceId: refund.id,
    createdAt: refund.createdAt,
    processedAt: refund.processedAt,
    updatedAt: refund.createdAt,
    note: refund.note,
    totalRefundedSet: () =>
      moneyBag(order, sum(transactions.filter(isDone).map(({ amount }) => amount))),
    refundLineItems: (given: PageArguments) =>
      connection(refund.lines, given, (line) => refundLineNode(shop, order, line)),
    refundShippingLines: (given: PageArguments) =>
      connection(refund.shipping, given, ({ id, shippingLineId, amount, tax }) => {
        const line = order.shippingLines.find((each) => each.id === shippingLineId);
        return {
          __typename: "RefundShippingLine",
          id: gid("RefundShippingLine", id),
          shippingLine: line && shippingNode(order, line),
          subtotalAmountSet: moneyBag(order, amount),
          taxAmountSet: moneyBag(order, tax),
        };
      }),
    orderAdjustments: (given: PageArguments) =>
      connection(refund.adjustments, given, ({ id, reason, amount }) => ({
        __typename: "OrderAdjustment",
        id: gid("OrderAdjustment", id),
        reason,
        amountSet: moneyBag(order, amount),
        taxAmountSet: moneyBag(order, nothing),
      })),
    transactions: (given: PageArguments) =>
      connection(transactions, given, (each) => transactionNode(order, each)),
  };
}

const isDone = ({ status }: Transaction): boolean => status === "SUCCESS";

export interface SuggestedArguments {
  refundLineItems?: LineWish[] | null;
  refundShipping?: boolean | null;
  shippingAmount?: string | null;
  suggestFullRefund?: boolean;
}

/** One wanted line as mutations and suggestions give it. */
export interface LineWish {
  lineItemId: string;
  quantity: number;
  restockType?: Restock | "LEGACY_RESTOCK" | null;
  locationId?: string | null;
}

/** What the admin would pay back for these lines and this shipping. */
export function suggestedRefundNode(shop: Shop, order: Order, given: SuggestedArguments): Node {
  const lines = given.suggestFullRefund
    ? order.lines.map((line) => wishOf(order, line.id, refundableQuantity(order, line)))
    : (given.refundLineItems ?? []).flatMap((each) => readLineWish(order, each) ?? []);
  const left = shippingLeft(order);
  const whole = given.refundShipping || given.suggestFullRefund;
  const shipping = whole
    ? left
    : given.shippingAmount
      ? bagFrom(order, given.shippingAmount)
      : nothing;
  const { subtotal, tax, total } = reckon(order, lines, shipping);
  const most = mostRefundable(order);
  const money = payingBack(order, total);
  const bag = (amount: Bag) => moneyBag(order, amount);
  return {
    amountSet: bag(sum(money.map(({ amount }) => amount))),
    maximumRefundableSet: bag(most),
    subtotalSet: bag(subtotal),
    totalTaxSet: bag(tax),
    shipping: {
      amountSet: bag(shipping),
      maximumRefundableSet: bag(left),
      taxSet: bag(shippingTax(order, shipping)),
    },
    refundLineItems: lines.map((wish) => suggestedLineNode(shop, order, wish)),
    suggestedTransactions: money.map(({ parent, amount }) => ({
      kind: "SUGGESTED_REFUND",
      gateway: parent.gateway,
      parentTransaction: transactionNode(order, parent),
      amountSet: bag(amount),
      maximumRefundableSet: bag(
        refundableTransactions(order).find((each) => each.parent === parent)?.amount ?? nothing,
      ),
    })),
  };
}

/** A wanted line with what it names, or null where the order has no such line. */
export function readLineWish(order: Order, given: LineWish): RefundWish["lines"][number] | null {
  const line = order.lines.find(({ id }) => id === idOf("LineItem", given.lineItemId));
  if (!line) return null;
  const { quantity, restockType, locationId } = given;
  const fallback = unfulfilledQuantity(order, line) >= quantity ? "CANCEL" : "RETURN";
  const restock = !restockType || restockType === "LEGACY_RESTOCK" ? fallback : restockType;
  return {
    line,
    quantity,
    restock,
    locationId: (locationId && idOf("Location", locationId)) || null,
  };
}

function wishOf(order: Order, lineId: string, quantity: number): RefundWish["lines"][number] {
  return { line: lineOf(order, lineId), quantity, restock: "NO_RESTOCK", locationId: null };
}

function suggestedLineNode(shop: Shop, order: Order, wish: RefundWish["lines"][number]): Node {
  const { subtotal, tax } = reckon(order, [wish], nothing);
  const { line, quantity, restock, locationId } = wish;
  return refundLineNode(shop, order, {
    id: "",
    lineId: line.id,
    quantity,
    restock,
    locationId,
    subtotal,
    tax,
  });
}

function refundLineNode(shop: Shop, order: Order, refunded: RefundLine): Node {
  const { id, lineId, quantity, restock, locationId, subtotal, tax } = refunded;
  const location = locationById(shop, locationId);
  return {
    id: id === "" ? null : gid("RefundLineItem", id),
    quantity,
    restockType: restock,
    restocked: restock !== "NO_RESTOCK",
    location: location && locationNode(location),
    lineItem: () => lineNode(shop, order, lineOf(order, lineId)),
    priceSet: moneyBag(order, portion(subtotal, 1, quantity)),
    subtotalSet: moneyBag(order, subtotal),
    totalTaxSet: moneyBag(order, tax),
  };
}
