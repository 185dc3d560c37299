import type { z } from "zod";
import type {
  Command,
  FulfillmentCreate,
  FulfillmentOrderMove,
  FulfillmentTrackingUpdate,
  OrderCancel,
  OrderNoteAdd,
  PackageWish,
  Step,
} from "../../domain/command.js";
import { isZero } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { type LineQuantity, roundQuantity } from "../../domain/quantity.js";
import { type Share, shareLines } from "../parcel.js";
import { cannot, KEEP_MOVE, KEEP_SCAN, type Plans, planBy, QUIET } from "../plan.js";
import { lineOf, reportedId, shipmentOf } from "../wish.js";
import { count } from "../words.js";
import { isBilledWhole } from "./capture.js";
import { planAddress } from "./plan-address.js";
import { planHold, planRelease } from "./plan-hold.js";
import { planRefunds, refundSteps } from "./plan-refund.js";
import { returnPlans } from "./plan-return.js";
import type { requests, Track } from "./request.js";
import type { Shop } from "./shop.js";

/** The effects that a command needs in this shop, in order. Pure; throws GatewayError where the shop cannot do it. */
export function planSteps(command: Command, order: Order, shop: Shop): Step[] {
  const plans: Plans = {
    FULFILLMENT_CREATE: (wish) => planShipments(wish, order, shop),
    FULFILLMENT_TRACKING_UPDATE: (wish) => [planTracking(wish, order)],
    FULFILLMENT_CANCEL: () => {
      throw cannot("a shipment in Magento cannot be taken back; refund what came back instead");
    },
    TRACKING_EVENT_ADD: () => [KEEP_SCAN],
    FULFILLMENT_ORDER_HOLD: planHold,
    FULFILLMENT_ORDER_RELEASE: (wish) => planRelease(wish, order),
    FULFILLMENT_ORDER_MOVE: (wish) => planMove(wish, shop),
    ORDER_CANCEL: (wish) => planCancel(wish, order),
    ORDER_NOTE_ADD: (wish) => [planNote(wish)],
    ORDER_ADDRESS_UPDATE: (wish) => [planAddress(wish)],
    REFUND_CREATE: (wish) => planRefunds(wish, order),
    ...returnPlans(order, shop),
  };
  return planBy("Magento", plans, command);
}

function planMove({ lines }: FulfillmentOrderMove, shop: Shop): Step[] {
  if (shop.sources !== true) throw cannot("this Magento shop has no sources to ship from");
  if (lines !== null)
    throw cannot("the gateway keeps one source for all that is left; leave the lines out");
  return [KEEP_MOVE];
}

function planShipments(command: FulfillmentCreate, order: Order, shop: Shop): Step[] {
  if (command.fulfillmentOrderId !== null)
    throw cannot("Magento knows no fulfillment orders; leave fulfillmentOrderId out");
  if (command.locationId !== null && shop.sources !== true)
    throw cannot("this Magento shop has no sources to ship from; leave locationId out");
  const { lines, packages } = shippable(command, order);
  return shareLines(lines, packages).map((parcel) => planShipment(parcel, command, order));
}

/**
 * A wish without what Magento ships no rows of: virtual goods, and parts of a bundle that leaves as a whole with it. Throws
 * where nothing is left.
 */
function shippable(
  { lines, packages }: FulfillmentCreate,
  order: Order,
): Pick<FulfillmentCreate, "lines" | "packages"> {
  const asked = new Set(lines.map(({ lineId }) => lineId));
  const leaves = ({ lineId }: LineQuantity) => {
    const { requiresShipping, parentLineId } = lineOf(lineId, order);
    return requiresShipping || (parentLineId !== null && !asked.has(parentLineId));
  };
  const left = lines.filter(leaves);
  if (left.length === 0)
    throw cannot("Magento ships no virtual goods, and nothing else is among these lines");
  return {
    lines: left,
    packages: packages
      .map((wish) => ({ wish, lines: wish.lines.filter(leaves) }))
      .filter(({ wish, lines: kept }) => kept.length > 0 || wish.lines.length === 0)
      .map(({ wish, lines: kept }) => ({ ...wish, lines: kept })),
  };
}

function planShipment(parcel: Share, command: FulfillmentCreate, order: Order): Step {
  const { lines, packages } = parcel;
  const tracks = tracksOf(packages);
  const request: z.input<typeof requests.FULFILLMENT_CREATE> = {
    rows: lines.map(({ lineId, quantity }) => ({
      rowId: lineOf(lineId, order).nativeId,
      quantity,
    })),
    parts: partsOf(lines, order),
    tracks,
    sourceCode: command.locationId,
    // Magento tells its customer only when asked to.
    notify: command.notifyCustomer ?? false,
  };
  const from = command.locationId ? ` from ${command.locationId}` : "";
  return {
    money: false,
    kind: "FULFILLMENT_CREATE",
    summary: `ship ${count(lines.length, "line")}${from}${tracks.length > 0 ? ` with ${count(tracks.length, "track")}` : ""}`,
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    request,
    creates: { noun: "Fulfillment", lines, packages, locationId: command.locationId },
  };
}

/**
 * Parts of the bundles among these lines, in proportion. Magento ships a bundle by its own row or by those of its parts,
 * as the product was set up, and passes over the rows that do not count.
 */
function partsOf(lines: readonly LineQuantity[], order: Order) {
  const asked = new Set(lines.map(({ lineId }) => lineId));
  return lines.flatMap(({ lineId, quantity }) => {
    const whole = lineOf(lineId, order);
    return present(order.lines)
      .filter((line) => line.parentLineId === lineId && !asked.has(line.id) && whole.ordered > 0)
      .map((line) => ({
        rowId: lineOf(line.id, order).nativeId,
        quantity: roundQuantity((line.ordered / whole.ordered) * quantity),
      }));
  });
}

function planTracking(command: FulfillmentTrackingUpdate, order: Order): Step {
  const shipment = shipmentOf(command.fulfillmentId, order);
  const request: z.input<typeof requests.FULFILLMENT_TRACKING_UPDATE> = {
    shipmentId: reportedId("fulfillment", shipment),
    tracks: tracksOf(command.packages),
    replace: command.replace,
    notify: command.notifyCustomer ?? false,
  };
  return {
    ...QUIET,
    kind: "FULFILLMENT_TRACKING_UPDATE",
    summary: `${command.replace ? "set" : "add"} tracking of ${count(command.packages.length, "package")}`,
    support: "EMULATED",
    idempotent: "NATURAL",
    request,
  };
}

/**
 * What was billed cannot be canceled: its money is given back, which closes an order that was billed whole. Of any other
 * the rest is canceled after that, since Magento refunds nothing of an order that is canceled.
 */
function planCancel({ restock, refund, notifyCustomer }: OrderCancel, order: Order): Step[] {
  const notify = notifyCustomer ?? false;
  const refunds =
    refund && !isZero(refund.amount.shop)
      ? refundSteps(refund, order, { notify, cancels: true })
      : [];
  if (refunds.length > 0 && isBilledWhole(order)) return refunds;
  const stock = restock ? "" : ", although it was asked not to";
  const request: z.input<typeof requests.ORDER_CANCEL> = {};
  const what = refunds.length > 0 ? "what was not billed" : "the order";
  return [
    ...refunds,
    {
      ...QUIET,
      kind: "ORDER_CANCEL",
      summary: `cancel ${what}; Magento gives its stock free by itself${stock}`,
      support: "NATIVE",
      idempotent: "NATURAL",
      request,
    },
  ];
}

function planNote({ text }: OrderNoteAdd): Step {
  const request: z.input<typeof requests.ORDER_NOTE_ADD> = { text };
  return {
    ...QUIET,
    kind: "ORDER_NOTE_ADD",
    summary: "add a comment to the order, for the shop's staff",
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    request,
  };
}

function tracksOf(packages: readonly PackageWish[]): Track[] {
  return packages
    .flatMap(({ tracking }) => tracking ?? [])
    .map(({ number, carrier, carrierCode }) => ({ number, carrier, carrierCode }));
}
