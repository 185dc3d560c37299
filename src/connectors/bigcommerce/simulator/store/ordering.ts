import type { Order } from "./state.js";
import { statusOf } from "./statuses.js";
import { type Store, saveOrder } from "./store.js";

/** Gives the order a status, whatever it had. Nothing else follows from it: no refund, no shipment, no stock. */
export function setStatus(store: Store, order: Order, statusId: number): void {
  const previous = order.statusId;
  order.statusId = statusOf(statusId).id;
  if (previous !== statusId) {
    store.tell("store/order/statusUpdated", {
      type: "order",
      id: order.id,
      status: { previous_status_id: previous, new_status_id: statusId },
    });
  }
  saveOrder(store, order);
}

/** What DELETE does: the order leaves the lists and can still be read by its id. */
export function archive(store: Store, order: Order): void {
  order.archived = true;
  order.modifiedAt = store.now();
  store.tell("store/order/archived", { type: "order", id: order.id });
}

/** A message between customer and merchant; the order's own date stays. */
export function addMessage(
  store: Store,
  order: Order,
  { from, text }: { from: "customer" | "admin"; text: string },
): void {
  const id = store.nextId("message");
  order.messages.push({
    id,
    createdAt: store.now(),
    from,
    subject: `Re: Order #${order.id}`,
    text,
  });
  store.tell("store/order/message/created", {
    type: "order",
    id: order.id,
    message: { order_message_id: id },
  });
}
