import { autoFulfill } from "./fulfillments.js";
import { needsProcessing } from "./items.js";
import { addNote } from "./notes.js";
import { insertRefund, remainingRefund, saveOrder, setMeta } from "./order.js";
import { productOf, stockId } from "./products.js";
import type { Site } from "./site.js";
import type { Order } from "./state.js";
import { nameOfStatus } from "./statuses.js";

/** Puts a new order into the site; order.created is told. A status beyond pending takes its effects. */
export function insertOrder(site: Site, order: Order): void {
  const { status } = order;
  setMeta(site, order, "_order_number", order.number);
  site.data.orders[order.id] = order;
  order.status = "pending";
  site.emit("order.created", order.id);
  if (status !== "pending") changeStatus(site, order, status);
}

/** The money has come: an open order goes on to processing, or to completed where nothing is to be sent. */
export function completePayment(site: Site, order: Order, transactionId = ""): void {
  if (!["pending", "on-hold", "failed", "cancelled"].includes(order.status)) return;
  if (transactionId) order.transactionId = transactionId;
  order.paidAt ??= site.now();
  const note = "Payment complete.";
  changeStatus(site, order, needsProcessing(order) ? "processing" : "completed", note);
}

/** Moves an order to a status with all that follows from it, and saves it. */
export function changeStatus(site: Site, order: Order, status: string, note?: string): void {
  const before = order.status;
  if (before === status) {
    saveOrder(site, order);
    return;
  }
  order.status = status;
  const isPaid = status === "processing" || status === "completed";
  if (isPaid) order.paidAt ??= site.now();
  if (status === "completed") order.completedAt = site.now();
  if (before !== "trash") {
    const change = `Order status changed from ${nameOfStatus(before)} to ${nameOfStatus(status)}.`;
    addNote(site, order.id, note ?? change);
  }
  if (isPaid || status === "on-hold") reduceStock(site, order);
  if (status === "cancelled" || status === "pending") restoreStock(site, order);
  if (isPaid && site.fulfillments) autoFulfill(site, order);
  if (status === "refunded") refundWhatIsLeft(site, order);
  // Out of the bin, 9.9.5 tells nobody; 10.5 tells order.updated (measured).
  if (before === "trash" && site.version === "9.9.5") {
    order.modifiedAt = site.now();
    site.changed();
  } else saveOrder(site, order);
}

/** To the trash: still readable, told as order.deleted and not as updated. */
export function trashOrder(site: Site, order: Order): void {
  order.status = "trash";
  order.modifiedAt = site.now();
  site.emit("order.deleted", order.id);
}

/** For good, with refunds and fulfillments; nobody is told (measured). */
export function eraseOrder(site: Site, { id }: Order): void {
  const { data } = site;
  delete data.orders[id];
  data.refunds = data.refunds.filter(({ orderId }) => orderId !== id);
  data.notes = data.notes.filter(({ orderId }) => orderId !== id);
  data.fulfillments = data.fulfillments.filter(({ orderId }) => orderId !== id);
  site.changed();
}

/** A merchant who sets the status "refunded" by hand gets a refund of the rest, without lines. */
function refundWhatIsLeft(site: Site, order: Order): void {
  const amount = remainingRefund(site, order);
  if (amount <= 0) return;
  insertRefund(site, order, { amount, reason: "Order fully refunded.", paid: false, items: [] });
}

/** Each line's stock is taken once; the line remembers it in `_reduced_stock`. */
function reduceStock(site: Site, order: Order): void {
  const told: string[] = [];
  for (const line of order.lines) {
    const stock = site.data.stock[stockId(line)];
    if (productOf(line)?.digital !== false || stock === undefined) continue;
    if (line.meta.some(({ key }) => key === "_reduced_stock")) continue;
    line.meta.push({
      id: site.nextId("itemMeta"),
      key: "_reduced_stock",
      value: String(line.quantity),
    });
    site.data.stock[stockId(line)] = stock - line.quantity;
    told.push(`${line.name} (${stock}&rarr;${stock - line.quantity})`);
  }
  if (told.length > 0) addNote(site, order.id, `Stock levels reduced: ${told.join(", ")}`);
}

function restoreStock(site: Site, order: Order): void {
  for (const line of order.lines) {
    const reduced = line.meta.find(({ key }) => key === "_reduced_stock");
    if (!reduced) continue;
    site.data.stock[stockId(line)] = (site.data.stock[stockId(line)] ?? 0) + Number(reduced.value);
    line.meta = line.meta.filter((each) => each !== reduced);
  }
}
