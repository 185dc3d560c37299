import { minus, nothing } from "./amount.js";
import type { Site } from "./site.js";
import type { Item, Order, OrderState } from "./state.js";

/*
 * new → processing (something invoiced or shipped) → complete (nothing left to ship or invoice) → closed (all
 * money back). pending_payment and payment_review wait for a gateway; canceled and holded are the
 * merchant's, and holded goes back to where it came from. A status is a merchant's word for a state.
 */
const defaultStatus: Readonly<Record<OrderState, string>> = {
  new: "pending",
  pending_payment: "pending_payment",
  processing: "processing",
  payment_review: "payment_review",
  complete: "complete",
  closed: "closed",
  canceled: "canceled",
  holded: "holded",
};
const ended: readonly OrderState[] = ["canceled", "complete", "closed"];

/** Moves the order to a state, with the state's default status. */
export function setState(order: Order, state: OrderState): void {
  order.state = state;
  order.status = defaultStatus[state];
}

/** Says that the order's own row changed; everything else leaves updated_at alone. */
export function touch(site: Site, order: Order): void {
  order.updatedAt = site.now();
  site.changed();
}

export function childrenOf(order: Order, { id }: Item): Item[] {
  return order.items.filter(({ parentId }) => parentId === id);
}
export function parentOf(order: Order, { parentId }: Item): Item | undefined {
  return order.items.find(({ id }) => id === parentId);
}

/** Whether a row only stands for others when goods are counted: children of one box, or the box of several. */
export function isShippedElsewhere(order: Order, item: Item): boolean {
  const parent = parentOf(order, item);
  return parent ? !parent.bundle?.shipSeparately : (item.bundle?.shipSeparately ?? false);
}
/** The same for money: a configurable's child, or a bundle that costs what its parts cost. */
export function isPricedElsewhere(order: Order, item: Item): boolean {
  const parent = parentOf(order, item);
  return parent ? !parent.bundle?.priceByChildren : (item.bundle?.priceByChildren ?? false);
}

/** Open to ship, in ten-thousandths (Item::getSimpleQtyToShip). */
export function quantityToShip(order: Order, item: Item): number {
  if (item.isVirtual || isShippedElsewhere(order, item)) return 0;
  const { ordered, shipped, refunded, canceled } = item;
  return Math.max(0, ordered - Math.max(shipped, refunded) - canceled);
}
export function quantityToInvoice(order: Order, item: Item): number {
  if (isPricedElsewhere(order, item)) return 0;
  return Math.max(0, item.ordered - item.invoiced - item.canceled);
}
export function quantityToRefund(order: Order, item: Item): number {
  if (isPricedElsewhere(order, item)) return 0;
  return Math.max(0, item.invoiced - item.refunded);
}
export function quantityToCancel(order: Order, item: Item): number {
  const invoice = quantityToInvoice(order, item);
  return item.isVirtual ? invoice : Math.min(invoice, quantityToShip(order, item));
}

const isHeldBack = ({ state }: Order): boolean => state === "holded" || state === "payment_review";

export function canShip(order: Order): boolean {
  if (isHeldBack(order) || order.state === "canceled") return false;
  return order.items.some((item) => quantityToShip(order, item) > 0);
}
export function canInvoice(order: Order): boolean {
  if (isHeldBack(order) || ended.includes(order.state)) return false;
  return order.items.some((item) => quantityToInvoice(order, item) > 0);
}
export function canCancel(order: Order): boolean {
  if (isHeldBack(order) || ended.includes(order.state)) return false;
  return order.items.some((item) => quantityToInvoice(order, item) > 0);
}
export function canHold({ state }: Order): boolean {
  return !["holded", "payment_review", ...ended].includes(state);
}

/** Money that may still go back, in both currencies. */
export function refundable({ amounts }: Order): { base: number; order: number } {
  return minus(amounts.total_paid ?? nothing, amounts.total_refunded);
}

/** Where an order goes by itself once something was invoiced, shipped or refunded (StateResolver). */
export function advance(site: Site, order: Order): void {
  const { state, status } = order;
  if (state === "new" || state === "pending_payment") setState(order, "processing");
  if (order.state !== "canceled" && !isHeldBack(order) && !canInvoice(order) && !canShip(order)) {
    if (refundable(order).base <= 0 && (order.amounts.total_refunded?.base ?? 0) > 0)
      setState(order, "closed");
    else if (order.state === "processing") setState(order, "complete");
  }
  if (order.state !== state || order.status !== status) touch(site, order);
}

/** Adds a line to the order's history; the row of the order itself does not change by it. */
export function note(
  site: Site,
  order: Order,
  { comment, entityName }: { comment: string; entityName: string | null },
): void {
  order.histories.unshift({
    id: site.nextId("sales_order_status_history"),
    comment,
    createdAt: site.now(),
    entityName,
    isCustomerNotified: 0,
    isVisibleOnFront: 0,
    status: order.status,
  });
}
