import type { FulfillmentTrackingUpdate, PackageWish, TrackingWish } from "../domain/command.js";
import { InvalidInput } from "../domain/errors.js";
import type { Fulfillment } from "../domain/fulfillment.js";
import { present } from "../domain/part.js";
import { byLine, type LineQuantity, lessQuantity } from "../domain/quantity.js";
import { normalizeTrackingNumber } from "../domain/tracking.js";
import { cannot } from "./plan.js";

/** Lines that leave together, and the packages they are in. */
export interface Share {
  lines: LineQuantity[];
  packages: PackageWish[];
}

/**
 * Shares lines among packages: each takes the lines it names, and those that name none share what is left; lines in no
 * package leave without tracking. Throws InvalidInput where that does not come out.
 */
export function shareLines(
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
): Share[] {
  const left = byLine(lines);
  const named = packages
    .filter((wish) => wish.lines.length > 0)
    .map((wish) => ({ lines: take(wish.lines, left), packages: [wish] }));
  const silent = packages.filter((wish) => wish.lines.length === 0);
  const rest = Array.from(left, ([lineId, quantity]) => ({ lineId, quantity })).filter(
    ({ quantity }) => quantity > 0,
  );
  if (silent.length > 0 && rest.length === 0)
    throw new InvalidInput("a package is empty: the others already take every line", ["packages"]);
  return rest.length > 0 ? [...named, { lines: rest, packages: silent }] : named;
}

/** What becomes one shipment where there is room for one tracking number: its lines and at most one package. */
export interface Parcel {
  lines: LineQuantity[];
  package: PackageWish | null;
}

/**
 * Shares lines among the shipments (`noun`) of a platform that keeps one tracking number each: the only package that names
 * no lines takes what is left. Throws InvalidInput.
 */
export function parcelsOf(
  platform: string,
  noun: string,
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
): Parcel[] {
  const silent = packages.filter((wish) => wish.lines.length === 0).length;
  if (silent > 1)
    throw new InvalidInput(
      `${silent} packages name no lines; ${platform} keeps one tracking number a ${noun}, so name the lines of each package (one may take the rest)`,
      ["packages"],
    );
  return shareLines(lines, packages).map((share) => ({
    lines: share.lines,
    package: share.packages[0] ?? null,
  }));
}

/** The one tracking that a shipment of such a platform has room for; null takes it away. Throws where there would be two. */
export function onlyTracking(
  platform: string,
  command: FulfillmentTrackingUpdate,
  shipment: Fulfillment,
): TrackingWish | null {
  const wished = command.packages.flatMap((parcel) => parcel.tracking ?? []);
  const kept = command.replace ? [] : present(shipment.packages).flatMap((it) => it.tracking ?? []);
  const numbers = new Set(
    [...kept, ...wished].map(({ number }) => normalizeTrackingNumber(number)),
  );
  if (numbers.size > 1)
    throw cannot(
      `fulfillment ${shipment.id} would have ${numbers.size} tracking numbers and ${platform} has room for one; replace the old one, or ship each package by itself`,
    );
  return wished[0] ?? kept[0] ?? null;
}

function take(wanted: readonly LineQuantity[], left: Map<string, number>): LineQuantity[] {
  return Array.from(byLine(wanted), ([lineId, quantity]) => {
    const available = left.get(lineId) ?? 0;
    if (quantity > available)
      throw new InvalidInput(
        `packages hold more of line ${lineId} than is shipped (${quantity} of ${available})`,
        ["packages"],
      );
    left.set(lineId, lessQuantity(available, quantity));
    return { lineId, quantity };
  });
}
