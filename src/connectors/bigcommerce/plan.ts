import type { z } from "zod";
import type {
  Command,
  FulfillmentCancel,
  FulfillmentCreate,
  FulfillmentTrackingUpdate,
  OrderCancel,
  Step,
  TrackingWish,
} from "../../domain/command.js";
import { InvalidInput, NotFound } from "../../domain/errors.js";
import type { FulfillmentOrder } from "../../domain/fulfillment.js";
import { isZero } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import type { LineQuantity } from "../../domain/quantity.js";
import { onlyTracking } from "../parcel.js";
import { cannot, KEEP_HOLD, KEEP_RELEASE, KEEP_SCAN, type Plans, planBy, QUIET } from "../plan.js";
import { lineOf, reportedId, shipmentOf } from "../wish.js";
import { count } from "../words.js";
import { carrierWords } from "./carrier.js";
import { addressIdOf } from "./consignment.js";
import { parcelsByAddress } from "./parcel.js";
import { noteHold, noteRelease, planAddress, planNote } from "./plan-head.js";
import { planRefund, refundStep } from "./plan-refund.js";
import type { requests, TrackingFields } from "./request.js";
import { MOVES_BACK } from "./status.js";

/** The effects that a command needs in this store, in order. Pure; throws GatewayError where the store cannot do it. */
export function planSteps(command: Command, order: Order): Step[] {
  const plans: Plans = {
    FULFILLMENT_CREATE: (wish) => planShipments(wish, order),
    FULFILLMENT_TRACKING_UPDATE: (wish) => [planTracking(wish, order)],
    FULFILLMENT_CANCEL: (wish) => planShipmentCancel(wish, order),
    TRACKING_EVENT_ADD: () => [KEEP_SCAN],
    FULFILLMENT_ORDER_HOLD: (wish) => [KEEP_HOLD, noteHold(wish)],
    FULFILLMENT_ORDER_RELEASE: () => [KEEP_RELEASE, noteRelease()],
    ORDER_CANCEL: (wish) => planCancel(wish, order),
    ORDER_NOTE_ADD: (wish) => [planNote(wish)],
    ORDER_ADDRESS_UPDATE: (wish) => [planAddress(wish, order)],
    REFUND_CREATE: (wish) => [planRefund(wish, order)],
  };
  return planBy("BigCommerce", plans, command);
}

const EFFECT = { ...QUIET, support: "NATIVE", idempotent: "NATURAL", request: {} } as const;

function planShipments(command: FulfillmentCreate, order: Order): Step[] {
  if (command.locationId !== null)
    throw cannot("BigCommerce's shipments name no place they leave from; leave the location out");
  const work = workOf(command, order);
  const parcels = parcelsByAddress(command.lines, command.packages, (lineId) =>
    addressOfLine(lineId, work),
  );
  return parcels.map((parcel): Step => {
    const tracking = parcel.package?.tracking ?? null;
    const request: z.input<typeof requests.FULFILLMENT_CREATE> = {
      addressId: parcel.addressId,
      items: itemsOf(parcel.lines, order),
      tracking: tracking ? trackingFields(tracking) : NO_TRACKING,
    };
    return {
      ...EFFECT,
      kind: "FULFILLMENT_CREATE",
      summary: `ship ${count(parcel.lines.length, "line")} to address ${parcel.addressId}${tracking ? " with tracking" : ""}`,
      idempotent: "CHECK_THEN_ACT",
      request,
      creates: {
        noun: "Fulfillment",
        lines: parcel.lines,
        packages: parcel.package ? [parcel.package] : [],
        locationId: null,
      },
    };
  });
}

/** The work that a shipment may take its lines from: all of it, or the piece that was named. */
function workOf({ fulfillmentOrderId }: FulfillmentCreate, order: Order): FulfillmentOrder[] {
  const all = present(order.fulfillmentOrders);
  if (fulfillmentOrderId === null) return all;
  const named = all.filter((work) => work.id === fulfillmentOrderId);
  if (named.length === 0) throw new NotFound("fulfillment order", fulfillmentOrderId);
  return named;
}

function addressOfLine(lineId: string, all: readonly FulfillmentOrder[]): string {
  const work = all.find((it) => it.lines.some((line) => line.lineId === lineId));
  if (!work)
    throw new InvalidInput(
      `line ${lineId} goes to no address, or not to that of the fulfillment order; it cannot be shipped`,
      ["lines"],
    );
  const addressId = addressIdOf(work.nativeId ?? "");
  if (addressId === null)
    throw cannot(`line ${lineId} is picked up; BigCommerce ships nothing of it`);
  return addressId;
}

function planTracking(command: FulfillmentTrackingUpdate, order: Order): Step {
  const shipment = shipmentOf(command.fulfillmentId, order);
  const tracking = onlyTracking("BigCommerce", command, shipment);
  const request: z.input<typeof requests.FULFILLMENT_TRACKING_UPDATE> = {
    shipmentId: reportedId("fulfillment", shipment),
    tracking: tracking ? trackingFields(tracking) : NO_TRACKING,
  };
  return {
    ...EFFECT,
    kind: "FULFILLMENT_TRACKING_UPDATE",
    summary: tracking ? "set the tracking of a shipment" : "take the tracking off a shipment",
    request,
  };
}

/** Deleting a shipment leaves the status where it is, so that is put back in a step of its own. */
function planShipmentCancel(command: FulfillmentCancel, order: Order): Step[] {
  const shipment = shipmentOf(command.fulfillmentId, order);
  const request: z.input<typeof requests.FULFILLMENT_CANCEL> = {
    shipmentId: reportedId("fulfillment", shipment),
  };
  const steps: Step[] = [
    { ...EFFECT, kind: "FULFILLMENT_CANCEL", summary: "delete the shipment", request },
  ];
  const statusId = order.head.platformStatuses.find((it) => it.field === "status_id")?.value;
  if (MOVES_BACK.has(Number(statusId)))
    steps.push({
      ...EFFECT,
      kind: "ORDER_STATUS",
      summary: "put the order's status back to what is still shipped",
    });
  return steps;
}

/**
 * Money goes back before the status is set: a refund writes its own status (4 or 14) over Cancelled, and the control panel
 * refunds no order that is cancelled.
 */
function planCancel({ restock, refund }: OrderCancel, order: Order): Step[] {
  const stock = restock ? "is to go back" : "is not to go back";
  const cancel: Step = {
    ...EFFECT,
    kind: "ORDER_CANCEL",
    summary: `set the status to Cancelled; the stock ${stock}, which the store's inventory settings decide`,
  };
  if (refund === null || isZero(refund.amount.presentment)) return [cancel];
  const step = refundStep(refund, order, false);
  return [{ ...step, summary: `first ${step.summary}` }, cancel];
}

/** The longest that BigCommerce takes (orders.v2). */
const MAX_LENGTH = { number: 50, url: 500 } as const;
/** Said even where there is nothing to say: a provider that is left out becomes "custom". */
const NO_TRACKING: TrackingFields = {
  tracking_number: "",
  tracking_link: "",
  shipping_provider: "",
  tracking_carrier: "",
};

function trackingFields({ number, url, carrier, carrierCode }: TrackingWish): TrackingFields {
  for (const [what, value] of [["number", number] as const, ["url", url ?? ""] as const])
    if (value.length > MAX_LENGTH[what])
      throw new InvalidInput(
        `a tracking ${what} of ${value.length} characters is longer than the ${MAX_LENGTH[what]} that BigCommerce keeps`,
        ["packages"],
      );
  const words = carrierWords({ carrier, carrierCode });
  const unknown = words.shipping_provider === "" && words.tracking_carrier === "";
  const name = carrier ?? carrierCode;
  return {
    tracking_number: number,
    tracking_link: url ?? "",
    ...words,
    ...(unknown && name ? { shipping_method: name } : {}),
  };
}

function itemsOf(
  lines: readonly LineQuantity[],
  order: Order,
): { productId: string; quantity: number }[] {
  return lines.map(({ lineId, quantity }) => {
    const { nativeId } = lineOf(lineId, order);
    if (!Number.isInteger(quantity))
      throw new InvalidInput(`BigCommerce ships whole pieces, not ${quantity} of line ${lineId}`, [
        "lines",
      ]);
    return { productId: nativeId, quantity };
  });
}
