import { shown } from "./amount.js";
import { dbTime } from "./clock.js";
import { ApiError, noEntity } from "./errors.js";
import type { Given, ObjectShape } from "./input.js";
import type { Site } from "./site.js";
import type { Order, Return, ReturnComment, ReturnItem } from "./state.js";

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

/** Requests a return, or changes the one given: its status, and per item how many are through each step. */
export function saveReturn(site: Site, wish: Given, existing: Return | null): Return {
  const order = existing
    ? site.data.orders[String(existing.orderId)]
    : site.data.orders[String(wish.order_id)];
  if (!order) throw noEntity();
  const now = site.now();
  const saved: Return = existing ?? {
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
    else saved.items.push(newItem(order, item, site.nextId("magento_rma_item_entity")));
  }
  if (typeof wish.status === "string") saved.status = wish.status;
  saved.updatedAt = now;
  if (!existing) site.data.returns.push(saved);
  site.changed();
  return saved;
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

function newItem(order: Order, item: Given, id: number): ReturnItem {
  const ordered = order.items.find((each) => each.id === item.order_item_id);
  const requested = Number(item.qty_requested ?? 0);
  if (!ordered) throw new ApiError(400, "You have no product(s) that can be returned.");
  if (requested <= 0 || requested > shown(ordered.shipped))
    throw new ApiError(400, "A quantity of %1 is greater than you can return.", [ordered.name]);
  return {
    id,
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
