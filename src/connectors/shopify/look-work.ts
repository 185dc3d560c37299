import { refuse } from "./outcome.js";
import type { FulfillmentOrderFragment } from "./payload.js";
import type { RequestOf } from "./request.js";
import type { Look, Sought } from "./sight.js";

/** A hold bears our token as its handle, which Shopify takes once for each fulfillment order and app. */
export const lookForHold: Look<"hold"> = (
  { fulfillmentOrders },
  { fulfillmentOrderId },
  sought,
) => {
  const hold = heldBy(workIn(fulfillmentOrders.nodes, fulfillmentOrderId), sought);
  return hold ? { nativeId: hold.id } : null;
};

export function heldBy({ fulfillmentHolds }: FulfillmentOrderFragment, { marker }: Sought) {
  return fulfillmentHolds.find(({ handle }) => handle === marker);
}

export const lookForRelease: Look<"release"> = ({ fulfillmentOrders }, request) => {
  const work = workIn(fulfillmentOrders.nodes, request.fulfillmentOrderId);
  return holdsLeft(work, request).length === 0 ? { nativeId: work.id } : null;
};

/** Which of the holds are still there. */
export function holdsLeft(
  { fulfillmentHolds }: FulfillmentOrderFragment,
  { holdIds }: RequestOf<"release">,
): string[] {
  return holdIds.filter((id) => fulfillmentHolds.some((hold) => hold.id === id));
}

export const lookForMove: Look<"move"> = ({ fulfillmentOrders }, request) =>
  isMoved(fulfillmentOrders.nodes, request) ? { nativeId: null } : null;

/** Whether the pieces are at the place that they were to go to; throws Refusal where only some are. */
export function isMoved(
  works: readonly FulfillmentOrderFragment[],
  { locationId, pieces, before }: RequestOf<"move">,
): boolean {
  const there = works
    .filter((work) => work.status !== "CANCELLED")
    .filter(({ assignedLocation }) => assignedLocation.location?.id === locationId)
    .flatMap(({ lineItems }) => lineItems.nodes);
  const arrived = pieces.map(({ lineItemId, quantity }) => {
    const now = there.filter(({ lineItem }) => lineItem.id === lineItemId);
    const were = before.filter((each) => each.lineItemId === lineItemId);
    const units =
      now.reduce((sum, { totalQuantity }) => sum + totalQuantity, 0) -
      were.reduce((sum, each) => sum + each.quantity, 0);
    return units >= quantity ? "all" : units > 0 ? "some" : "none";
  });
  if (arrived.every((each) => each === "all")) return true;
  if (arrived.every((each) => each === "none")) return false;
  throw refuse("ALREADY_IN_STATE", "some of these pieces have been moved since, others not");
}

/** Work as it is now, which must be there. */
export function workIn(
  works: readonly FulfillmentOrderFragment[],
  id: string,
): FulfillmentOrderFragment {
  const work = works.find((each) => each.id === id);
  if (!work) throw refuse("NOT_FOUND", `${id} is gone`);
  return work;
}
