import { shown } from "./amount.js";
import { dbTime } from "./clock.js";
import { ApiError, noEntity } from "./errors.js";
import type { Given, ObjectShape } from "./input.js";
import type { Site } from "./site.js";
import type { Item, Order, Return, ReturnComment, ReturnItem } from "./state.js";

const itemShape: ObjectShape = {
  entity_id: "int",
  rma_entity_id: "int",
  order_item_id: "int",
  qty_requested: "int",
  qty_authorized: "int",
  qty_approved: "int",
  qty_returned: "int",
  reason: "string",
  condition: "string",
  resolution: "string",
  status: "string",
  extension_attributes: {},
};
export const commentShape: ObjectShape = {
  comment: "string",
  rma_entity_id: "int",
  created_at: "string",
  entity_id: "int",
  customer_notified: "bool",
  visible_on_front: "bool",
  status: "string",
  admin: "bool",
  extension_attributes: {},
  custom_attributes: { list: { attribute_code: "string", value: "any" } },
};
export const trackShape: ObjectShape = {
  entity_id: "int",
  rma_entity_id: "int",
  track_number: "string",
  carrier_title: "string",
  carrier_code: "string",
  extension_attributes: {},
};
/** The data object of a return, as the schema of Adobe Commerce 2.4.8 has it. */
export const returnShape: ObjectShape = {
  increment_id: "string",
  entity_id: "int",
  order_id: "int",
  order_increment_id: "string",
  store_id: "int",
  customer_id: "int",
  date_requested: "string",
  customer_custom_email: "string",
  items: { list: itemShape },
  status: "string",
  comments: { list: commentShape },
  tracks: { list: trackShape },
  extension_attributes: {},
  custom_attributes: { list: { attribute_code: "string", value: "any" } },
};

/** What a return or an item of one may be (Sales > Returns). */
const statuses = [
  "pending",
  "authorized",
  "partially_authorized",
  "denied",
  "received",
  "received_on_item",
  "approved",
  "approved_on_item",
  "rejected",
  "rejected_on_item",
  "processed_closed",
  "closed",
];

/** Reasons, conditions and resolutions are ids of options, as text. */
export const returnOptions: Readonly<Record<string, readonly string[]>> = {
  reason: ["Wrong Color", "Wrong Size", "Out of Service", "Defective", "No Longer Needed", "Other"],
  condition: ["Unopened", "Opened", "Damaged"],
  resolution: ["Exchange", "Refund", "Store Credit"],
};
const firstOption: Readonly<Record<string, number>> = {
  reason: 200,
  condition: 210,
  resolution: 220,
};
/** The id of an option by its place. */
export function optionId(attribute: string, index: number): string {
  return String((firstOption[attribute] ?? 0) + index);
}

/** Requests a return, or changes the one given: its status, and per item how many are through each step. */
export function saveReturn(site: Site, wish: Given, existing: Return | null): Return {
  const order = existing
    ? site.data.orders[String(existing.orderId)]
    : site.data.orders[String(wish.order_id)];
  if (!order) throw noEntity();
  if (existing && isOver(existing)) throw unsaved("The return is closed.");
  const now = site.now();
  const saved: Return = structuredClone(existing) ?? {
    id: site.nextId("magento_rma"),
    incrementId: site.nextNumber("rma", order.storeId),
    orderId: order.id,
    requestedAt: now,
    updatedAt: now,
    email: typeof wish.customer_custom_email === "string" ? wish.customer_custom_email : null,
    status: "pending",
    items: [],
    comments: [],
    tracks: [],
  };
  for (const item of listIn(wish.items)) {
    const known = saved.items.find(({ id }) => id === item.entity_id);
    if (known) Object.assign(known, quantitiesIn(item), textsIn(item));
    else saved.items.push(newItem(site, order, item));
  }
  if (saved.items.length === 0) throw unsaved("You have no product(s) that can be returned.");
  for (const item of saved.items) check(order, item);
  if (typeof wish.status === "string") saved.status = statusIn(wish.status);
  if (!existing)
    for (const comment of listIn(wish.comments)) addReturnComment(site, saved, comment);
  saved.updatedAt = now;
  site.data.returns = [...site.data.returns.filter(({ id }) => id !== saved.id), saved];
  site.changed();
  return saved;
}

export function addReturnComment(site: Site, rma: Return, given: Given): void {
  rma.comments.push({
    id: site.nextId("magento_rma_status_history"),
    comment: String(given.comment ?? ""),
    createdAt: site.now(),
    customerNotified: given.customer_notified === true,
    visibleOnFront: given.visible_on_front === true,
    status: rma.status,
    admin: true,
  });
  site.changed();
}

/** The customer asks, in the shop's own account pages. */
export function requestReturn(
  site: Site,
  order: Order,
  lines: readonly { item: Item; quantity: number }[],
): Return {
  const items = lines.map(({ item, quantity }) => ({
    order_item_id: item.id,
    qty_requested: quantity,
    reason: optionId("reason", 1),
    condition: optionId("condition", 1),
    resolution: optionId("resolution", 1),
  }));
  return saveReturn(site, { order_id: order.id, items }, null);
}

/** The merchant agrees to all of it, and takes all of it in. */
export function takeIn(site: Site, rma: Return): Return {
  const step = (status: string, fields: (item: ReturnItem) => Given): void => {
    const items = rma.items.map((item) => ({ entity_id: item.id, status, ...fields(item) }));
    Object.assign(rma, saveReturn(site, { status, items }, rma));
  };
  const isNew = rma.status === "pending";
  if (isNew) step("authorized", ({ requested }) => ({ qty_authorized: requested }));
  step("received", ({ authorized }) => ({ qty_returned: authorized }));
  step("approved", ({ returned }) => ({ qty_approved: returned }));
  return rma;
}

function isOver({ status }: Return): boolean {
  return ["denied", "closed", "processed_closed"].includes(status);
}

/** A return with everything below it. */
export function viewReturn(order: Order, { id, ...rma }: Return): Record<string, unknown> {
  return {
    ...returnRow(order, { id, ...rma }),
    items: rma.items.map((item) => ({
      entity_id: item.id,
      rma_entity_id: id,
      order_item_id: item.orderItemId,
      qty_requested: item.requested,
      qty_authorized: item.authorized,
      qty_approved: item.approved,
      qty_returned: item.returned,
      reason: item.reason,
      condition: item.condition,
      resolution: item.resolution,
      status: item.status,
    })),
    comments: rma.comments.map((comment) => viewReturnComment(id, comment)),
    tracks: rma.tracks.map((track) => viewReturnTrack(id, track)),
  };
}

/** Columns of magento_rma. */
export function returnRow(order: Order, rma: Return): Record<string, unknown> {
  return {
    increment_id: rma.incrementId,
    entity_id: rma.id,
    order_id: order.id,
    order_increment_id: order.incrementId,
    store_id: order.storeId,
    customer_id: order.customer.id,
    date_requested: dbTime(rma.requestedAt),
    customer_custom_email: rma.email,
    status: rma.status,
  };
}

export function viewReturnComment(rma_entity_id: number, comment: ReturnComment) {
  return {
    comment: comment.comment,
    rma_entity_id,
    created_at: dbTime(comment.createdAt),
    entity_id: comment.id,
    customer_notified: comment.customerNotified,
    visible_on_front: comment.visibleOnFront,
    status: comment.status,
    admin: comment.admin,
  };
}

export function viewReturnTrack(rma_entity_id: number, { id, ...track }: Return["tracks"][number]) {
  return { entity_id: id, rma_entity_id, ...track };
}

function newItem(site: Site, order: Order, item: Given): ReturnItem {
  const ordered = order.items.find((each) => each.id === item.order_item_id);
  if (!ordered) throw unsaved("You have no product(s) that can be returned.");
  const requested = Number(item.qty_requested ?? 0);
  const open = shown(ordered.shipped) - returning(site, order, ordered.id);
  if (requested <= 0 || requested > open)
    throw new ApiError(400, "A quantity of %1 is greater than you can return.", [ordered.name]);
  return {
    id: site.nextId("magento_rma_item_entity"),
    orderItemId: ordered.id,
    requested,
    authorized: 0,
    approved: 0,
    returned: 0,
    reason: "",
    condition: "",
    resolution: "",
    status: "pending",
    ...quantitiesIn(item),
    ...textsIn(item),
  };
}

/** What other returns of the order took or may take of a row. */
function returning({ data }: Site, order: Order, itemId: number): number {
  return data.returns
    .filter((rma) => rma.orderId === order.id && rma.status !== "denied")
    .flatMap((rma) => rma.items.map((item) => ({ item, over: isOver(rma) })))
    .filter(({ item }) => item.orderItemId === itemId && item.status !== "denied")
    .reduce((all, { item, over }) => all + (over ? item.returned : item.requested), 0);
}

/** Each step takes no more than the one before, and every item says why, how and what for. */
function check(order: Order, item: ReturnItem): void {
  const name = order.items.find(({ id }) => id === item.orderItemId)?.name ?? "";
  const { requested, authorized, returned, approved } = item;
  if (authorized > requested || returned > authorized || approved > returned)
    throw unsaved(`There is an error in quantities for item ${name}.`);
  statusIn(item.status);
  for (const attribute of Object.keys(returnOptions)) {
    const value = item[attribute as "reason" | "condition" | "resolution"];
    const known = returnOptions[attribute]?.some((_, at) => optionId(attribute, at) === value);
    if (!known) throw unsaved(`"${attribute}" is a required value.`);
  }
}

function statusIn(status: string): string {
  if (statuses.includes(status)) return status;
  throw unsaved(`The "${status}" status is not known.`);
}

function unsaved(why: string): ApiError {
  return new ApiError(400, why);
}

function quantitiesIn(item: Given): Partial<ReturnItem> {
  const names = {
    qty_authorized: "authorized",
    qty_approved: "approved",
    qty_returned: "returned",
  };
  return picked(item, names, (value) => typeof value === "number");
}

function textsIn(item: Given): Partial<ReturnItem> {
  const names = {
    reason: "reason",
    condition: "condition",
    resolution: "resolution",
    status: "status",
  };
  return picked(item, names, (value) => typeof value === "string");
}

function picked(
  item: Given,
  names: Readonly<Record<string, string>>,
  isFit: (value: unknown) => boolean,
): Partial<ReturnItem> {
  const entries = Object.entries(names).filter(([name]) => isFit(item[name]));
  return Object.fromEntries(entries.map(([name, own]) => [own, item[name]]));
}

function listIn(value: unknown): Given[] {
  return Array.isArray(value) ? (value as Given[]) : [];
}
