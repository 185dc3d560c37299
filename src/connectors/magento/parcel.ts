import type { PackageWish } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import { byLine, type LineQuantity, lessQuantity } from "../../domain/quantity.js";

/** What becomes one shipment. */
export interface Parcel {
  lines: LineQuantity[];
  packages: PackageWish[];
}

/**
 * Shares lines among shipments. A shipment has any number of tracks but does not say which line is in which, so a
 * package that names its lines becomes a shipment by itself; those that name none share what is left in one, and lines
 * in no package leave without tracking. Throws InvalidInput where that does not come out.
 */
export function parcelsOf(
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
): Parcel[] {
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
