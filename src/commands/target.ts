import type { Viewer } from "../domain/scope.js";
import { orderOfPart } from "../store/commands.js";
import type { Database } from "../store/db.js";
import { findOrder } from "../store/orders.js";
import type { UserErrorData, Wish } from "./face.js";
import { pathOf } from "./path.js";
import { basic } from "./refusal.js";

/** The order that a wish is about, and where it lives. */
export interface Target {
  orderId: string;
  channelId: string;
  nativeId: string;
}

/** Finds what a wish is about; null where it does not exist or is not visible to this viewer. */
export async function findTarget(
  db: Database,
  viewer: Viewer,
  wish: Subject,
): Promise<Target | null> {
  return db.forTenant(viewer.tenantId, async (tx) => {
    const { noun, id } = subjectOf(wish);
    const orderId = noun === "order" ? id : (await orderOfPart(tx, viewer.tenantId, id))?.orderId;
    const found = orderId ? await findOrder(tx, viewer.tenantId, orderId) : null;
    if (!found || !orderId) return null;
    const visible = viewer.channelIds === null || viewer.channelIds.includes(found.channelId);
    return visible ? { orderId, ...found } : null;
  });
}

/** Says that what a wish is about is not there. */
export function unknownTarget(wish: Wish): UserErrorData {
  const { noun, field, id } = subjectOf(wish);
  return basic(
    "NOT_FOUND",
    `${noun} ${id} does not exist or is not visible to this key`,
    pathOf(wish, field),
  );
}

/** What names a wish's subject: an order, or a part of one. */
type Subject =
  | { orderId: string }
  | { fulfillmentId: string }
  | { packageId: string }
  | { fulfillmentOrderId: string }
  | { returnId: string };

/** What a wish is about, and the field that names it. */
function subjectOf(wish: Subject) {
  if ("orderId" in wish) return { noun: "order", field: "orderId", id: wish.orderId } as const;
  if ("fulfillmentId" in wish)
    return { noun: "fulfillment", field: "fulfillmentId", id: wish.fulfillmentId } as const;
  if ("packageId" in wish)
    return { noun: "package", field: "packageId", id: wish.packageId } as const;
  if ("fulfillmentOrderId" in wish)
    return { noun: "fulfillment order", field: "id", id: wish.fulfillmentOrderId } as const;
  return { noun: "return", field: "returnId", id: wish.returnId } as const;
}
