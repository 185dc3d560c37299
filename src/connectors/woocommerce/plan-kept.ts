import type { FulfillmentCreate, PackageWish, Step } from "../../domain/command.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { countQuantities } from "../../domain/quantities.js";
import { byLine, type LineQuantity, lessQuantity } from "../../domain/quantity.js";
import { QUIET } from "../plan.js";
import { goods } from "../words.js";
import { noteStep, statusStep } from "./plan-order.js";

/** Where the shop has no shipments: a note, the status once nothing is left, and the shipment in our own books. */
export function planKeptShipment(command: FulfillmentCreate, order: Order): Step[] {
  const { lines, packages } = command;
  const steps = [noteShipment(lines, packages, command.notifyCustomer ?? false, order)];
  if (completes(lines, order)) steps.push(statusStep());
  return [...steps, keptShipment(lines, packages)];
}

/** A shipment in our own books. */
export function keptShipment(lines: LineQuantity[], packages: PackageWish[]): Step {
  return {
    ...keptHere(`keep a shipment of ${goods(lines)}`),
    creates: { noun: "Fulfillment", lines, packages, locationId: null },
  };
}

/** A change of a shipment that only our own books know. */
export function keptHere(summary: string): Step {
  const kind = "GATEWAY_SHIPMENT";
  return { ...QUIET, kind, summary, support: "EMULATED", idempotent: "NATURAL", request: {} };
}

/** Whether nothing that needs shipping is left after these lines. */
export function completes(lines: readonly LineQuantity[], order: Order): boolean {
  const shipping = byLine(lines);
  const { byLine: counted } = countQuantities(order);
  return present(order.lines)
    .filter((line) => line.requiresShipping)
    .every((line) => {
      const open = counted.get(line.id)?.fulfillable ?? 0;
      return lessQuantity(open, shipping.get(line.id) ?? 0) === 0;
    });
}

/** A note of what left, for the staff or to the customer. */
export function noteShipment(
  lines: LineQuantity[],
  packages: PackageWish[],
  toCustomer: boolean,
  order: Order,
): Step {
  const pieces = lines.map(({ lineId, quantity }) => {
    const line = order.lines.find((it) => it.id === lineId);
    return `${quantity} × ${line?.sku ?? line?.name ?? lineId}`;
  });
  const text = [`Shipped: ${pieces.join(", ")}.`, trackingText(packages)].filter(Boolean).join(" ");
  return noteStep(text, toCustomer, "note the shipment");
}

/** A note of new tracking; none where there is no number. */
export function noteTracking(packages: readonly PackageWish[], toCustomer: boolean): Step[] {
  const text = trackingText(packages);
  return text ? [noteStep(text, toCustomer, "note the tracking")] : [];
}

function trackingText(packages: readonly PackageWish[]): string {
  return packages
    .flatMap(({ tracking }) => tracking ?? [])
    .map(({ carrier, number, url }) =>
      ["Tracking:", carrier, number, url].filter(Boolean).join(" "),
    )
    .join("; ");
}
