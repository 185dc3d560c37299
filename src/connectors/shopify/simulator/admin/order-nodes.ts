import { refundableTransactions } from "../shop/refunding.js";
import { returnStatus } from "../shop/returning.js";
import { gid, type Shop, shopCurrency } from "../shop/shop.js";
import type { Order, Refund, Return } from "../shop/state.js";
import { financialStatus, fulfillmentStatus, isUnfinished } from "../shop/status.js";
import {
  currentQuantity,
  currentTotals,
  minus,
  nothing,
  outstanding,
  payments,
  placedTotals,
} from "../shop/totals.js";
import { mergeTaxes } from "../webhooks/payload-order.js";
import { fulfillmentNode, fulfillmentOrderNode } from "./fulfillment-nodes.js";
import { discountNode, lineNode, shippingNode } from "./line-nodes.js";
import { addressNode, connection, customerNode, moneyBag, type Node, taxNodes } from "./nodes.js";
import { firstOf, type PageArguments, page } from "./page.js";
import {
  refundNode,
  type SuggestedArguments,
  suggestedRefundNode,
  transactionNode,
} from "./refund-nodes.js";
import { returnNode } from "./return-nodes.js";

/** An order as the Admin API answers it. */
export function orderNode(shop: Shop, order: Order): Node {
  const id = gid("Order", order.id);
  return {
    __typename: "Order",
    ...plainFields(order),
    ...statusFields(shop, order),
    ...moneyFields(order),
    id,
    customer: () => customerNode(shop, order.customerId),
    billingAddress: () =>
      addressNode(`${id}/billing`.replace("Order", "MailingAddress"), order.billingAddress),
    shippingAddress: () =>
      addressNode(`${id}/shipping`.replace("Order", "MailingAddress"), order.shippingAddress),
    lineItems: (given: PageArguments) =>
      connection(order.lines, given, (line) => lineNode(shop, order, line)),
    shippingLines: (given: PageArguments) =>
      connection(order.shippingLines, given, (each) => shippingNode(order, each)),
    discountApplications: (given: PageArguments) =>
      page(
        order.discounts.map((discount, index) => ({ discount, index })),
        given,
        {
          id: ({ index }) => String(index).padStart(3, "0"),
          node: ({ discount, index }) => discountNode(order, discount, index),
        },
      ),
    transactions: (given: PageArguments) =>
      firstOf(order.transactions, given).map((each) => transactionNode(order, each)),
    fulfillments: (given: PageArguments) =>
      firstOf(order.fulfillments, given).map((each) =>
        inOrder(shop, order, fulfillmentNode(shop, order, each)),
      ),
    fulfillmentOrders: (given: PageArguments) =>
      connection(order.fulfillmentOrders, given, (each) =>
        inOrder(shop, order, fulfillmentOrderNode(shop, order, each)),
      ),
    refunds: (given: PageArguments) =>
      firstOf(order.refunds, given).map((each) => refundInOrder(shop, order, each)),
    returns: (given: PageArguments) =>
      connection(order.returns, given, (each) => returnInOrder(shop, order, each)),
    suggestedRefund: (given: SuggestedArguments) => suggestedRefundNode(shop, order, given),
  };
}

function plainFields(order: Order): Node {
  return {
    legacyResourceId: order.id,
    name: order.name,
    number: order.number,
    confirmationNumber: order.confirmationNumber,
    poNumber: order.poNumber,
    sourceName: "web",
    sourceIdentifier: null,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    processedAt: order.processedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason,
    closedAt: order.closedAt,
    closed: order.closedAt !== null,
    confirmed: true,
    test: order.test,
    taxesIncluded: order.taxesIncluded,
    taxExempt: false,
    dutiesIncluded: false,
    note: order.note,
    tags: order.tags,
    email: order.email,
    phone: order.phone,
    customerLocale: order.locale,
    edited: order.edited,
    customAttributes: order.attributes,
    currencyCode: shopCurrency,
    presentmentCurrencyCode: order.currency,
    returnStatus: returnStatus(order),
    discountCodes: order.discounts.flatMap(({ kind, name }) => (kind === "code" ? [name] : [])),
    paymentGatewayNames: [...new Set(order.transactions.map(({ gateway }) => gateway))],
  };
}

function statusFields(shop: Shop, order: Order): Node {
  return {
    displayFinancialStatus: () => financialStatus(order, shop.now()),
    displayFulfillmentStatus: () => fulfillmentStatus(order),
    fulfillable: () =>
      order.fulfillmentOrders.some(
        (each) => isUnfinished(each) && each.lines.some(({ remaining }) => remaining > 0),
      ),
    refundable: () => refundableTransactions(order).length > 0,
    restockable: () =>
      order.lines.some((line) => line.requiresShipping && currentQuantity(order, line) > 0),
    canMarkAsPaid: () => order.cancelledAt === null && outstanding(order).shop > 0,
    fullyPaid: () => outstanding(order).shop <= 0,
  };
}

function moneyFields(order: Order): Node {
  const bag = (amount: Parameters<typeof moneyBag>[1]) => moneyBag(order, amount);
  return {
    subtotalPriceSet: () => bag(placedTotals(order).subtotal),
    totalDiscountsSet: () => bag(placedTotals(order).discounts),
    totalShippingPriceSet: () => bag(placedTotals(order).shipping),
    totalTaxSet: () => bag(placedTotals(order).tax),
    totalPriceSet: () => bag(placedTotals(order).total),
    originalTotalPriceSet: () => bag(placedTotals(order).total),
    currentSubtotalPriceSet: () => bag(currentTotals(order).subtotal),
    currentTotalDiscountsSet: () => bag(currentTotals(order).discounts),
    currentTotalTaxSet: () => bag(currentTotals(order).tax),
    currentTotalPriceSet: () => bag(currentTotals(order).total),
    totalReceivedSet: () => bag(payments(order).received),
    totalRefundedSet: () => bag(payments(order).refunded),
    totalOutstandingSet: () => bag(outstanding(order)),
    netPaymentSet: () => bag(minus(payments(order).received, payments(order).refunded)),
    originalTotalDutiesSet: null,
    totalTipReceivedSet: () => bag(nothing),
    taxLines: () =>
      taxNodes(
        order,
        mergeTaxes([...order.lines, ...order.shippingLines].flatMap((taxed) => taxed.taxes)),
      ),
  };
}

/** A refund with the ways to its order and its return. */
export const refundInOrder = (shop: Shop, order: Order, refund: Refund): Node => ({
  ...inOrder(shop, order, refundNode(shop, order, refund)),
  return: () => {
    const row = order.returns.find(({ id }) => id === refund.returnId);
    return row && returnInOrder(shop, order, row);
  },
});

/** A return with the ways to its order and to the refunds that pay for it. */
export const returnInOrder = (shop: Shop, order: Order, row: Return): Node => ({
  ...inOrder(shop, order, returnNode(shop, order, row)),
  refunds: (given: PageArguments) =>
    connection(
      order.refunds.filter(({ returnId }) => returnId === row.id),
      given,
      (refund) => refundInOrder(shop, order, refund),
    ),
});

/** Anything that belongs to an order, with the way back to it. */
export const inOrder = (shop: Shop, order: Order, node: Node): Node => ({
  ...node,
  order: () => orderNode(shop, order),
});
