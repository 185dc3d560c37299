import type { Wish, WriteOptions } from "../face.js";
import { pathOf } from "../path.js";
import { checkOrder } from "./order.js";
import { checkRefund } from "./refund.js";
import { checkReturn } from "./return.js";
import { type Checked, refuse, type Scene } from "./scene.js";
import { checkShipment } from "./shipment.js";
import { checkWork } from "./work.js";

/** What can still be asked of an order that its shop has deleted. */
const ON_DELETED: ReadonlySet<Wish["type"]> = new Set<Wish["type"]>([
  "ORDER_REFRESH",
  "ORDER_NOTE_ADD",
  "REFUND_CREATE",
]);

/** Checks a wish against quantities, amounts, states and what the order has. Pure. */
export function check(
  wish: Wish,
  scene: Scene,
  options: Pick<WriteOptions, "notifyCustomer">,
): Checked {
  const base = { orderId: scene.order.id, notifyCustomer: options.notifyCustomer };
  if (scene.order.deletedAt && !ON_DELETED.has(wish.type)) {
    const path = pathOf(wish);
    const message = `order ${scene.order.id} was deleted in its shop`;
    return refuse("ALREADY_IN_STATE", message, path.length > 0 ? path : null);
  }
  switch (wish.type) {
    case "FULFILLMENT_CREATE":
    case "FULFILLMENT_TRACKING_UPDATE":
    case "FULFILLMENT_CANCEL":
    case "TRACKING_EVENT_ADD":
      return checkShipment(wish, scene, base);
    case "FULFILLMENT_ORDER_HOLD":
    case "FULFILLMENT_ORDER_RELEASE":
    case "FULFILLMENT_ORDER_MOVE":
      return checkWork(wish, scene, base);
    case "ORDER_CANCEL":
    case "ORDER_NOTE_ADD":
    case "ORDER_TAGS_UPDATE":
    case "ORDER_ADDRESS_UPDATE":
    case "ORDER_REFRESH":
      return checkOrder(wish, scene, base);
    case "RETURN_CREATE":
    case "RETURN_APPROVE":
    case "RETURN_DECLINE":
    case "RETURN_RECEIVE":
    case "RETURN_TRACKING_UPDATE":
    case "RETURN_CLOSE":
    case "RETURN_CANCEL":
      return checkReturn(wish, scene, base);
    case "REFUND_CREATE":
      return checkRefund(wish, scene, base);
  }
}
