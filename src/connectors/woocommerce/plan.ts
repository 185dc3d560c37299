import type { z } from "zod";
import type {
  Command,
  FulfillmentCancel,
  FulfillmentCreate,
  FulfillmentTrackingUpdate,
  PackageWish,
  Step,
} from "../../domain/command.js";
import { GatewayError } from "../../domain/errors.js";
import type { Fulfillment } from "../../domain/fulfillment.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { countQuantities } from "../../domain/quantities.js";
import { byLine, type LineQuantity, lessQuantity } from "../../domain/quantity.js";
import { onlyTracking, parcelsOf } from "../parcel.js";
import { cannot, KEEP_HOLD, KEEP_RELEASE, KEEP_SCAN, type Plans, planBy, QUIET } from "../plan.js";
import { nativeLines, reportedId, shipmentOf } from "../wish.js";
import { count, goods } from "../words.js";
import { noteStep, planAddress, planCancel, planNote, statusStep } from "./plan-order.js";
import { planRefund } from "./plan-refund.js";
import type { requests } from "./request.js";
import type { Shop } from "./shop.js";
import { TRACKING_PREFIX } from "./tracking.js";

/** The effects that a command needs in this shop, in order. Pure; throws GatewayError where the shop cannot do it. */
export function planSteps(command: Command, order: Order, shop: Shop): Step[] {
  const plans: Plans = {
    FULFILLMENT_CREATE: (wish) => planShipment(wish, order, shop),
    FULFILLMENT_TRACKING_UPDATE: (wish) => planTracking(wish, order),
    FULFILLMENT_CANCEL: (wish) => planShipmentCancel(wish, order),
    TRACKING_EVENT_ADD: () => [KEEP_SCAN],
    FULFILLMENT_ORDER_HOLD: () => [KEEP_HOLD],
    FULFILLMENT_ORDER_RELEASE: () => [KEEP_RELEASE],
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
  if (!shop.coreFulfillments) return planKeptShipment(command, order);
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

/** Where the shop has no shipments: a note, the status once nothing is left, and the shipment in our own books. */
function planKeptShipment(command: FulfillmentCreate, order: Order): Step[] {
  const { lines, packages } = command;
  const steps = [
    noteStep(
      shipmentNote(lines, packages, order),
      command.notifyCustomer ?? false,
      "note the shipment",
    ),
  ];
  if (completes(lines, order)) steps.push(statusStep());
  steps.push({
    ...keptHere(`keep a shipment of ${goods(lines)}`),
    creates: { noun: "Fulfillment", lines, packages, locationId: null },
  });
  return steps;
}

function planTracking(command: FulfillmentTrackingUpdate, order: Order): Step[] {
  const shipment = shipmentOf(command.fulfillmentId, order);
  const summary = `set tracking of ${count(command.packages.length, "package")}`;
  if (shipment.owner === "GATEWAY") {
    const text = trackingNote(command.packages);
    const note = text ? [noteStep(text, command.notifyCustomer ?? false, "note the tracking")] : [];
    return [...note, keptHere(summary)];
  }
  const request: z.input<typeof requests.FULFILLMENT_TRACKING_UPDATE> = {
    fulfillmentId: nativeShipmentId(shipment),
    tracking: onlyTracking("WooCommerce", command, shipment),
    notify: command.notifyCustomer,
  };
  const kind = "FULFILLMENT_TRACKING_UPDATE";
  return [{ ...QUIET, kind, summary, support: "NATIVE", idempotent: "NATURAL", request }];
}

function planShipmentCancel(command: FulfillmentCancel, order: Order): Step[] {
  const shipment = shipmentOf(command.fulfillmentId, order);
  const summary = "take the shipment back";
  if (shipment.owner === "GATEWAY") return [keptHere(summary)];
  const request: z.input<typeof requests.FULFILLMENT_CANCEL> = {
    fulfillmentId: nativeShipmentId(shipment),
    notify: command.notifyCustomer,
  };
  const kind = "FULFILLMENT_CANCEL";
  return [{ ...QUIET, kind, summary, support: "NATIVE", idempotent: "NATURAL", request }];
}

function keptHere(summary: string): Step {
  const kind = "GATEWAY_SHIPMENT";
  return { ...QUIET, kind, summary, support: "EMULATED", idempotent: "NATURAL", request: {} };
}

function nativeShipmentId(shipment: Fulfillment): string {
  const nativeId = reportedId("fulfillment", shipment);
  if (nativeId.startsWith(TRACKING_PREFIX))
    throw cannot(
      `fulfillment ${shipment.id} is kept by an extension of the shop and can only be changed there`,
    );
  return nativeId;
}

/** Whether nothing that needs shipping is left after these lines. */
function completes(lines: readonly LineQuantity[], order: Order): boolean {
  const shipping = byLine(lines);
  const { byLine: counted } = countQuantities(order);
  return present(order.lines)
    .filter((line) => line.requiresShipping)
    .every((line) => {
      const open = counted.get(line.id)?.fulfillable ?? 0;
      return lessQuantity(open, shipping.get(line.id) ?? 0) === 0;
    });
}

function shipmentNote(lines: LineQuantity[], packages: PackageWish[], order: Order): string {
  const goods = lines.map(({ lineId, quantity }) => {
    const line = order.lines.find((it) => it.id === lineId);
    return `${quantity} × ${line?.sku ?? line?.name ?? lineId}`;
  });
  return [`Shipped: ${goods.join(", ")}.`, trackingNote(packages)].filter(Boolean).join(" ");
}

function trackingNote(packages: readonly PackageWish[]): string {
  return packages
    .flatMap(({ tracking }) => tracking ?? [])
    .map(({ carrier, number, url }) =>
      ["Tracking:", carrier, number, url].filter(Boolean).join(" "),
    )
    .join("; ");
}
