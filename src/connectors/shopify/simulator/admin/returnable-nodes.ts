import { returnables } from "../shop/returning.js";
import { gid, type Shop } from "../shop/shop.js";
import type { Fulfillment, Order } from "../shop/state.js";
import { fulfillmentNode } from "./fulfillment-nodes.js";
import { connection } from "./nodes.js";
import { inOrder } from "./order-nodes.js";
import type { PageArguments } from "./page.js";
import { fulfillmentLineNode } from "./return-nodes.js";

/** What may be sent back, by the shipments it left in. */
export function returnableNodes(shop: Shop, order: Order, given: PageArguments) {
  const rows = returnables(order);
  const fulfillments = [...new Set(rows.map(({ fulfillment }) => fulfillment))];
  return connection(fulfillments, given, (each) => returnableNode(shop, order, each));
}

/** What of one shipment may be sent back. */
export function returnableNode(shop: Shop, order: Order, fulfillment: Fulfillment) {
  const rows = returnables(order);
  return {
    __typename: "ReturnableFulfillment",
    id: gid("ReturnableFulfillment", fulfillment.id),
    fulfillment: inOrder(shop, order, fulfillmentNode(shop, order, fulfillment)),
    returnableFulfillmentLineItems: (page: PageArguments) =>
      connection(
        rows
          .filter((each) => each.fulfillment === fulfillment)
          .map(({ line, quantity }) => ({ id: line.id, quantity })),
        page,
        ({ id, quantity }) => ({
          quantity,
          fulfillmentLineItem: fulfillmentLineNode(shop, order, id),
        }),
      ),
  };
}
