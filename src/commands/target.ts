import type { Viewer } from "../domain/scope.js";
import { orderOfPart } from "../store/commands.js";
import type { Database } from "../store/db.js";
import { findOrder } from "../store/orders.js";
import type { UserErrorData, Wish } from "./face.js";
import { basic } from "./refusal.js";

/** The order that a wish is about, and where it lives. */
export interface Target {
  orderId: string;
  channelId: string;
  nativeId: string;
}

/** Finds what a wish is about; null where it does not exist or is not visible to this viewer. */
export async function findTarget(db: Database, viewer: Viewer, wish: Wish): Promise<Target | null> {
  return db.forTenant(viewer.tenantId, async (tx) => {
    const part =
      "fulfillmentId" in wish ? wish.fulfillmentId : "packageId" in wish ? wish.packageId : null;
    const orderId =
      part === null
        ? (wish as { orderId: string }).orderId
        : (await orderOfPart(tx, viewer.tenantId, part))?.orderId;
    const found = orderId ? await findOrder(tx, viewer.tenantId, orderId) : null;
    if (!found || !orderId) return null;
    const visible = viewer.channelIds === null || viewer.channelIds.includes(found.channelId);
    return visible ? { orderId, ...found } : null;
  });
}

/** Says that what a wish is about is not there. */
export function unknownTarget(wish: Wish): UserErrorData {
  if ("fulfillmentId" in wish)
    return basic(
      "NOT_FOUND",
      `fulfillment ${wish.fulfillmentId} does not exist or is not visible to this key`,
      ["fulfillmentId"],
    );
  if ("packageId" in wish)
    return basic(
      "NOT_FOUND",
      `package ${wish.packageId} does not exist or is not visible to this key`,
      ["packageId"],
    );
  const path = wish.type === "ORDER_REFRESH" ? ["orderId"] : ["input", "orderId"];
  return basic(
    "NOT_FOUND",
    `order ${wish.orderId} does not exist or is not visible to this key`,
    path,
  );
}
