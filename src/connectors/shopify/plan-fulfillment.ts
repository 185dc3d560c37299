import type { FulfillmentCreate, PackageWish, Step } from "../../domain/command.js";
import { GatewayError, InvalidInput } from "../../domain/errors.js";
import type { FulfillmentOrder } from "../../domain/fulfillment.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import {
  byLine,
  type LineQuantity,
  lessQuantity,
  type Quantity,
  sumQuantities,
} from "../../domain/quantity.js";
import type { RequestOf } from "./request.js";
import { parcelsOf, trackingOf } from "./tracking.js";

/**
 * A shipment as fulfillments of Shopify's: lines are found in the fulfillment orders that are open, and there is
 * one step for each location, since one call may take work of one location only. Packages that name their lines
 * are shipped one by one, as Shopify does not keep which line is in which package.
 */
export function planFulfillment(command: FulfillmentCreate, order: Order): Step[] {
  const part = command.lines.find(({ quantity }) => !Number.isInteger(quantity));
  if (part)
    throw new InvalidInput(
      `${part.quantity} of line ${part.lineId} cannot be shipped: Shopify counts in whole units`,
      ["lines"],
    );
  const works = present(order.fulfillmentOrders).filter(
    ({ id, locationId }) =>
      (command.fulfillmentOrderId === null || id === command.fulfillmentOrderId) &&
      (command.locationId === null || locationId === command.locationId),
  );
  if (works.length === 0) throw noWork(command);
  const taken = new Map<string, Quantity>();
  const shipments = shipmentsOf(command).flatMap(({ lines, packages }) => {
    const picks = lines.flatMap((line) => pick(line, works, taken));
    return byLocation(picks).map((group) => ({ picks: group, packages }));
  });
  checkPackages(command, shipments.length);
  return shipments.map((shipment) => toStep(shipment.picks, shipment.packages, command));
}

/** So many units of a line out of one row of a fulfillment order. */
interface Pick {
  work: FulfillmentOrder;
  rowId: string;
  line: LineQuantity;
}

/** What is to be shipped together, before locations part it. */
function shipmentsOf(command: FulfillmentCreate): {
  lines: LineQuantity[];
  packages: PackageWish[];
}[] {
  const named = command.packages.filter(({ lines }) => lines.length > 0);
  if (named.length === 0) return [{ lines: command.lines, packages: command.packages }];
  if (named.length < command.packages.length)
    throw new InvalidInput("name the lines of every package or of none", ["packages"]);
  const packed = byLine(named.flatMap(({ lines }) => lines));
  const wanted = byLine(command.lines);
  for (const lineId of new Set([...packed.keys(), ...wanted.keys()]))
    if ((packed.get(lineId) ?? 0) !== (wanted.get(lineId) ?? 0))
      throw new InvalidInput(
        `line ${lineId}: ${wanted.get(lineId) ?? 0} to ship, but ${packed.get(lineId) ?? 0} in packages`,
        ["packages"],
      );
  return named.map((each) => ({ lines: each.lines, packages: [each] }));
}

/** Finds a line in the work that can be fulfilled now, fulfillment order by fulfillment order. */
function pick(
  { lineId, quantity }: LineQuantity,
  works: FulfillmentOrder[],
  taken: Map<string, Quantity>,
): Pick[] {
  const picks: Pick[] = [];
  let missing = quantity;
  for (const work of works.filter(isOpen))
    for (const row of work.lines.filter((each) => each.lineId === lineId)) {
      const free = lessQuantity(row.remaining, taken.get(row.nativeId) ?? 0);
      const part = Math.min(free, missing);
      if (part <= 0) continue;
      taken.set(row.nativeId, sumQuantities([taken.get(row.nativeId) ?? 0, part]));
      missing = lessQuantity(missing, part);
      picks.push({ work, rowId: row.nativeId, line: { lineId, quantity: part } });
    }
  if (missing > 0) throw notEnough({ lineId, quantity }, missing, works);
  return picks;
}

function isOpen({ supportedActions }: FulfillmentOrder): boolean {
  return supportedActions.includes("CREATE_FULFILLMENT");
}

function byLocation(picks: Pick[]): Pick[][] {
  const groups = new Map<string | null, Pick[]>();
  for (const each of picks) {
    const { locationId } = each.work;
    groups.set(locationId, [...(groups.get(locationId) ?? []), each]);
  }
  return [...groups.values()];
}

function toStep(picks: Pick[], packages: PackageWish[], command: FulfillmentCreate): Step {
  const parcels = parcelsOf(packages);
  const request: RequestOf<"fulfill"> = {
    act: "fulfill",
    work: workOf(picks),
    tracking: parcels.length === 0 ? null : trackingOf(parcels),
    notifyCustomer: command.notifyCustomer,
  };
  const lines = [...byLine(picks.map(({ line }) => line))].map(([lineId, quantity]) => ({
    lineId,
    quantity,
  }));
  const units = sumQuantities(lines.map(({ quantity }) => quantity));
  const place = picks[0]?.work.locationName ?? "its location";
  return {
    summary: `ship ${units} ${units === 1 ? "unit" : "units"} of ${lines.length} ${lines.length === 1 ? "line" : "lines"} from ${place}`,
    kind: "FULFILLMENT_CREATE",
    money: false,
    support: "NATIVE",
    idempotent: "CHECK_THEN_ACT",
    request,
    creates: {
      noun: "Fulfillment",
      lines,
      packages,
      locationId: picks[0]?.work.locationId ?? null,
    },
  };
}

function workOf(picks: Pick[]): RequestOf<"fulfill">["work"] {
  const rows = new Map<string, { id: string; quantity: number }[]>();
  for (const { work, rowId, line } of picks) {
    const id = work.nativeId ?? "";
    rows.set(id, [...(rows.get(id) ?? []), { id: rowId, quantity: line.quantity }]);
  }
  return [...rows].map(([fulfillmentOrderId, lines]) => ({ fulfillmentOrderId, lines }));
}

/** Several packages without lines cannot be shared out over several locations. */
function checkPackages(command: FulfillmentCreate, shipments: number): void {
  const unnamed = command.packages.every(({ lines }) => lines.length === 0);
  if (shipments > 1 && unnamed && command.packages.length > 1)
    throw new InvalidInput(
      `these lines leave from ${shipments} locations; say which of them are in which package`,
      ["packages"],
    );
}

function noWork(command: FulfillmentCreate): GatewayError {
  const where = command.fulfillmentOrderId ?? command.locationId;
  return new GatewayError(
    "QUANTITY_EXCEEDS_FULFILLABLE",
    where === null
      ? "the shop has no work to be done for this order"
      : `the shop has no work to be done for this order at ${where}`,
  );
}

function notEnough(
  { lineId, quantity }: LineQuantity,
  missing: Quantity,
  works: FulfillmentOrder[],
): GatewayError {
  const held = works.filter(({ status }) => status === "ON_HOLD");
  const heldUnits = sumQuantities(
    held
      .flatMap(({ lines }) => lines.filter((row) => row.lineId === lineId))
      .map((r) => r.remaining),
  );
  if (heldUnits > 0)
    return new GatewayError(
      "ON_HOLD",
      `line ${lineId}: ${Math.min(heldUnits, missing)} of ${quantity} are on hold at the shop (${held
        .flatMap(({ holds }) => holds.map(({ reason }) => reason))
        .join(", ")}); release the hold first`,
    );
  return new GatewayError(
    "QUANTITY_EXCEEDS_FULFILLABLE",
    `line ${lineId}: ${lessQuantity(quantity, missing)} of ${quantity} can be shipped now`,
  );
}
