import type { z } from "zod";
import type {
  FulfillmentCreate,
  FulfillmentTrackingUpdate,
  PackageWish,
  Step,
  TrackingWish,
} from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import type { Fulfillment } from "../../domain/fulfillment.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { type Parcel, parcelsOf } from "../parcel.js";
import { cannot, QUIET } from "../plan.js";
import { nativeLines, reportedId } from "../wish.js";
import { count, goods } from "../words.js";
import { completes, keptHere, keptShipment, noteShipment } from "./plan-kept.js";
import { statusStep } from "./plan-order.js";
import type { requests } from "./request.js";
import type { Trackings } from "./shop.js";

/**
 * Where an extension keeps trackings: one for each parcel with a number; the others are noted and kept here. The status
 * follows once nothing is left, whose mail to the customer names the trackings.
 */
export function planTrackedShipment(
  command: FulfillmentCreate,
  order: Order,
  trackings: Trackings,
): Step[] {
  checkNumbers(command.packages, trackings);
  const parcels = parcelsOf("WooCommerce", "tracking", command.lines, command.packages);
  const untracked = parcels.filter((parcel) => !parcel.package?.tracking);
  const isLast = completes(command.lines, order);
  const tell = command.notifyCustomer ?? false;
  // One tracking for all that is left is what the extension is made for; anything less is told here only.
  const support = isLast && parcels.length === 1 ? "NATIVE" : "EMULATED";
  const steps = parcels.flatMap((parcel) => {
    const tracking = parcel.package?.tracking;
    return tracking ? [{ ...trackedStep(parcel, tracking, command, order), support } as const] : [];
  });
  const status: Step[] = isLast ? [{ ...statusStep(), support }] : [];
  const noted = tell && !isLast ? parcels : untracked;
  const notes = noted.map((parcel) =>
    noteShipment(parcel.lines, parcel.package ? [parcel.package] : [], tell, order),
  );
  const kept = untracked.map((parcel) =>
    keptShipment(parcel.lines, parcel.package ? [parcel.package] : []),
  );
  return [...steps, ...notes, ...status, ...kept];
}

function trackedStep(
  parcel: Parcel,
  tracking: TrackingWish,
  { shippedAt }: FulfillmentCreate,
  order: Order,
): Omit<Step, "support"> {
  const request: z.input<typeof requests.TRACKED_SHIPMENT> = {
    via: "trackings",
    items: nativeLines(parcel.lines, order).map(({ lineId, quantity }) => ({
      itemId: lineId,
      quantity,
    })),
    tracking,
    shippedAt,
  };
  return {
    ...QUIET,
    kind: "FULFILLMENT_CREATE",
    summary: `ship ${goods(parcel.lines)}: add a tracking to the order, and its lines to the order's meta`,
    idempotent: "CHECK_THEN_ACT",
    request,
    creates: {
      noun: "Fulfillment",
      lines: parcel.lines,
      packages: parcel.package ? [parcel.package] : [],
      locationId: null,
    },
  };
}

/** Trackings cannot be changed: new ones are added first, then the old ones go. */
export function planTrackedUpdate(
  command: FulfillmentTrackingUpdate,
  shipment: Fulfillment,
  trackings: Trackings,
): Step[] {
  checkNumbers(command.packages, trackings);
  const isKept = shipment.owner === "GATEWAY";
  const before = trackingsBefore(shipment);
  const wished = command.packages.flatMap(({ tracking }) => tracking ?? []);
  const wanted = [...(command.replace ? [] : before), ...wished].map(numberOf);
  if (wanted.length === 0 && !isKept)
    throw cannot(
      `fulfillment ${shipment.id} is nothing but its tracking in this shop; take the shipment back instead`,
    );
  const id = isKept ? null : reportedId("fulfillment", shipment);
  const numbers = [...new Set([...before, ...wished].map(numberOf))];
  const news = wished.filter((tracking) => !before.some((old) => isSame(old, tracking)));
  const steps = news.map((tracking) => addStep({ shipment: id, numbers, tracking }));
  const isReplaced = news.some((tracking) => before.some((old) => isNumber(old, tracking)));
  if (isReplaced || numbers.some((number) => !wanted.includes(number)))
    steps.push(tidyStep("FULFILLMENT_TRACKING_UPDATE", numbers, wanted));
  if (isKept) steps.push(keptHere(`set tracking of ${count(command.packages.length, "package")}`));
  return steps;
}

/** A shipment is taken back by taking its trackings away. */
export function planTrackedCancel(shipment: Fulfillment, order: Order): Step[] {
  const isKept = shipment.owner === "GATEWAY";
  if (!isKept) reportedId("fulfillment", shipment);
  const numbers = trackingsBefore(shipment).map(numberOf);
  const tidy = {
    ...tidyStep("FULFILLMENT_CANCEL", numbers, []),
    ...(order.head.completedAt ? { warning: STAYS_COMPLETED } : {}),
  };
  return [...(numbers.length > 0 ? [tidy] : []), ...(isKept ? [keptHere(TAKE_BACK)] : [])];
}

const TAKE_BACK = "take the shipment back";
const STAYS_COMPLETED =
  "the order stays Completed in the shop: set it to Processing there where it is to be shipped again";

function addStep(request: Omit<z.input<typeof requests.TRACKING_ADD>, "via">): Step {
  const full: z.input<typeof requests.TRACKING_ADD> = { via: "trackings", ...request };
  return {
    ...QUIET,
    kind: "FULFILLMENT_TRACKING_UPDATE",
    summary: "add a tracking to the order",
    support: "EMULATED",
    idempotent: "CHECK_THEN_ACT",
    request: full,
  };
}

function tidyStep(
  kind: "FULFILLMENT_TRACKING_UPDATE" | "FULFILLMENT_CANCEL",
  numbers: string[],
  wanted: string[],
): Step {
  const request: z.input<typeof requests.TRACKING_TIDY> = { via: "trackings", numbers, wanted };
  return {
    ...QUIET,
    kind,
    summary: kind === "FULFILLMENT_CANCEL" ? TAKE_BACK : "delete the trackings it replaces",
    support: kind === "FULFILLMENT_CANCEL" ? "NATIVE" : "EMULATED",
    idempotent: "NATURAL",
    request,
  };
}

function trackingsBefore(shipment: Fulfillment): TrackingWish[] {
  return present(shipment.packages).flatMap(({ tracking }) => tracking ?? []);
}

/** Whether a wish says nothing that is not there. */
function isSame(old: TrackingWish, wish: TrackingWish): boolean {
  return isNumber(old, wish) && (wish.carrier ?? wish.carrierCode ?? wish.url) === null;
}

function isNumber(one: TrackingWish, other: TrackingWish): boolean {
  return numberOf(one) === numberOf(other);
}

function numberOf({ number }: TrackingWish): string {
  return normalizeTrackingNumber(number);
}

/** AST refuses other signs, in words about an order that is not there. */
function checkNumbers(packages: readonly PackageWish[], { plugin }: Trackings): void {
  const bad = packages.find(({ tracking }) => /[^a-z0-9- ]/i.test(tracking?.number ?? ""));
  if (plugin === "ast" && bad)
    throw new InvalidInput(
      `AST takes letters, digits, spaces and dashes in a tracking number, not "${bad.tracking?.number}"`,
      ["packages"],
    );
}
