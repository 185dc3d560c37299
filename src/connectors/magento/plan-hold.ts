import type { z } from "zod";
import type { FulfillmentOrderHold, FulfillmentOrderRelease, Step } from "../../domain/command.js";
import type { Order } from "../../domain/order.js";
import { keptHolds } from "../../domain/work.js";
import { KEEP_HOLD, KEEP_RELEASE, QUIET } from "../plan.js";
import type { requests } from "./request.js";

/** Kept here, where it keeps back what the gateway ships; and Magento puts the whole order on hold, which its staff see. */
export function planHold({ reason, note }: FulfillmentOrderHold): Step[] {
  return [KEEP_HOLD, status("put the whole order on hold in the shop", { hold: { reason, note } })];
}

/** Magento's hold ends with the last of ours. */
export function planRelease(
  { fulfillmentOrderId, holdIds }: FulfillmentOrderRelease,
  { fulfillmentOrders }: Order,
): Step[] {
  const work = fulfillmentOrders.find(({ id }) => id === fulfillmentOrderId);
  const others = work ? keptHolds(work).filter(({ id }) => !holdIds.includes(id)) : [];
  if (others.length > 0) return [KEEP_RELEASE];
  return [KEEP_RELEASE, status("release the order in the shop", { hold: null })];
}

function status(summary: string, request: z.input<typeof requests.ORDER_STATUS>): Step {
  return {
    ...QUIET,
    kind: "ORDER_STATUS",
    summary,
    support: "EMULATED",
    idempotent: "NATURAL",
    request,
  };
}
