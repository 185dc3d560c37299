import { type Reason, reasonById } from "../shop/reasons.js";
import { disposedUnits } from "../shop/returning.js";
import { gid, type Shop } from "../shop/shop.js";
import type {
  Disposition,
  ExchangeLine,
  Order,
  Return,
  ReturnLine,
  ReverseDelivery,
  ReverseLine,
  ReverseOrder,
} from "../shop/state.js";
import { lineNet, portion } from "../shop/totals.js";
import { lineOf } from "../webhooks/payload-parts.js";
import { lineNode } from "./line-nodes.js";
import { connection, locationById, locationNode, moneyBag, type Node } from "./nodes.js";
import type { PageArguments } from "./page.js";
import { type OutcomeArguments, outcomeNode } from "./return-outcome.js";

/** A return with its lines and what is to be taken in. */
export function returnNode(shop: Shop, order: Order, row: Return): Node {
  return {
    __typename: "Return",
    id: gid("Return", row.id),
    name: row.name,
    status: row.status,
    createdAt: row.createdAt,
    closedAt: row.closedAt,
    requestApprovedAt: row.requestApprovedAt,
    decline: row.decline,
    totalQuantity: row.lines.reduce((units, { quantity }) => units + quantity, 0),
    returnShippingFees: [],
    returnLineItems: (given: PageArguments) =>
      connection(row.lines, given, (line) => returnLineNode(shop, order, row, line)),
    exchangeLineItems: (given: PageArguments) =>
      connection(row.exchanges, given, (line) => exchangeNode(shop, order, row, line)),
    reverseFulfillmentOrders: (given: PageArguments) =>
      connection(row.reverse ? [row.reverse] : [], given, (reverse) =>
        reverseNode(shop, order, row, reverse),
      ),
    suggestedFinancialOutcome: (given: OutcomeArguments) => outcomeNode(order, row, given),
  };
}

function returnLineNode(shop: Shop, order: Order, row: Return, line: ReturnLine): Node {
  const ordered = lineOf(order, line.lineId);
  const reason = reasonById(line.reasonId);
  return {
    __typename: "ReturnLineItem",
    id: gid("ReturnLineItem", line.id),
    quantity: line.quantity,
    processableQuantity: row.status === "OPEN" ? line.quantity - line.processed : 0,
    processedQuantity: line.processed,
    unprocessedQuantity: line.quantity - line.processed,
    refundableQuantity: line.processed - line.refunded,
    refundedQuantity: line.refunded,
    customerNote: line.customerNote,
    returnReasonNote: line.reasonNote,
    returnReasonDefinition: reason ? reasonNode(reason) : null,
    fulfillmentLineItem: () => fulfillmentLineNode(shop, order, line.fulfillmentLineItemId),
    restockingFee: null,
    withCodeDiscountedTotalPriceSet: () =>
      moneyBag(order, portion(lineNet(ordered), line.quantity, ordered.quantity)),
  };
}

/** Until it is processed no line of the order holds it. */
function exchangeNode(shop: Shop, order: Order, { status }: Return, line: ExchangeLine): Node {
  const left = line.quantity - line.processed;
  return {
    __typename: "ExchangeLineItem",
    id: gid("ExchangeLineItem", line.id),
    variantId: gid("ProductVariant", line.variantId),
    quantity: line.quantity,
    processableQuantity: status === "OPEN" ? left : 0,
    processedQuantity: line.processed,
    unprocessedQuantity: left,
    lineItems: () => line.lineIds.map((id) => lineNode(shop, order, lineOf(order, id))),
  };
}

export const reasonNode = (reason: Reason): Node => ({
  __typename: "ReturnReasonDefinition",
  ...reason,
  id: gid("ReturnReasonDefinition", reason.id),
});

/** A shipped line of an order. */
export function fulfillmentLineNode(shop: Shop, order: Order, id: string): Node {
  const found = order.fulfillments.flatMap(({ lines }) => lines).find((line) => line.id === id);
  if (!found) throw new Error(`order ${order.name} shipped no ${id}`);
  return {
    __typename: "FulfillmentLineItem",
    id: gid("FulfillmentLineItem", id),
    quantity: found.quantity,
    lineItem: () => lineNode(shop, order, lineOf(order, found.lineId)),
  };
}

/** What is to be taken in. */
export function reverseNode(shop: Shop, order: Order, row: Return, reverse: ReverseOrder): Node {
  return {
    __typename: "ReverseFulfillmentOrder",
    id: gid("ReverseFulfillmentOrder", reverse.id),
    status: isTakenIn(row, reverse) ? "CLOSED" : reverse.status,
    lineItems: (given: PageArguments) =>
      connection(reverse.lines, given, (line) => reverseLineNode(shop, order, row, line)),
    reverseDeliveries: (given: PageArguments) =>
      connection(reverse.deliveries, given, (each) => deliveryNode(shop, order, row, each)),
  };
}

const isTakenIn = (row: Return, { status }: ReverseOrder): boolean =>
  status === "OPEN" && row.lines.every((line) => disposedUnits(row, line) >= line.quantity);

export function reverseLineNode(shop: Shop, order: Order, row: Return, line: ReverseLine): Node {
  const own = row.lines.find(({ id }) => id === line.returnLineId);
  return {
    __typename: "ReverseFulfillmentOrderLineItem",
    id: gid("ReverseFulfillmentOrderLineItem", line.id),
    totalQuantity: line.total,
    fulfillmentLineItem: () => own && fulfillmentLineNode(shop, order, own.fulfillmentLineItemId),
    dispositions: line.dispositions.map((each) => dispositionNode(shop, each)),
  };
}

function dispositionNode(shop: Shop, { id, locationId, ...disposition }: Disposition): Node {
  const location = locationById(shop, locationId);
  return {
    __typename: "ReverseFulfillmentOrderDisposition",
    ...disposition,
    id: gid("ReverseFulfillmentOrderDisposition", id),
    location: location && locationNode(location),
  };
}

/** A parcel on its way back. */
export function deliveryNode(shop: Shop, order: Order, row: Return, parcel: ReverseDelivery): Node {
  const { tracking, label, lines } = parcel;
  const reverse = row.reverse;
  return {
    __typename: "ReverseDelivery",
    id: gid("ReverseDelivery", parcel.id),
    reverseFulfillmentOrder: () => reverse && reverseNode(shop, order, row, reverse),
    deliverable: (tracking || label) && {
      __typename: "ReverseDeliveryShippingDeliverable",
      tracking: tracking && {
        carrierName: tracking.company,
        number: tracking.number,
        url: tracking.url,
      },
      label: label && { publicFileUrl: label.url, createdAt: label.at, updatedAt: label.at },
    },
    reverseDeliveryLineItems: (given: PageArguments) =>
      connection(lines, given, ({ id, reverseLineId, quantity }) => {
        const line = reverse?.lines.find((each) => each.id === reverseLineId);
        return {
          __typename: "ReverseDeliveryLineItem",
          id: gid("ReverseDeliveryLineItem", id),
          quantity,
          reverseFulfillmentOrderLineItem: line && reverseLineNode(shop, order, row, line),
        };
      }),
  };
}
