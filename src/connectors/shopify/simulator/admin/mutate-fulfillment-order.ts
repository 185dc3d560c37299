import { hold, move, release, type Units } from "../shop/holding.js";
import { idOf, type Shop } from "../shop/shop.js";
import type { FulfillmentOrder, Order } from "../shop/state.js";
import { isUnfinished } from "../shop/status.js";
import { type Asking, findFulfillmentOrder, type Refusal, readId } from "./asking.js";
import { fulfillmentOrderNode, holdNode } from "./fulfillment-nodes.js";
import type { Node } from "./nodes.js";
import { inOrder } from "./order-nodes.js";

interface HoldInput {
  reason: string;
  reasonNotes?: string | null;
  handle: string;
  externalId?: string | null;
  fulfillmentOrderLineItems: { id: string; quantity: number }[];
}

/** How many holds one app may place on one fulfillment order. */
const mostHolds = 10;

/** Holds, their release, and moves between locations. */
export function fulfillmentOrderMutations(shop: Shop) {
  const nodeOf = (order: Order, part: FulfillmentOrder | null): Node | null =>
    part && inOrder(shop, order, fulfillmentOrderNode(shop, order, part));
  const refused = (refusal: Refusal) => ({
    fulfillmentHold: null,
    fulfillmentOrder: null,
    remainingFulfillmentOrder: null,
    movedFulfillmentOrder: null,
    originalFulfillmentOrder: null,
    userErrors: [refusal],
  });
  const unknown = refused({
    field: ["id"],
    message: "Fulfillment order does not exist.",
    code: "FULFILLMENT_ORDER_NOT_FOUND",
  });

  return {
    fulfillmentOrderHold(
      { id, fulfillmentHold: input }: { id: string; fulfillmentHold: HoldInput },
      asking: Asking,
    ) {
      const found = findFulfillmentOrder(shop, asking, id);
      if (!found) return unknown;
      const { order, part } = found;
      const units = readUnits(part, input.fulfillmentOrderLineItems);
      const problem = whyNotHold(part, input, units);
      if (problem) return refused(problem);
      const { hold: placed, remaining } = hold(shop, order, part, {
        handle: input.handle,
        reason: input.reason,
        reasonNotes: input.reasonNotes ?? null,
        externalId: input.externalId ?? null,
        byApp: true,
        units: units ?? [],
      });
      return {
        fulfillmentHold: holdNode(placed),
        fulfillmentOrder: nodeOf(order, part),
        remainingFulfillmentOrder: nodeOf(order, remaining),
        userErrors: [],
      };
    },

    fulfillmentOrderReleaseHold({ id, holdIds, externalId }: ReleaseArguments, asking: Asking) {
      const found = findFulfillmentOrder(shop, asking, id);
      if (!found) return unknown;
      if (found.part.status !== "ON_HOLD")
        return refused({ field: ["id"], message: "The fulfillment order is not on hold." });
      const named = holdIds?.map((each) => readId("FulfillmentHold", each));
      release(shop, found.part, (each) => {
        if (named && !named.includes(each.id)) return false;
        return !externalId || externalId === each.externalId;
      });
      return { fulfillmentOrder: nodeOf(found.order, found.part), userErrors: [] };
    },

    fulfillmentOrderMove(given: MoveArguments, asking: Asking) {
      const found = findFulfillmentOrder(shop, asking, given.id);
      if (!found) return refused({ field: ["id"], message: "Fulfillment order does not exist." });
      const { order, part } = found;
      const locationId = readId("Location", given.newLocationId);
      const units = readUnits(part, given.fulfillmentOrderLineItems ?? []);
      const problem = whyNotMove(shop, part, locationId, units);
      if (problem) return refused(problem);
      const { moved, remaining } = move(shop, order, part, { locationId, units: units ?? [] });
      return {
        movedFulfillmentOrder: nodeOf(order, moved),
        originalFulfillmentOrder: nodeOf(order, part),
        remainingFulfillmentOrder: nodeOf(order, remaining),
        userErrors: [],
      };
    },
  };
}

interface ReleaseArguments {
  id: string;
  /** Without them every hold is lifted. */
  holdIds?: string[] | null;
  externalId?: string | null;
}

interface MoveArguments {
  id: string;
  newLocationId: string;
  fulfillmentOrderLineItems?: { id: string; quantity: number }[] | null;
}

function whyNotHold(
  part: FulfillmentOrder,
  { handle }: HoldInput,
  units: Units[] | null,
): Refusal | null {
  const ofApp = part.holds.filter(({ byApp }) => byApp);
  if (!isUnfinished(part))
    return {
      field: ["id"],
      message: "The fulfillment order is not in an open state.",
      code: "TAKEN",
    };
  if (ofApp.some((each) => each.handle === handle))
    return {
      field: ["fulfillmentHold", "handle"],
      message:
        "The handle provided for the fulfillment hold is already in use by this app for another hold on this fulfillment order.",
      code: "DUPLICATE_FULFILLMENT_HOLD_HANDLE",
    };
  if (ofApp.length >= mostHolds)
    return {
      field: ["id"],
      message:
        "The maximum number of fulfillment holds for this fulfillment order has been reached for this app.",
      code: "FULFILLMENT_ORDER_HOLD_LIMIT_REACHED",
    };
  if (units === null)
    return {
      field: ["fulfillmentHold", "fulfillmentOrderLineItems"],
      message: "The line item quantity is invalid.",
      code: "INVALID_LINE_ITEM_QUANTITY",
    };
  if (units.length > 0 && part.status === "ON_HOLD")
    return {
      field: ["fulfillmentHold", "fulfillmentOrderLineItems"],
      message: "The fulfillment order is not in a splittable state.",
      code: "FULFILLMENT_ORDER_NOT_SPLITTABLE",
    };
  return null;
}

function whyNotMove(
  shop: Shop,
  part: FulfillmentOrder,
  locationId: string,
  units: Units[] | null,
): Refusal | null {
  if (!isUnfinished(part))
    return { field: ["id"], message: "Cannot change the location of a closed fulfillment order." };
  if (!shop.data.locations.some(({ id }) => id === locationId))
    return { field: ["newLocationId"], message: "Location not found." };
  if (locationId === part.locationId)
    return {
      field: ["newLocationId"],
      message: "The fulfillment order is already assigned to this location.",
    };
  return units
    ? null
    : { field: ["fulfillmentOrderLineItems"], message: "The line item quantity is invalid." };
}

/** The units that the given lines mean; null where one is unknown, twice, or more than is left. */
function readUnits(
  part: FulfillmentOrder,
  given: { id: string; quantity: number }[],
): Units[] | null {
  const units = given.map(({ id, quantity }) => ({
    line: part.lines.find((line) => line.id === idOf("FulfillmentOrderLineItem", id)),
    quantity,
  }));
  const distinct = new Set(units.map(({ line }) => line)).size === units.length;
  const valid = units.filter((each): each is Units => {
    return each.line !== undefined && each.quantity > 0 && each.quantity <= each.line.remaining;
  });
  return distinct && valid.length === units.length ? valid : null;
}
