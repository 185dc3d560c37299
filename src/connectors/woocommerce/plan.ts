import type { z } from "zod";
import type {
  Command,
  FulfillmentCancel,
  FulfillmentCreate,
  FulfillmentTrackingUpdate,
  Step,
} from "../../domain/command.js";
import { GatewayError } from "../../domain/errors.js";
import type { Fulfillment } from "../../domain/fulfillment.js";
import type { Order } from "../../domain/order.js";
import { onlyTracking, parcelsOf } from "../parcel.js";
import { cannot, KEEP_HOLD, KEEP_RELEASE, KEEP_SCAN, type Plans, planBy, QUIET } from "../plan.js";
import { nativeLines, reportedId, shipmentOf } from "../wish.js";
import { count, goods } from "../words.js";
import { keptHere, noteTracking, planKeptShipment } from "./plan-kept.js";
import { noteHold, noteRelease, planAddress, planCancel, planNote } from "./plan-order.js";
import { planRefund } from "./plan-refund.js";
import { planTrackedCancel, planTrackedShipment, planTrackedUpdate } from "./plan-tracked.js";
import type { requests } from "./request.js";
import type { Shop, Trackings } from "./shop.js";
import { SHIPMENT_PREFIX, TRACKING_PREFIX } from "./tracking.js";

/** The effects that a command needs in this shop, in order. Pure; throws GatewayError where the shop cannot do it. */
export function planSteps(command: Command, order: Order, shop: Shop): Step[] {
  const plans: Plans = {
    FULFILLMENT_CREATE: (wish) => planShipment(wish, order, shop),
    FULFILLMENT_TRACKING_UPDATE: (wish) => planTracking(wish, order, shop),
    FULFILLMENT_CANCEL: (wish) => planShipmentCancel(wish, order, shop),
    TRACKING_EVENT_ADD: () => [KEEP_SCAN],
    FULFILLMENT_ORDER_HOLD: (wish) => [KEEP_HOLD, noteHold(wish)],
    FULFILLMENT_ORDER_RELEASE: () => [KEEP_RELEASE, noteRelease()],
    ORDER_CANCEL: (wish) => planCancel(wish, order, shop),
    ORDER_NOTE_ADD: (wish) => [planNote(wish)],
    ORDER_ADDRESS_UPDATE: (wish) => [planAddress(wish)],
    REFUND_CREATE: (wish) => planRefund(wish, order, shop),
  };
  return planBy("WooCommerce", plans, command);
}

function planShipment(command: FulfillmentCreate, order: Order, shop: Shop): Step[] {
  if (command.locationId !== null || command.fulfillmentOrderId !== null)
    throw cannot("WooCommerce knows neither locations nor fulfillment orders; leave them out");
  if (shop.coreFulfillments === null)
    throw new GatewayError(
      "CHANNEL_UNAVAILABLE",
      "how this WooCommerce shop ships is not known yet: it has to be probed first",
    );
  if (!shop.coreFulfillments)
    return shop.trackings
      ? planTrackedShipment(command, order, shop.trackings)
      : planKeptShipment(command, order);
  return parcelsOf("WooCommerce", "fulfillment", command.lines, command.packages).map(
    (parcel): Step => {
      const request: z.input<typeof requests.FULFILLMENT_CREATE> = {
        items: nativeLines(parcel.lines, order).map(({ lineId, quantity }) => ({
          itemId: lineId,
          quantity,
        })),
        tracking: parcel.package?.tracking ?? null,
        notify: command.notifyCustomer,
      };
      return {
        ...QUIET,
        kind: "FULFILLMENT_CREATE",
        summary: `ship ${goods(parcel.lines)}${parcel.package?.tracking ? " with tracking" : ""}`,
        support: "NATIVE",
        idempotent: "CHECK_THEN_ACT",
        request,
        creates: {
          noun: "Fulfillment",
          lines: parcel.lines,
          packages: parcel.package ? [parcel.package] : [],
          locationId: null,
        },
      };
    },
  );
}

function planTracking(command: FulfillmentTrackingUpdate, order: Order, shop: Shop): Step[] {
  const shipment = shipmentOf(command.fulfillmentId, order);
  const trackings = trackingsFor(shipment, shop);
  if (trackings) return planTrackedUpdate(command, shipment, trackings);
  const summary = `set tracking of ${count(command.packages.length, "package")}`;
  if (shipment.owner === "GATEWAY")
    return [...noteTracking(command.packages, command.notifyCustomer ?? false), keptHere(summary)];
  const request: z.input<typeof requests.FULFILLMENT_TRACKING_UPDATE> = {
    fulfillmentId: nativeShipmentId(shipment),
    tracking: onlyTracking("WooCommerce", command, shipment),
    notify: command.notifyCustomer,
  };
  const kind = "FULFILLMENT_TRACKING_UPDATE";
  return [{ ...QUIET, kind, summary, support: "NATIVE", idempotent: "NATURAL", request }];
}

function planShipmentCancel(command: FulfillmentCancel, order: Order, shop: Shop): Step[] {
  const shipment = shipmentOf(command.fulfillmentId, order);
  if (trackingsFor(shipment, shop)) return planTrackedCancel(shipment, order);
  const summary = "take the shipment back";
  if (shipment.owner === "GATEWAY") return [keptHere(summary)];
  const request: z.input<typeof requests.FULFILLMENT_CANCEL> = {
    fulfillmentId: nativeShipmentId(shipment),
    notify: command.notifyCustomer,
  };
  const kind = "FULFILLMENT_CANCEL";
  return [{ ...QUIET, kind, summary, support: "NATIVE", idempotent: "NATURAL", request }];
}

/** The extension that a change of this shipment goes to; null where it goes to a core fulfillment, or stays here. */
function trackingsFor(shipment: Fulfillment, shop: Shop): Trackings | null {
  if (shipment.owner === "GATEWAY") return shop.coreFulfillments ? null : shop.trackings;
  return isTracked(shipment) ? shop.trackings : null;
}

function isTracked({ nativeId }: Fulfillment): boolean {
  return [TRACKING_PREFIX, SHIPMENT_PREFIX].some((prefix) => nativeId?.startsWith(prefix));
}

function nativeShipmentId(shipment: Fulfillment): string {
  if (isTracked(shipment))
    throw cannot(
      `fulfillment ${shipment.id} is a tracking of an extension that the shop has no more; activate it there, or change the order there`,
    );
  return reportedId("fulfillment", shipment);
}
