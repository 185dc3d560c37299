import {
  addEvent,
  cancelFulfillment,
  fulfill,
  type Portion,
  replaceTracking,
  trackingUrl,
} from "../shop/fulfilling.js";
import { idOf, type Shop, seconds } from "../shop/shop.js";
import type { Fulfillment, FulfillmentOrder, ParcelEvent, TrackingInfo } from "../shop/state.js";
import {
  type Asking,
  type Found,
  findFulfillment,
  findFulfillmentOrder,
  notKept,
  type Refusal,
} from "./asking.js";
import { eventNode, fulfillmentNode } from "./fulfillment-nodes.js";
import type { Node } from "./nodes.js";
import { inOrder } from "./order-nodes.js";

interface TrackingInput {
  company?: string | null;
  number?: string | null;
  numbers?: string[] | null;
  url?: string | null;
  urls?: string[] | null;
}

interface FulfillmentInput {
  lineItemsByFulfillmentOrder: {
    fulfillmentOrderId: string;
    fulfillmentOrderLineItems?: { id: string; quantity: number }[] | null;
  }[];
  trackingInfo?: TrackingInput | null;
  originAddress?: object | null;
}

type EventInput = Partial<ParcelEvent> & { fulfillmentId: string; status: string };

/** Shipping, tracking, parcel events and taking a fulfillment back. */
export function fulfillmentMutations(shop: Shop) {
  const nodeOf = ({ order, part }: Found<Fulfillment>): Node =>
    inOrder(shop, order, fulfillmentNode(shop, order, part));
  const refused = (field: string[], message: string) => ({
    fulfillment: null,
    userErrors: [{ field, message }] satisfies Refusal[],
  });

  return {
    fulfillmentCreate({ fulfillment: input }: { fulfillment: FulfillmentInput }, asking: Asking) {
      if (input.originAddress) throw notKept("addresses of origin");
      const wishes = input.lineItemsByFulfillmentOrder.map(
        ({ fulfillmentOrderId, fulfillmentOrderLineItems }) => ({
          found: findFulfillmentOrder(shop, asking, fulfillmentOrderId),
          lines: fulfillmentOrderLineItems ?? [],
        }),
      );
      const checked = checkWishes(wishes);
      if ("problem" in checked) return refused(["fulfillment"], checked.problem);
      const { order, portions } = checked;
      const part = fulfill(shop, order, portions, readTracking(input.trackingInfo ?? {}));
      return { fulfillment: nodeOf({ order, part }), userErrors: [] };
    },

    fulfillmentTrackingInfoUpdate(
      given: { fulfillmentId: string; trackingInfoInput: TrackingInput },
      asking: Asking,
    ) {
      const found = findFulfillment(shop, asking, given.fulfillmentId);
      if (!found) return refused(["fulfillmentId"], "Fulfillment does not exist.");
      if (found.part.status === "CANCELLED")
        return refused(["fulfillmentId"], "Fulfillment is cancelled.");
      replaceTracking(shop, found.order, found.part, readTracking(given.trackingInfoInput));
      return { fulfillment: nodeOf(found), userErrors: [] };
    },

    fulfillmentCancel({ id }: { id: string }, asking: Asking) {
      const found = findFulfillment(shop, asking, id);
      if (!found) return refused(["id"], "Fulfillment not found.");
      if (found.part.status === "CANCELLED")
        return refused(["id"], "Fulfillment is already cancelled.");
      cancelFulfillment(shop, found.order, found.part);
      return { fulfillment: nodeOf(found), userErrors: [] };
    },

    fulfillmentEventCreate(
      { fulfillmentEvent: given }: { fulfillmentEvent: EventInput },
      asking: Asking,
    ) {
      const { fulfillmentId, happenedAt, ...event } = given;
      const found = findFulfillment(shop, asking, fulfillmentId);
      if (!found || found.part.status === "CANCELLED") {
        const message = found ? "Fulfillment is cancelled." : "Fulfillment does not exist.";
        return {
          fulfillmentEvent: null,
          userErrors: [{ field: ["fulfillmentEvent", "fulfillmentId"], message }],
        };
      }
      const at = happenedAt ? seconds(new Date(happenedAt)) : shop.now();
      const added = addEvent(shop, found.order, found.part, { ...event, happenedAt: at });
      return { fulfillmentEvent: eventNode(added), userErrors: [] };
    },
  };
}

interface Wish {
  found: Found<FulfillmentOrder> | undefined;
  lines: { id: string; quantity: number }[];
}

const badQuantity = "Invalid fulfillment order line item quantity requested.";

/** What a shipment takes from where, or why it cannot be: one order, one place, open, and no more than is left. */
function checkWishes(
  wishes: Wish[],
): { order: Found<FulfillmentOrder>["order"]; portions: Portion[] } | { problem: string } {
  const [first] = wishes;
  if (!first?.found) return { problem: "Fulfillment order does not exist." };
  const { order, part } = first.found;
  const portions: Portion[] = [];
  for (const { found, lines } of wishes) {
    if (!found) return { problem: "Fulfillment order does not exist." };
    const { status, id, locationId } = found.part;
    if (status !== "OPEN" && status !== "IN_PROGRESS")
      return {
        problem: `Fulfillment order ${id} has an unfulfillable status= ${status.toLowerCase()}.`,
      };
    if (found.order !== order)
      return { problem: "All fulfillment orders must belong to the same order." };
    if (locationId !== part.locationId)
      return { problem: "All fulfillment orders must be assigned to the same location." };
    const taken = takePortions(found.part, lines);
    if (!taken) return { problem: badQuantity };
    portions.push(...taken);
  }
  return { order, portions };
}

/** The portions that the given lines mean, all that is left where none are given; null when they ask too much. */
function takePortions(
  from: FulfillmentOrder,
  given: { id: string; quantity: number }[],
): Portion[] | null {
  if (given.length === 0) {
    const open = from.lines.filter(({ remaining }) => remaining > 0);
    return open.map((line) => ({ from, line, quantity: line.remaining }));
  }
  const portions: Portion[] = [];
  for (const { id, quantity } of given) {
    const line = from.lines.find((each) => each.id === idOf("FulfillmentOrderLineItem", id));
    if (
      !line ||
      quantity <= 0 ||
      quantity > line.remaining ||
      portions.some((each) => each.line === line)
    )
      return null;
    portions.push({ from, line, quantity });
  }
  return portions;
}

/** One parcel for each number or page address; the carrier is the same for all. */
function readTracking({
  company = null,
  number,
  numbers,
  url,
  urls,
}: TrackingInput): TrackingInfo[] {
  const allNumbers = numbers ?? (number ? [number] : []);
  const allUrls = urls ?? (url ? [url] : []);
  const parcels = Math.max(allNumbers.length, allUrls.length, company ? 1 : 0);
  return Array.from({ length: parcels }, (_, place) => {
    const each = allNumbers[place] ?? null;
    return { company, number: each, url: allUrls[place] ?? trackingUrl(company, each) };
  });
}
