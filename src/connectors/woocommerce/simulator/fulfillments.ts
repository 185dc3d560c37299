import { mysqlTime } from "./clock.js";
import { RestError } from "./errors.js";
import { sum } from "./items.js";
import { refundedQuantity, saveOrder, setMeta } from "./order.js";
import { productOf } from "./products.js";
import type { Site } from "./site.js";
import type { Fulfillment, Meta, Order } from "./state.js";

/** One entry of a fulfillment's `_items`. */
export interface FulfilledItem {
  item_id: number;
  qty: number;
}
/** A meta entry as a request has it. */
export interface GivenMeta {
  id?: number;
  key: string;
  value: unknown;
}

/** Creates a fulfillment. Entries without an "id" are dropped without a word (measured on 10.5.0). */
export function createFulfillment(
  site: Site,
  order: Order,
  fulfilled: boolean,
  given: GivenMeta[],
): Fulfillment {
  const entries = given.filter(({ id }) => id !== undefined && id !== null);
  checkItems(entries);
  const fulfillment: Fulfillment = {
    id: site.nextId("fulfillment"),
    orderId: order.id,
    fulfilled,
    updatedAt: site.now(),
    deletedAt: null,
    meta: entries.map(({ key, value }) => ({ id: site.nextId("fulfillmentMeta"), key, value })),
  };
  stampFulfilled(site, fulfillment);
  site.data.fulfillments.push(fulfillment);
  updateStatus(site, order);
  return fulfillment;
}

/** Replaces the meta: keys that are not sent are gone, `_items` included, which is refused. */
export function updateFulfillment(
  site: Site,
  order: Order,
  fulfillment: Fulfillment,
  fulfilled: boolean,
  given?: GivenMeta[],
): void {
  if (fulfillment.deletedAt !== null) {
    throw new RestError(0, "Cannot update meta for a deleted fulfillment.", 400);
  }
  const meta = given ? replaced(site, fulfillment.meta, given) : fulfillment.meta;
  checkItems(meta);
  fulfillment.meta = meta;
  fulfillment.fulfilled = fulfilled;
  fulfillment.updatedAt = site.now();
  stampFulfilled(site, fulfillment);
  updateStatus(site, order);
}

/** Soft: the row stays and cannot be read any more. Deleting it again is answered as the first time. */
export function deleteFulfillment(site: Site, order: Order, fulfillment: Fulfillment): void {
  if (fulfillment.deletedAt !== null) return;
  fulfillment.deletedAt = site.now();
  updateStatus(site, order);
}

/** The fulfillments of an order that are not deleted. */
export function fulfillmentsOf({ data }: Site, order: Order): Fulfillment[] {
  return data.fulfillments.filter(
    ({ orderId, deletedAt }) => orderId === order.id && deletedAt === null,
  );
}

export function itemsOf({ meta }: Fulfillment): FulfilledItem[] {
  return (meta.find(({ key }) => key === "_items")?.value ?? []) as FulfilledItem[];
}

/** When an order is first processed or completed, its downloads count as delivered. */
export function autoFulfill(site: Site, order: Order): void {
  if (order.meta.some(({ key }) => key === "_auto_fulfill_processed") || order.lines.length === 0)
    return;
  const items = order.lines
    .filter((line) => productOf(line)?.digital)
    .map(({ id, quantity }) => ({ item_id: id, qty: quantity }));
  if (items.length > 0)
    createFulfillment(site, order, true, [{ id: 0, key: "_items", value: items }]);
  setMeta(site, order, "_auto_fulfill_processed", "1");
}

/** A refund takes units out of drafts only, and only those that are not open otherwise. */
export function trimDrafts(site: Site, order: Order): void {
  const all = fulfillmentsOf(site, order);
  const excess = new Map(
    order.lines.map(({ id, quantity }) => [
      id,
      refundedQuantity(site, order, id) - Math.max(0, quantity - fulfilledQuantity(all, id)),
    ]),
  );
  if (all.length === 0 || !Array.from(excess.values()).some((left) => left > 0)) return;
  for (const draft of all.filter(({ fulfilled }) => !fulfilled)) {
    const items = itemsOf(draft).map(({ item_id, qty }) => {
      const taken = Math.min(qty, Math.max(0, excess.get(item_id) ?? 0));
      excess.set(item_id, (excess.get(item_id) ?? 0) - taken);
      return { item_id, qty: qty - taken };
    });
    const kept = items.filter(({ qty }) => qty > 0);
    if (kept.length === 0) draft.deletedAt = site.now();
    else
      draft.meta = draft.meta.map((each) =>
        each.key === "_items" ? { ...each, value: kept } : each,
      );
  }
  updateStatus(site, order);
}

/** Puts what the fulfillments say together into the order's meta and saves it, which tells order.updated. */
function updateStatus(site: Site, order: Order): void {
  const all = fulfillmentsOf(site, order);
  setMeta(site, order, "_fulfillment_status", all.length === 0 ? null : overall(site, order, all));
  saveOrder(site, order);
}

function overall(site: Site, order: Order, all: Fulfillment[]): string {
  const isOpen = order.lines.some(
    ({ id, quantity }) => quantity - refundedQuantity(site, order, id) > fulfilledQuantity(all, id),
  );
  if (!isOpen && all.every(({ fulfilled }) => fulfilled)) return "fulfilled";
  return all.some(({ fulfilled }) => fulfilled) ? "partially_fulfilled" : "unfulfilled";
}

/** Units of a line in fulfillments, drafts included. */
export function fulfilledQuantity(all: readonly Fulfillment[], lineId: number): number {
  const items = all.flatMap(itemsOf).filter(({ item_id }) => item_id === lineId);
  return sum(items, ({ qty }) => qty);
}

function stampFulfilled(site: Site, { fulfilled, meta, updatedAt }: Fulfillment): void {
  if (!fulfilled || meta.some(({ key }) => key === "_date_fulfilled")) return;
  meta.push({
    id: site.nextId("fulfillmentMeta"),
    key: "_date_fulfilled",
    value: mysqlTime(updatedAt),
  });
}

function replaced(site: Site, before: readonly Meta[], given: readonly GivenMeta[]): Meta[] {
  return given.map(({ id, key, value }) => {
    const old = before.find((each) => (id ? each.id === id : each.key === key));
    return { id: old?.id ?? site.nextId("fulfillmentMeta"), key, value };
  });
}

/** Shape only: neither the quantity nor the order of an item is looked at (measured: 50 of 3 is taken). */
function checkItems(meta: readonly { key: string; value: unknown }[]): void {
  const items = meta.find(({ key }) => key === "_items")?.value;
  if (!items || (Array.isArray(items) && items.length === 0)) {
    throw new RestError(0, "The fulfillment should contain at least one item.", 400);
  }
  if (!Array.isArray(items))
    throw new RestError(0, "The fulfillment items should be an array.", 400);
  for (const { item_id, qty } of items as FulfilledItem[]) {
    const isWhole = Number.isInteger(item_id) && typeof qty === "number";
    if (!isWhole || item_id <= 0 || qty <= 0) throw new RestError(0, "Invalid item.", 400);
  }
}
